"""The keyword side of a library on a Chroma server: each machine builds it of the texts, and keeps it on disk.

Chroma's own server has no BM25. What is built is refreshed by snapshot: a new one costs the words that are new, and
so does an index that was built anew of the same texts, as by `pullquote reindex`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.files import write_atomically
from retrieval.index.bm25 import KeywordIndex, keyword_index
from retrieval.storage.manifest import LAYOUT, CollectionRecord
from retrieval.storage.source_record import SourceRecord
from retrieval.text.chunking import CHUNKER
from retrieval.types import Chunk, Source

MADE_OF = ".json"
# What besides the sources decides a keyword side: a copy that another version of Pullquote made is of no use.
WAY = [CHUNKER, LAYOUT]
# Each source's text, language and number of chunks, by its id.
Made = dict[str, tuple[str, str, int]]
Fetch = Callable[[SourceRecord], tuple[Source, list[Chunk]]]


class Bm25Cache:
    """The keyword sides that this process asks, and their copies on this machine's disk.

    A copy is a folder named as the snapshot, which never changes, and a file beside it that tells what it is made of.

    Args:
        folder: Where the copies lie; a folder that cannot be written only makes the next start slower.
        fetch: Gives a source with its chunks.
        words: Gives the text with a hash, as far as this machine still has it.
    """

    def __init__(self, folder: Path, fetch: Fetch, words: Callable[[str], str]) -> None:
        self._folder = folder
        self._fetch = fetch
        self._words = words
        # By family, that is by what the snapshots of one collection have in common until its index is built anew.
        self._newest: dict[str, tuple[Made, KeywordIndex]] = {}

    def open(self, record: CollectionRecord) -> KeywordIndex:
        """The keyword side of a snapshot.

        Raises:
            DamagedLibraryError: If a text or its chunks cannot be had.
            StorageError: If the server does not answer.
        """
        of_family, made = family(record.index), _made_of(record)
        held = self._newest.get(of_family) or self._load(of_family)
        if held is None or held[0] != made:
            keyword = self._refreshed(held or self._most_alike(made), made, record)
            self.keep(record, keyword)
            return keyword
        self._newest[of_family] = held
        return held[1]

    def keep(self, record: CollectionRecord, keyword: KeywordIndex) -> None:
        """Take over a keyword side that was built elsewhere, and copy it to this machine's disk."""
        made = _made_of(record)
        self._newest[family(record.index)] = (made, keyword)
        with suppress(StorageError, OSError):
            told = json.dumps({"way": WAY, "sources": made})
            write_atomically(self._folder / f"{record.index}{MADE_OF}", told.encode())
            keyword.save(self._folder / record.index)
        self._delete(lambda name: family(name) == family(record.index) and name != record.index)

    def follow(self, records: Collection[CollectionRecord]) -> None:
        """Refresh what this process has asked, and forget what is no collection's any more.

        To be called before old texts are deleted, since what goes is taken out by its words.

        Args:
            records: All collections that are in force.
        """
        in_force = _families(records)
        old = [made for name, (made, _) in self._newest.items() if name not in in_force]
        for record in records:
            made = _made_of(record)
            if family(record.index) in self._newest or any(_work(one, made) < _chunks(made) for one in old):
                with suppress(DamagedLibraryError, StorageError):  # told to whoever asks that collection
                    self.open(record)
        self._newest = {name: held for name, held in self._newest.items() if name in in_force}

    def keep_only(self, records: Collection[CollectionRecord]) -> None:
        """Delete the copies of what is no collection's any more, unless one that was built anew can begin with them.

        Args:
            records: All collections that are in force.
        """
        in_force, copies = _families(records), self._copies()
        copied = {family(name) for name in copies}
        awaited = [_made_of(record).items() for record in records if family(record.index) not in copied]
        # Those that hold words of a text which has left the library go in any case.
        useful = {name for name, made in copies.items() if any(made.items() <= items for items in awaited)}
        self._delete(lambda name: family(name) not in in_force and name not in useful)

    def close(self) -> None:
        """Forget what is in memory."""
        self._newest.clear()

    def _delete(self, is_old: Callable[[str], bool]) -> None:
        # Whoever has an old copy mapped keeps it.
        for path in self._folder.glob("*.*"):
            if is_old(path.name.removesuffix(MADE_OF)):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    def _load(self, of_family: str) -> tuple[Made, KeywordIndex] | None:
        for name, made in self._copies(of_family).items():
            with suppress(DamagedLibraryError):
                return made, KeywordIndex.load(self._folder / name)
        return None

    def _most_alike(self, made: Made) -> tuple[Made, KeywordIndex] | None:
        """What takes the least work to begin with, whichever collection's it is; None where beginning anew does."""
        least, best = _chunks(made), None
        for old, keyword in self._newest.values():
            if (work := _work(old, made)) < least:
                least, best = work, (old, keyword)
        for name, old in sorted(self._copies().items(), key=lambda copy: _work(copy[1], made)):
            if _work(old, made) >= least:
                break
            with suppress(DamagedLibraryError):
                return old, KeywordIndex.load(self._folder / name)
        return best

    def _copies(self, of_family: str = "*") -> dict[str, Made]:
        """By their names, what the copies are made of that were made the way it is done now."""
        found: dict[str, Made] = {}
        for path in self._folder.glob(f"{of_family}.*{MADE_OF}"):
            with suppress(OSError, ValueError, TypeError, KeyError):
                told = json.loads(path.read_bytes())
                if told["way"] == WAY:
                    made = {
                        source_id: (sha256, language, chunks)
                        for source_id, (sha256, language, chunks) in told["sources"].items()
                    }
                    found[path.name.removesuffix(MADE_OF)] = made
        return found

    def _refreshed(self, held: tuple[Made, KeywordIndex] | None, made: Made, record: CollectionRecord) -> KeywordIndex:
        old = held[0] if held else {}
        changed = {source_id for source_id, _ in old.items() ^ made.items()}
        if held is not None and not changed:
            return held[1]
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
    """What the names of all snapshots of a collection's index begin with."""
    return index.partition(".")[0]


def _families(records: Collection[CollectionRecord]) -> set[str]:
    return {family(record.index) for record in records if record.index}


def _made_of(record: CollectionRecord) -> Made:
    """What decides a keyword side: each source's text and language."""
    return {source.id: (source.sha256, source.language, source.chunks) for source in record.sources.values()}


def _chunks(made: Made) -> int:
    return sum(chunks for _, _, chunks in made.values())


def _work(old: Made, made: Made) -> int:
    """How many chunks have to be taken out of one keyword side, and added, to make the other of it."""
    return sum(chunks for _, (_, _, chunks) in old.items() ^ made.items())
