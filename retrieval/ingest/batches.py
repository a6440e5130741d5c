"""Many files into one collection: what has not changed costs a hash, and one bad file never stops the rest."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace

from retrieval.errors import CollectionError, LibraryBusyError, SourceError
from retrieval.ingest.indexer import Indexer
from retrieval.loaders.sandbox.pool import WORKERS
from retrieval.loaders.source_loader import Original
from retrieval.storage.source_record import SourceRecord
from retrieval.types import DEFAULT_COLLECTION, Source, Validators

# Files are read and indexed in batches of about this much text, which bounds the memory and what an interruption costs.
BATCH_CHARACTERS = 2_000_000
# What has been read is indexed after so long at the latest, for the same reason.
BATCH_SECONDS = 120.0
# So many files more are read and loaded while a batch is indexed; a large one waits until it is alone.
AHEAD_FILES = 8
AHEAD_BYTES = 20_000_000
# Between two batches another process may have begun to write; the first is told at once, the others wait for it.
WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class IntakeProgress:
    """How far an intake has come.

    Attributes:
        files: Those that were read, or need no reading.
        bytes: Of these files, what is done: indexed, or nothing to index.
        words: Those that are indexed.
        chunks: Those that are indexed.
        chunks_known: Those of all files that are cut into chunks by now.
        is_indexing: Whether a batch is being indexed, rather than files read for the next one.
    """

    files: int = 0
    bytes: int = 0
    words: int = 0
    chunks: int = 0
    chunks_known: int = 0
    is_indexing: bool = False


BatchProgress = Callable[[IntakeProgress], None]


def silent(progress: IntakeProgress) -> None:
    """The progress of an intake that nobody watches."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is to be indexed: its name for people, about how large it is, and how to read it."""

    name: str
    size_bytes: int
    read: Callable[[], Original]


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was looked at: its id, its title and, where that had to be found out, its encoding.

    ``warnings`` are sentences on what of it may have been read wrongly, or not at all.
    """

    id: str
    title: str
    encoding: str = ""
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Source | SourceRecord) -> Taken:
        """What is told of a source."""
        return cls(source.id, source.title, source.encoding, source.warnings)


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What became of the files: ``failed`` has a sentence with its remedy for each that could not be indexed.

    ``errors`` has the same by the names of the files, for faces that say it in another language.
    """

    added: list[Taken] = field(default_factory=list)
    replaced: list[Taken] = field(default_factory=list)
    unchanged: list[Taken] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: dict[str, SourceError] = field(default_factory=dict)

    def fail(self, name: str, error: SourceError) -> None:
        """Note a file that could not be indexed."""
        self.failed.append(str(error))
        self.errors[name] = error


def take_in(
    indexer: Indexer,
    files: Iterable[Waiting | SourceRecord],
    collection: str = DEFAULT_COLLECTION,
    *,
    progress: BatchProgress = silent,
    report: IntakeReport | None = None,
) -> IntakeReport:
    """Index files in batches, each of which takes effect as a whole.

    Whether another process is writing to a library that is there is found out before the first document is read.

    Args:
        indexer: Changes the library.
        files: What is to be indexed, and the records of documents that are known to be unchanged without reading them;
            of two that are the same document the first counts.
        collection: Where; made if it is not there.
        progress: Told after each file and within each batch.
        report: Where to write what becomes of the files, for a caller who wants to tell it of a run that stops, too.

    Raises:
        RetrievalError: If the library cannot be changed; the batches before have taken effect.
    """
    return _Batches(indexer, collection, progress, IntakeReport() if report is None else report).take(files)


