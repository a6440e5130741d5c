"""The bot as Discord sees it: its intents, commands and buttons, and what it does when it starts and stops."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.chain import AnswerChain
from bot.discord.asking.answer_service import AnswerService
from bot.discord.asking.error_sentences import tell_error
from bot.discord.asking.example_questions import ExampleQuestions
from bot.discord.asking.gap_posts import GapPosts
from bot.discord.asking.rate_limits import RateLimits
from bot.discord.asking.recent_ids import RecentIds
from bot.discord.asking.shared_servers import SharedServers
from bot.discord.cogs import COGS
from bot.discord.command_sync import DescriptionTranslator, sync_commands
from bot.discord.library.editor import LibraryEditor
from bot.discord.library.faq_editor import FaqEditor
from bot.discord.library.server_deletion import ServerDeletion
from bot.discord.library.web_editor import WebEditor
from bot.discord.records import answers, counters, help_requests, question_messages, server_settings
from bot.discord.records.answers import DAYS_KEPT
from bot.discord.records.database import Database, private_folder, records_errors
from bot.discord.records.pseudonyms import Pseudonyms
from bot.discord.records.server_settings import ServerSettings
from bot.discord.sources.gap_answer import GAP_BUTTONS
from bot.discord.startup_report import startup_report
from bot.discord.texts import Texts, texts_for
from bot.discord.views.access_choice import AccessButton
from bot.discord.views.buttons import BUTTONS, answer_view
from bot.discord.views.digest_button import DIGEST_BUTTONS
from bot.discord.views.example_buttons import ExampleButton
from bot.discord.views.human_help import HUMAN_BUTTONS
from bot.discord.views.passage_buttons import PASSAGE_BUTTONS
from bot.discord.views.server_select import SERVER_ITEMS
from bot.discord.views.settings_panel.panel import PANEL_ITEMS
from bot.discord.views.solved_button import SOLVED_BUTTONS
from bot.discord.views.stop_button import StopButton
from bot.errors import DiscordError
from bot.settings import Settings
from retrieval.storage.leases import Lease

logger = logging.getLogger(__name__)

DEFAULTS = ServerSettings()
HOURS_BETWEEN_DELETIONS = 1


class PullquoteBot(commands.Bot):
    """One bot account in one process.

    Args:
        settings: Everything that was set.
        chain: What answers; ready, with its model loaded.
        database: Where settings, votes, limits and citations lie.
        home: The folder under which everything else lies that the bot records.
        say: Takes the plain lines about the start.
        read_content: Whether to ask Discord for the words of all messages.
    """

    def __init__(
        self,
        settings: Settings,
        chain: AnswerChain,
        database: Database,
        home: Path,
        say: Callable[[str], None],
        *,
        read_content: bool,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=read_content),
            # Nothing that is quoted or asked can ping anybody, whatever it says.
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.settings = settings
        self.database = database
        self._home = home
        self.pseudonyms = Pseudonyms.open(home)
        limits = RateLimits(self.pseudonyms)
        self.answer_service = AnswerService(chain, database, limits, settings.concurrent_answers, answer_view)
        self.examples = ExampleQuestions(chain, self.answer_service)
        self.answer_service.examples = self.examples.known
        self.library = chain.library
        self.library_editor = LibraryEditor(self.library, database)
        self.shared_servers = SharedServers(self.library, self.get_guild)
        self.web_editor = WebEditor(self.library, database)
        self.stops: dict[int, threading.Event] = {}
        self.access_choices: dict[tuple[int, int], asyncio.Future[str]] = {}
        self.reads_content = read_content
        self.server_deletion = ServerDeletion(database, self.library, self.library_editor, self._forget_server)
        self.shares_records = False
        self.faq = FaqEditor(self.library, self.library_editor)
        self.gap_posts = GapPosts()
        self.finished_everything = True
        self._say = say
        self._seen = RecentIds()
        self._server_settings: dict[int, ServerSettings] = {}
        self._lock: Lease | None = None
        self._ending: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._ended = asyncio.Event()
        self._commands_line = ""
        self.tree.error(self._tell_command_failure)

    async def setup_hook(self) -> None:
        """After login and before the gateway: one process, commands in sync, buttons that work at once."""
        self._lock = self._only_process()
        for cog in COGS:
            await self.add_cog(cog(self))
        self._server_settings = await self.database.run(server_settings.load_all)
        self.add_dynamic_items(
            *BUTTONS,
            *PASSAGE_BUTTONS,
            *SERVER_ITEMS,
            AccessButton,
            *GAP_BUTTONS,
            *DIGEST_BUTTONS,
            *HUMAN_BUTTONS,
            *PANEL_ITEMS,
            StopButton,
            ExampleButton,
            *SOLVED_BUTTONS,
        )
        await self.tree.set_translator(DescriptionTranslator())
        self._commands_line = await sync_commands(self.tree, private_folder(self._home))
        self._forget_old.start()

    async def on_ready(self) -> None:
        """Say in plain lines how the start went, once."""
        if self._commands_line:
            for line in startup_report(self, self._commands_line, reads_content=self.reads_content):
                self._say(line)
            self._commands_line = ""

    async def on_message(self, message: discord.Message, /) -> None:
        """Messages are the business of MessagesCog; the text commands of ``commands.Bot`` are not used."""

    @property
    def reads_threads(self) -> bool:
        """Whether plain messages in the bot's own threads may be questions; Discord has to give their words."""
        return self.settings.read_threads and self.reads_content

    def first_time(self, question_id: int) -> bool:
        """Whether this interaction or message was not seen yet: after a broken connection Discord repeats some."""
        return self._seen.add(question_id)

    def settings_of(self, guild_id: int | None) -> ServerSettings:
        """The settings of a server, or the defaults of a direct message; from memory, so that nobody waits for them."""
        return self._server_settings.get(guild_id or 0, DEFAULTS)

    async def change_settings(self, guild_id: int, make: server_settings.Change) -> ServerSettings:
        """Change the settings of a server, from now on; ``make`` is told those that hold at that moment."""
        changed = await self.database.run(server_settings.change, guild_id, make)
        self._server_settings[guild_id] = changed
        self.dispatch("server_settings_change", guild_id)
        return changed

    def texts_of(self, guild: discord.Guild | None, settings: ServerSettings) -> Texts:
        """The words for messages: as the server has set, else as its locale says, else in English."""
        if settings.language is not None or guild is None:
            return texts_for(settings.language)
        return texts_for(str(guild.preferred_locale))

    def _forget_server(self, guild_id: int) -> None:
        self._server_settings.pop(guild_id, None)

    def stop_soon(self) -> None:
        """Begin to stop; called again, stop at once."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        else:
            self._hurry.set()

    async def ended(self) -> None:
        """Wait until the bot was told to stop and everything that belongs to stopping is done."""
        await self._ended.wait()

    async def close(self) -> None:
        """Leave Discord and let go of the lock."""
        self._forget_old.cancel()
        await super().close()
        if self._lock is not None:
            self._lock.close()

    async def _end(self) -> None:
        self.library_editor.stop()
        self.web_editor.stop()
        finishing = asyncio.create_task(self.answer_service.stop())
        await asyncio.sleep(0)  # it has begun to stop, which is what is told to those who have not chosen
        for choice in self.access_choices.values():
            choice.cancel()
        hurrying = asyncio.create_task(self._hurry.wait())
        await asyncio.wait({finishing, hurrying}, return_when=asyncio.FIRST_COMPLETED)
        self.finished_everything = finishing.done() and finishing.result()
        for task in (finishing, hurrying):
            task.cancel()
        await self.close()
        self._ended.set()

    def _only_process(self) -> Lease:
        """Refuse a second process of the same bot on this machine: both would answer every question."""
        assert self.user is not None  # noqa: S101 (logged in)
        path = private_folder(self._home) / f"{self.user.id}.lock"
        with records_errors(path):
            lock = Lease.of_file(path)
            self.shares_records = any(other != path for other in path.parent.glob("*.lock"))
        if lock is None:
            raise DiscordError(
                f"The bot {self.user.name} is running on this machine already; stop that process first, or give "
                "this one a token of its own."
            )
        return lock

    async def _tell_command_failure(
        self, interaction: discord.Interaction[discord.Client], error: app_commands.AppCommandError
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        name = interaction.command.qualified_name if interaction.command else "unknown"
        await tell_error(interaction, cause, f"the command {name}")

    @tasks.loop(hours=HOURS_BETWEEN_DELETIONS)
    async def _forget_old(self) -> None:
        """Forget what is kept for a time only."""
        now = datetime.now(UTC)
        try:
            for kept in (answers, question_messages, help_requests):
                await self.database.run(kept.forget_older_than, now - timedelta(days=DAYS_KEPT))
            await self.database.run(counters.forget_days_before, now.date())
            await self.library_editor.forget_removed()
            await self.database.scrub()
        except Exception:
            logger.exception("Old records could not be deleted; it is tried again later.")
