"""Keeps the FAQ documents of servers: one for all their people, and one for each channel that not all of them see."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from bot.discord.library.change_queue import QueuePlace
from bot.discord.library.collections import Audience, DocumentAccess, guild_collections
from bot.discord.library.editor import LibraryEditor
from bot.discord.library.faq import FAQ_FILE, FaqEntry, answer_in, with_entry
from bot.discord.library.new_documents import document_uri
from bot.discord.texts import Texts
from retrieval import Library, Source


class FaqEditor:
    """Writes answers into FAQ documents, one after the other, so that two people who answer at once both hold.

    Args:
        library: Where the documents lie.
        editor: What changes them.
    """

    def __init__(self, library: Library, editor: LibraryEditor) -> None:
        self._library = library
        self._editor = editor
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def add(
        self,
        guild_id: int,
        access: DocumentAccess,
        entry: FaqEntry,
        title: str,
        texts: Texts,
        *,
        person: int,
        place: QueuePlace | None = None,
    ) -> Source:
        """Write an entry, in place of the one to the same question, and give the document.

        Args:
            guild_id: Which server.
            access: Who may read it.
            entry: What to write.
            title: The title of the document, if this is its first entry.
            texts: The words of the server's language.
            person: The Discord id of who answers.
            place: How long to wait for other changes.

        Raises:
            RetrievalError: If the library cannot be read or changed.
        """
        async with self._locks[guild_id]:

            def written() -> bytes:
                return with_entry(self._text(guild_id, access, None), entry, title, texts).encode("utf-8")

            data, name = await asyncio.to_thread(written), _file_name(access)
            source, _ = await self._editor.add(guild_id, name, data, access=access, person=person, place=place)
            return source

    async def answer_to(self, guild_id: int, access: DocumentAccess, question: str, reader: Audience) -> str:
        """What the document answers to a question; empty where it does not, or the reader may not see it.

        Raises:
            RetrievalError: If the library cannot be read.
        """
        return await asyncio.to_thread(lambda: answer_in(self._text(guild_id, access, reader), question))

    def _text(self, guild_id: int, access: DocumentAccess, reader: Audience | None) -> str:
        """The document as it is, wherever it lies since somebody has limited it; empty where there is none.

        Args:
            guild_id: The server.
            access: Whose document it is.
            reader: Who reads it; None for the editor itself.
        """
        uri = document_uri(self._library, guild_id, _file_name(access), None)
        for collection, admitted in guild_collections(self._library, guild_id).items():
            if reader is not None and not admitted.admits(reader):
                continue
            for record in self._library.records(collection):
                if record.uri == uri:
                    return self._library.texts.read(record.sha256)
        return ""


def _file_name(access: DocumentAccess) -> str:
    """The name of the file of those who may read it; a server's documents each have a name of their own."""
    channels = "".join(f"-{one}" for one in sorted(access.channels))
    stem, _, ending = FAQ_FILE.partition(".")
    return f"{stem}{channels}.{ending}"