class _Batches:
    def __init__(self, indexer: Indexer, collection: str, progress: BatchProgress, report: IntakeReport) -> None:
        self._indexer = indexer
        self._collection = collection
        self._progress = progress
        self._report = report
        self._is_free = False
        self._began = time.monotonic()
        self._renewed: dict[str, Validators] = {}
        self._seen: set[str] = set()
        self._ahead: deque[tuple[Waiting, Future[Source]]] = deque()
        self._batch: list[Source] = []
        self._batch_bytes = self._batches = 0
        self._done = IntakeProgress()

    def take(self, files: Iterable[Waiting | SourceRecord]) -> IntakeReport:
        known = self._known()
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="loading") as loaders:
            try:
                for file in files:
                    if isinstance(file, SourceRecord):
                        self._leave(file)
                        continue
                    self._begin(file, known, loaders)
                    while self._ahead and (len(self._ahead) > AHEAD_FILES or self._ahead_bytes() > AHEAD_BYTES):
                        self._finish(*self._ahead.popleft())
                while self._ahead:
                    self._finish(*self._ahead.popleft())
            finally:
                loaders.shutdown(cancel_futures=True)
        if self._renewed:
            self._indexer.renew_validators(self._renewed, self._collection)
        if self._batch:
            self._index()
        elif not self._batches and self._report.unchanged:
            # Nothing to do but to clear away what a run left that was killed; whoever is writing does that, too.
            with suppress(LibraryBusyError):
                self._indexer.add([], self._collection)
        return self._report

    def _begin(self, file: Waiting, known: Mapping[str, SourceRecord], loaders: Executor) -> None:
        """Read a file and, unless its document is there as it is, have it loaded while others are indexed."""
        try:
            original = file.read()
            record = known.get(original.source_id)
            if original.source_id in self._seen:
                self._move(file)
            elif record and record.is_made_of(original.file_sha256, original.format.loader):
                if original.validators != record.validators:
                    self._renewed[record.id] = original.validators
                self._leave(record)
                self._move(file)
            else:
                self._check_free()
                self._ahead.append((file, loaders.submit(original.load)))
        except SourceError as error:
            failed: Future[Source] = Future()
            failed.set_exception(error)
            self._ahead.append((file, failed))  # it is told in the order of the files

    def _leave(self, record: SourceRecord) -> None:
        """Count a document as unchanged, unless it was counted before."""
        if record.id not in self._seen:
            self._seen.add(record.id)
            self._report.unchanged.append(Taken.of(record))

    def _finish(self, file: Waiting, loading: Future[Source]) -> None:
        """Put a document into the batch, and index that when it is full."""
        try:
            source = loading.result()
        except SourceError as error:
            self._report.fail(file.name, error)
            self._move(file)
            return
        if source.id in self._seen:
            self._move(file)
            return
        self._seen.add(source.id)
        self._batch.append(source)
        self._batch_bytes += file.size_bytes
        self._tell(replace(self._done, files=self._done.files + 1))
        # Pages from the web come so slowly that much time can pass before there is much text.
        is_late = time.monotonic() - self._began >= BATCH_SECONDS
        if is_late or sum(len(source.text) for source in self._batch) >= BATCH_CHARACTERS:
            self._index()

    def _move(self, file: Waiting) -> None:
        """This file is done; there was nothing to index in it."""
        done = self._done
        self._tell(replace(done, files=done.files + 1, bytes=done.bytes + file.size_bytes))

    def _tell(self, done: IntakeProgress) -> None:
        self._done = done
        self._progress(done)

    def _ahead_bytes(self) -> int:
        return sum(file.size_bytes for file, _ in self._ahead)

    def _check_free(self) -> None:
        """Refuse now what somebody else's writing would refuse after minutes of reading."""
        if self._is_free or self._indexer.library.manifest() is None:  # a new library is made with its first document
            return
        with self._indexer.library.storage.lock():
            self._is_free = True

    def _known(self) -> dict[str, SourceRecord]:
        if self._indexer.library.usable_manifest() is None:
            return {}
        try:
            return {record.id: record for record in self._indexer.library.records(self._collection)}
        except CollectionError:
            return {}

    def _index(self) -> None:
        before, words = self._done, sum(len(source.text.split()) for source in self._batch)

        def move(done: int, total: int) -> None:
            part = done / total if total else 1.0
            self._tell(
                replace(
                    self._done,
                    bytes=before.bytes + round(part * self._batch_bytes),
                    words=before.words + round(part * words),
                    chunks=before.chunks + done,
                    chunks_known=before.chunks + total,
                )
            )

        self._tell(replace(before, is_indexing=True))

        report = self._indexer.add(
            self._batch,
            self._collection,
            progress=move,
            wait_seconds=WAIT_SECONDS if self._batches else 0,
            on_error=lambda source, error: self._report.fail(source.uri, error),
        )
        for mine, its in (
            (self._report.added, report.added),
            (self._report.replaced, report.replaced),
            (self._report.unchanged, report.unchanged),
        ):
            mine += [Taken.of(source) for source in its]
        self._done = replace(
            self._done, bytes=before.bytes + self._batch_bytes, words=before.words + words, is_indexing=False
        )
        self._batch, self._batch_bytes = [], 0
        self._batches += 1
        self._began = time.monotonic()
