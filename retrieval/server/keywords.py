"""The keyword side of a library on a Chroma server: each machine builds it of the texts, and keeps it on disk.

Chroma's own server has no BM25. What is built is refreshed by generation: a new one costs the words that are new.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.files import write_atomically
from retrieval.keyword import KeywordIndex, keyword_index
from retrieval.manifest import CollectionRecord, SourceRecord
from retrieval.types import Chunk, Source

MADE_OF = ".json"
# Each source's text, language and number of chunks, by its id.
Made = dict[str, list[str]]
Fetch = Callable[[SourceRecord], tuple[Source, list[Chunk]]]


class KeywordSide:
    """The keyword sides that this process asks, and their copies on this machine's disk.

    A copy is a folder named as the generation, which never changes, and a file beside it that tells what it is made of.

    Args:
        folder: Where the copies lie; a folder that cannot be written only makes the next start slower.
        fetch: Gives a source with its chunks.
        words: Gives the text with a hash, as far as this machine still has it.
    """

    def __init__(self, folder: Path, fetch: Fetch, words: Callable[[str], str]) -> None:
        self._folder = folder
        self._fetch = fetch
        self._words = words
        # By family, that is by what the generations of one collection have in common.
        self._newest: dict[str, tuple[Made, KeywordIndex]] = {}

    def open(self, record: CollectionRecord) -> KeywordIndex:
        """The keyword side of a generation.

        Raises:
            DamagedLibraryError: If a text or its chunks cannot be had.
            StorageError: If the server does not answer.
        """
        made = _made_of(record)
        held = self._newest.get(family(record.index)) or self._load(family(record.index))
        if held is None or held[0] != made:
            keyword = self._refreshed(held, made, record)
            self.keep(record, keyword)
            return keyword
        self._newest[family(record.index)] = held
        return held[1]

    def keep(self, record: CollectionRecord, keyword: KeywordIndex) -> None:
        """Take over a keyword side that was built elsewhere, and copy it to this machine's disk."""
        self._newest[family(record.index)] = (_made_of(record), keyword)
        with suppress(StorageError, OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / f"{record.index}{MADE_OF}", json.dumps(_made_of(record)).encode())
            keyword.save(self._folder / record.index)
        self._delete(lambda name: family(name) == family(record.index) and name != record.index)

    def keep_only(self, indexes: Iterable[str]) -> None:
        """Delete the copies of collections that none of these indexes belongs to."""
        kept = {family(name) for name in indexes}
        self._delete(lambda name: family(name) not in kept)

    def close(self) -> None:
        """Forget what is in memory."""
        self._newest.clear()

    def _delete(self, is_old: Callable[[str], bool]) -> None:
        # Whoever has an old copy mapped keeps it.
        for path in self._folder.glob("*.*"):
            if is_old(path.name.removesuffix(MADE_OF)):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    def _load(self, of_family: str) -> tuple[Made, KeywordIndex] | None:
        for path in self._folder.glob(f"{of_family}.*{MADE_OF}"):
            with suppress(DamagedLibraryError, OSError, ValueError):
                made: Made = json.loads(path.read_bytes())
                return made, KeywordIndex.load(path.with_name(path.name.removesuffix(MADE_OF)))
        return None

    def _refreshed(self, held: tuple[Made, KeywordIndex] | None, made: Made, record: CollectionRecord) -> KeywordIndex:
        old = held[0] if held else {}
        changed = {source_id for source_id in {*old, *made} if old.get(source_id) != made.get(source_id)}
        removed = self._removed(held[1], changed) if held else None
        if held is None or removed is None:
            return keyword_index([self._fetch(source) for source in record.sources.values()])
        new = [self._fetch(source) for source_id, source in record.sources.items() if source_id in changed]
        return held[1].changed(removed, keyword_index(new))

    def _removed(self, keyword: KeywordIndex, changed: set[str]) -> dict[Chunk, str] | None:
        """The chunks that go, with their words; None when these words cannot be had any more."""
        gone: Sequence[Chunk] = [chunk for chunk in keyword.chunks if chunk.source_id in changed]
        try:
            texts = {sha256: self._words(sha256) for sha256 in {chunk.sha256 for chunk in gone}}
        except DamagedLibraryError:
            return None
        return {chunk: texts[chunk.sha256][chunk.span.start : chunk.span.end] for chunk in gone}


def family(index: str) -> str:
    """What the names of all generations of a collection's index begin with."""
    return index.partition(".")[0]


def _made_of(record: CollectionRecord) -> Made:
    """What decides a keyword side: each source's text and language."""
    return {source.id: [source.sha256, source.language, str(source.chunks)] for source in record.sources.values()}
