"""The form before everything of a server is deleted: whoever types the server's name means it."""

from __future__ import annotations

import asyncio
from typing import Any

import discord

from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, open_form, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library.server_deletion import DeletedData, ServerDeletion
from bot.discord.redacted_log import log_failure
from bot.discord.services import services_of
from bot.discord.texts import Texts, texts_for
from bot.discord.views.forms import FORM_SECONDS
from bot.discord.views.guard import guarded
from bot.discord.views.welcome_message import remove_examples
from retrieval import LibraryBusyError

# Others may be changing the library; whoever has asked for the deletion is told so after this.
PATIENCE_SECONDS = 10.0
# Discord lets no name of a server be longer, and no placeholder.
MAX_NAME = 100


class ServerDeletionForm(discord.ui.Modal):
    """Type the name of the server."""

    def __init__(self, server: str, texts: Texts) -> None:
        super().__init__(title=texts.deletion_title, timeout=FORM_SECONDS)
        self._name: discord.ui.TextInput[Any] = discord.ui.TextInput(placeholder=server[:MAX_NAME], max_length=MAX_NAME)
        self.add_item(discord.ui.TextDisplay(texts.deletion_warning))
        self.add_item(discord.ui.Label(text=texts.deletion_label, component=self._name))

    @guarded("deleting the data of a server")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Delete everything and say what that was, or say why not."""
        bot, texts, guild = services_of(interaction), texts_for(str(interaction.locale)), interaction.guild
        if guild is None or not interaction.permissions.manage_guild:
            await respond_problem(interaction, texts.deletion_not_allowed)
            return
        if self._name.value.strip().casefold() != guild.name.strip().casefold():
            await respond_problem(interaction, texts.deletion_wrong_name.format(name=shorten(guild.name, MAX_NAME)))
            return
        if bot.answer_service.stopping:
            await respond_problem(interaction, texts.stopping)
            return
        await defer(interaction)
        await remove_examples(bot, guild.id)
        deleted = await _delete(bot.server_deletion, guild.id)
        if deleted is None:
            await respond_problem(interaction, texts.deletion_later)
            return
        said = texts.deletion_done.format(
            documents=texts.documents(deleted.documents),
            answers=texts.answers(deleted.records["answers"]),
            votes=texts.votes(deleted.records["votes"]),
        )
        await respond(interaction, embed_payload(said))


async def open_server_deletion(interaction: discord.Interaction) -> None:
    """Open the form for whoever manages the server, whomever else the server lets change its settings."""
    texts = texts_for(str(interaction.locale))
    if interaction.guild is None or not interaction.permissions.manage_guild:
        await respond_problem(interaction, texts.deletion_not_allowed)
    else:
        await open_form(interaction, ServerDeletionForm(interaction.guild.name, texts))


async def _delete(deletion: ServerDeletion, guild_id: int) -> DeletedData | None:
    """Delete everything of a server; None where that has to wait for other changes of the library, and then goes on."""
    work = deletion.order(guild_id)
    done, _ = await asyncio.wait({work}, timeout=PATIENCE_SECONDS)
    if not done:
        work.add_done_callback(_log_failure)
        return None
    try:
        return work.result()
    except LibraryBusyError:
        return None


def _log_failure(work: asyncio.Task[DeletedData]) -> None:
    """What nobody waits for any more is tried again with the next hourly deletion."""
    if not work.cancelled() and (error := work.exception()) is not None:
        log_failure(error, "deleting the data of a server")
