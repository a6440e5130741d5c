"""Pages from the web on their way into a server's library: one page, a site, and all of them once more."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable

import discord

from bot.discord.asking.audience import audience_of
from bot.discord.library.change_queue import QueuePlace
from bot.discord.library.collections import Audience
from bot.discord.library.guarded_web import check_address
from bot.discord.library.new_documents import NewDocument
from bot.discord.services import BotServices
from bot.discord.sources.addition_report import Fate, FileOutcome, one_outcome
from bot.discord.sources.progress_message import LastWord, ProgressMessage, follow_change
from bot.discord.sources.web_report import refresh_report, shown_address, site_report, web_refusal
from bot.discord.texts import Texts, texts_for
from bot.discord.views.access_choice import choose_access
from bot.discord.views.stop_button import stop_view
from retrieval import SourceError

MOST_PAGES, USUAL_PAGES = 500, 100


class WebAddition:
    """What one person has fetched from the web.

    Args:
        bot: The bot.
        interaction: What was called.
    """

    def __init__(self, bot: BotServices, interaction: discord.Interaction) -> None:
        assert interaction.guild_id is not None  # noqa: S101 (the library is changed in servers only)
        self._bot, self._interaction = bot, interaction
        self._guild_id, self._person = interaction.guild_id, interaction.user.id
        self._texts: Texts = texts_for(str(interaction.locale))

    async def add_page(self, url: str) -> None:
        """Add one page or file."""
        name = shown_address(url)

        async def work(progress: ProgressMessage, stop: threading.Event) -> LastWord | None:
            check_address(url)
            if (access := await choose_access(self._interaction, name)) is None:
                return None
            await progress.begin(self._texts.web_fetching.format(name=name))
            source, size = await self._bot.web_editor.read(url, stop)
            report = await self._bot.library_editor.add_all(
                self._guild_id,
                [NewDocument(source, size, self._person)],
                access=access,
                by=self._by,
                place=self._place(progress),
            )
            if source.id in report.refused:
                raise report.refused[source.id]
            fates = ((Fate.ADDED, report.index.added), (Fate.REPLACED, report.index.replaced))
            fate = next((fate for fate, sources in fates if sources), Fate.UNCHANGED)
            warnings = () if fate is Fate.UNCHANGED else source.warnings
            outcome = FileOutcome(url, fate, source.title, warnings, access=access)
            return LastWord(one_outcome(outcome, self._texts))

        await self._follow(name, url, work)

    async def add_site(self, url: str, pages: int) -> None:
        """Add the pages of a site, until there are no more, it is enough, or somebody says stop."""
        name = shown_address(url)

        async def work(progress: ProgressMessage, stop: threading.Event) -> LastWord | None:
            check_address(url)
            if (access := await choose_access(self._interaction, name)) is None:
                return None
            await progress.begin(self._texts.web_fetching.format(name=name))
            report = await self._bot.web_editor.add_site(
                self._guild_id,
                url,
                pages,
                self._shown_by(progress, self._texts.web_walking),
                access=access,
                by=self._by,
                person=self._person,
                place=self._place(progress),
                stop=stop,
            )
            return LastWord(*site_report(report, url, self._texts))

        await self._follow(name, url, work)

    async def refresh(self) -> None:
        """Ask again for every page that came from the web."""

        async def work(progress: ProgressMessage, stop: threading.Event) -> LastWord | None:
            await progress.begin(self._texts.web_refreshing.format(done=0, total="…"))
            done = await self._bot.web_editor.refresh(
                self._guild_id,
                self._shown_by(progress, self._texts.web_refreshing),
                by=self._by,
                place=self._place(progress),
                stop=stop,
            )
            return LastWord(*refresh_report(done, is_stopped=stop.is_set(), texts=self._texts))

        await self._follow(self._texts.library_all, "", work)

    async def _follow(
        self, name: str, url: str, work: Callable[[ProgressMessage, threading.Event], Awaitable[LastWord | None]]
    ) -> None:
        """Show how the work goes, with a button that ends it."""
        view, stop = stop_view(self._interaction, self._texts)

        async def guarded(progress: ProgressMessage) -> LastWord | None:
            try:
                return await work(progress, stop)
            except SourceError as error:
                if stop.is_set():
                    return LastWord(self._texts.web_end_stopped.format(pages=self._texts.web_pages(0)))
                return LastWord(web_refusal(error, url, self._texts), is_problem=True)

        try:
            await follow_change(self._bot, self._interaction, self._texts, name, guarded, view=view)
        finally:
            del self._bot.stops[self._interaction.id]

    @property
    def _by(self) -> Audience:
        interaction = self._interaction
        return audience_of(interaction.user, interaction.channel, interaction.guild, private=True)

    def _place(self, progress: ProgressMessage) -> QueuePlace:
        return QueuePlace(lambda: progress.say(self._texts.library_waiting))

    def _shown_by(self, progress: ProgressMessage, sentence: str) -> Callable[[int, int], None]:
        def show(done: int, total: int) -> None:
            progress.say(sentence.format(done=self._texts.number(done), total=self._texts.number(total)))

        return show
