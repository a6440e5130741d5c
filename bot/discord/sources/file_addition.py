"""Files on their way into a server's library: looked at, read, indexed, and told of, each for itself."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.discord.asking.audience import audience_of
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library.change_queue import QueuePlace
from bot.discord.library.collections import EVERYBODY, DocumentAccess
from bot.discord.library.document_list import MAX_NAME, refusal_sentence
from bot.discord.library.new_documents import NewDocument
from bot.discord.services import BotServices
from bot.discord.sources import archives
from bot.discord.sources.addition_report import Fate, FileOutcome, one_outcome, several_outcomes
from bot.discord.sources.given_files import FileGoneError, GivenFile, repeated_names
from bot.discord.sources.progress_message import LastWord, ProgressMessage, follow_change
from bot.discord.texts import Texts, texts_for
from bot.discord.views.access_choice import choose_access
from retrieval import SourceError, SourceProblem, check_file

# So much text is indexed in one change; a large archive comes in several, so that others get their turn.
BATCH_CHARACTERS = 1_000_000


async def add_files(bot: BotServices, interaction: discord.Interaction, files: Sequence[GivenFile]) -> None:
    """Add files to the documents of a server, show how far that is, and report a line for each.

    Args:
        bot: The bot.
        interaction: What was called, privately acknowledged or not at all.
        files: What to add.
    """
    texts = texts_for(str(interaction.locale))
    name = _shown(files[0]) if len(files) == 1 else texts.files(len(files))

    async def work(progress: ProgressMessage) -> LastWord | None:
        addition = _FileAddition(bot, interaction, texts, progress, name)
        wanted = addition.look_at(files)
        access = await choose_access(interaction, name) if wanted else EVERYBODY
        if access is None:
            return None
        await progress.begin(texts.library_reading.format(name=name))
        return await addition.run(wanted, access)

    await follow_change(bot, interaction, texts, name, work)


class _FileAddition:
    """Files that one person adds at once."""

    def __init__(
        self,
        bot: BotServices,
        interaction: discord.Interaction,
        texts: Texts,
        progress: ProgressMessage,
        name: str,
    ) -> None:
        assert interaction.guild_id is not None  # noqa: S101 (the library is changed in servers only)
        self._editor, self._guild_id, self._person = bot.library_editor, interaction.guild_id, interaction.user.id
        self._by = audience_of(interaction.user, interaction.channel, interaction.guild, private=True)
        self._access = EVERYBODY
        self._texts, self._progress, self._name = texts, progress, name
        self._place = QueuePlace(lambda: progress.say(texts.library_waiting))
        self._batch: list[tuple[GivenFile, NewDocument]] = []
        self._outcomes: list[FileOutcome] = []
        self._notes: list[str] = []

    def look_at(self, files: Sequence[GivenFile]) -> list[GivenFile]:
        """Refuse what need not be fetched for that, and give the rest."""
        repeated = repeated_names(files)
        wanted: list[GivenFile] = []
        for file in files:
            try:
                if file.name in repeated:
                    self._refuse(file, self._texts.sources_same_name.format(name=_shown(file)))
                    continue
                archives.check_given(file.name, file.size)
                wanted.append(file)
            except SourceError as error:
                self._refuse(file, refusal_sentence(error, _shown(file), self._texts))
        return wanted

    async def run(self, files: Sequence[GivenFile], access: DocumentAccess) -> LastWord:
        """Add them all; one that cannot be a document does not stop the others."""
        self._access = access
        for file in files:
            if archives.is_archive(file.name):
                await self._add_archive(file)
            else:
                await self._read(file)
        await self._index()
        is_problem = all(outcome.fate is Fate.REFUSED for outcome in self._outcomes)
        if len(self._outcomes) == 1 and not self._notes:
            return LastWord(one_outcome(self._outcomes[0], self._texts), is_problem=is_problem)
        short, whole = several_outcomes(self._outcomes, self._texts, self._notes)
        return LastWord(short, whole, is_problem)

    async def _add_archive(self, file: GivenFile) -> None:
        try:
            async with archives.unpacked(file.name, await file.fetch()) as archive:
                for one in archive.files:
                    await self._read(one)
            if archive.passed_over:
                count = self._texts.files(archive.passed_over)
                self._notes.append(self._texts.sources_passed_over.format(files=count, name=_shown(file)))
        except FileGoneError:
            self._refuse(file, self._texts.sources_file_gone.format(name=_shown(file)))
        except SourceError as error:
            if error.problem is SourceProblem.EMPTY:
                self._refuse(file, self._texts.sources_empty_archive.format(name=_shown(file)))
            else:
                self._refuse(file, refusal_sentence(error, _shown(file), self._texts))

    async def _read(self, file: GivenFile) -> None:
        """Read one file into the batch, and index that when it is full."""
        try:
            check_file(file.name, file.size)
            data = await file.fetch()
            source = await self._editor.read(self._guild_id, file.name, data, self._by)
        except FileGoneError:
            self._refuse(file, self._texts.sources_file_gone.format(name=_shown(file)))
        except SourceError as error:
            self._refuse(file, refusal_sentence(error, _shown(file), self._texts))
        else:
            self._batch.append((file, NewDocument(source, len(data), self._person)))
            if sum(len(document.source.text) for _, document in self._batch) >= BATCH_CHARACTERS:
                await self._index()

    async def _index(self) -> None:
        """Index what was read, in one change, and note what became of each file."""
        if not self._batch:
            return
        report = await self._editor.add_all(
            self._guild_id,
            [document for _, document in self._batch],
            self._show_step,
            access=self._access,
            by=self._by,
            place=self._place,
        )
        added, replaced = ({source.id for source in some} for some in (report.index.added, report.index.replaced))
        for file, document in self._batch:
            source = document.source
            if source.id in report.refused:
                self._refuse(file, refusal_sentence(report.refused[source.id], _shown(file), self._texts))
                continue
            fate = Fate.ADDED if source.id in added else Fate.REPLACED if source.id in replaced else Fate.UNCHANGED
            # What was not read of an unchanged file was told when it was added.
            warnings = () if fate is Fate.UNCHANGED else source.warnings
            self._outcomes.append(FileOutcome(file.name, fate, source.title, warnings, access=self._access))
        self._batch.clear()

    def _show_step(self, done: int, total: int) -> None:
        numbers = {"done": self._texts.number(done), "total": self._texts.number(total)}
        self._progress.say(self._texts.library_indexing.format(name=self._name, **numbers))

    def _refuse(self, file: GivenFile, reason: str) -> None:
        self._outcomes.append(FileOutcome(file.name, Fate.REFUSED, reason=reason))


def _shown(file: GivenFile) -> str:
    return shorten(file.name, MAX_NAME)
