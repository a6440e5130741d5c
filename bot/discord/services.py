"""What commands, buttons and forms may ask of the bot: a protocol, which the client implements."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any, Protocol

import discord
from discord import app_commands

from bot.discord.asking.answer_service import AnswerService
from bot.discord.asking.example_questions import ExampleQuestions
from bot.discord.asking.gap_posts import GapPosts
from bot.discord.asking.shared_servers import SharedServers
from bot.discord.library.editor import LibraryEditor
from bot.discord.library.faq_editor import FaqEditor
from bot.discord.library.server_deletion import ServerDeletion
from bot.discord.library.web_editor import WebEditor
from bot.discord.records.database import Database
from bot.discord.records.pseudonyms import Pseudonyms
from bot.discord.records.server_settings import Change, ServerSettings
from bot.discord.texts import Texts
from bot.settings import Settings
from retrieval import Library


class BotServices(Protocol):
    """One bot account that is logged in.

    Attributes:
        settings: Everything that was set.
        database: Where settings, votes, limits and citations lie.
        pseudonyms: Hashes people for the database.
        library: What is answered from.
        library_editor: Changes a server's documents.
        web_editor: Adds web pages to them.
        stops: What ends the changes that are under way, by the interactions that began them.
        faq: Writes people's answers into a server's FAQ.
        gap_posts: Posts questions that were not answered.
        answer_service: Answers questions, and knows whether the bot is stopping.
        examples: Questions that a server's documents answer.
        server_deletion: Deletes all that is kept of a server.
        shared_servers: Which servers people share with the bot, for their direct messages.
        access_choices: Who is asked who may see what they add, and where the choice goes; by what asks, and person.
        shares_records: Whether another bot account keeps its records in the same folder.
        reads_content: Whether Discord gives the bot the words of all messages.
    """

    settings: Settings
    database: Database
    pseudonyms: Pseudonyms
    library: Library
    library_editor: LibraryEditor
    web_editor: WebEditor
    stops: dict[int, threading.Event]
    faq: FaqEditor
    gap_posts: GapPosts
    answer_service: AnswerService
    examples: ExampleQuestions
    server_deletion: ServerDeletion
    shares_records: bool
    shared_servers: SharedServers
    access_choices: dict[tuple[int, int], asyncio.Future[str]]
    reads_content: bool

    @property
    def user(self) -> discord.ClientUser | None:
        """The bot's own account; None before login."""

    @property
    def guilds(self) -> Sequence[discord.Guild]:
        """The servers that the bot is in, also those that are away while Discord has an outage."""

    def get_guild(self, guild_id: int, /) -> discord.Guild | None:
        """A server that the bot is in."""

    async def fetch_user(self, user_id: int, /) -> discord.User:
        """Somebody by their id."""

    def get_partial_messageable(self, channel_id: int, *, guild_id: int | None = None) -> discord.PartialMessageable:
        """A channel by its id alone, whose messages can be read and edited."""

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """Where commands are registered."""

    @property
    def reads_threads(self) -> bool:
        """Whether plain messages in the bot's own threads may be questions."""

    def first_time(self, question_id: int) -> bool:
        """Whether this interaction or message was not seen yet: after a broken connection Discord repeats some."""

    def settings_of(self, guild_id: int | None) -> ServerSettings:
        """The settings of a server, or the defaults of a direct message; from memory, so that nobody waits for them."""

    async def change_settings(self, guild_id: int, make: Change) -> ServerSettings:
        """Change the settings of a server, from now on; ``make`` is told those that hold at that moment."""

    def texts_of(self, guild: discord.Guild | None, settings: ServerSettings) -> Texts:
        """The words for messages: as the server has set, else as its locale says, else in English."""


def services_of(interaction: discord.Interaction[Any]) -> BotServices:
    """The bot that an interaction came to; discord.py does not know more of it than that it is some client."""
    services: BotServices = interaction.client
    return services
