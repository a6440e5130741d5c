"""Many files into one collection: batches, progress, failures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from retrieval import (
    Indexer,
    IndexReport,
    IntakeReport,
    Library,
    LibraryBusyError,
    LibrarySettings,
    Original,
    Source,
    SourceError,
    Waiting,
    read_path,
    take_in,
)
from retrieval.ingest.batches import IntakeProgress

pytestmark = pytest.mark.both_places


def waiting(path: Path) -> Waiting:
    return Waiting(str(path), path.stat().st_size, partial(read_path, path))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "rooms"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"The key of room {number} is brass. " * 20, encoding="utf-8")
    return sorted(folder.iterdir())


def test_each_batch_takes_effect_as_a_whole(
    library: Library, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_CHARACTERS", 1000)
    monkeypatch.setattr("retrieval.ingest.batches.AHEAD_FILES", 2)
    held: list[int] = []

    def observed() -> Iterator[Waiting]:
        for path in files:
            held.append(len(library.records("c")) if library.manifest() else 0)
            yield waiting(path)

    report = take_in(Indexer(library), observed(), "c")
    assert [taken.title for taken in report.added] == ["0", "1", "2", "3", "4", "5"]
    assert held == [0, 0, 0, 0, 2, 2]  # two files are read ahead of those that were indexed


def test_files_are_loaded_while_others_are_indexed(
    library: Library, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_CHARACTERS", 100)
    monkeypatch.setattr("retrieval.ingest.batches.AHEAD_FILES", 1)
    indexer, add, indexing = Indexer(library), Indexer.add, Event()

    class Later(Original):
        def load(self) -> Source:
            assert indexing.wait(10), "nothing was indexed meanwhile"
            return super().load()

    def add_and_tell(*args: object, **given: object) -> IndexReport:
        indexing.set()
        return add(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(Indexer, "add", add_and_tell)
    later = Waiting("later", 1, lambda: Later("later.txt", "test:later", b"The key is brass."))
    report = take_in(indexer, [waiting(files[0]), later], "c")
    assert [taken.title for taken in report.added] == ["0", "later"]


class Doubted(Original):
    def load(self) -> Source:
        return replace(super().load(), warnings=(f"{self.name} lost its second half.",))


def test_what_may_have_been_read_wrongly_is_told_and_kept(library: Library) -> None:
    doubted = Waiting("x", 1, lambda: Doubted("x.txt", "test:x", b"The key is brass."))
    (taken,) = take_in(Indexer(library), [doubted], "c").added
    assert taken.warnings == ("x.txt lost its second half.",)
    (record,) = library.records("c")
    assert record.warnings == library.source(record).warnings == taken.warnings


def test_a_large_file_waits_until_it_is_alone(
    library: Library, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_CHARACTERS", 100)
    monkeypatch.setattr("retrieval.ingest.batches.AHEAD_BYTES", 100)
    held: list[int] = []

    def observed() -> Iterator[Waiting]:
        for path in files:
            held.append(len(library.records("c")) if library.manifest() else 0)
            yield waiting(path)

    take_in(Indexer(library), observed(), "c")
    assert held == [0, 1, 2, 3, 4, 5]


def test_progress_rises_to_the_whole(library: Library, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_CHARACTERS", 1500)
    told: list[IntakeProgress] = []
    take_in(Indexer(library), map(waiting, files), "c", progress=told.append)
    for figures in (("files",), ("bytes", "words", "chunks"), ("chunks_known",)):
        values = [tuple(getattr(progress, name) for name in figures) for progress in told]
        assert values == sorted(values)
    assert (told[0].files, told[0].bytes) == (1, 0)  # what is read is told before anything is indexed
    assert [progress.is_indexing for progress in told].index(True) == 3  # a batch of three files is full
    last, chunks = told[-1], sum(record.chunks for record in library.records("c"))
    assert (last.files, last.bytes) == (6, sum(path.stat().st_size for path in files))
    assert (last.words, last.chunks, last.chunks_known) == (6 * 20 * 7, chunks, chunks)


def test_one_that_fails_in_any_way_does_not_stop_the_rest(library: Library, files: list[Path], tmp_path: Path) -> None:
    def refuse() -> Original:
        raise SourceError("It is not there.")

    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    given = [
        Waiting("x", 10, refuse),
        waiting(files[0]),
        waiting(tmp_path / "blank.txt"),
        waiting(files[0]),
        waiting(files[1]),
    ]
    report = take_in(Indexer(library), given, "c")
    assert [taken.title for taken in report.added] == ["0", "1"]
    assert report.failed == ["It is not there.", f"{tmp_path / 'blank.txt'} is empty; there is nothing to index."]
    again = take_in(Indexer(library), given, "c")
    assert [taken.title for taken in again.unchanged] == ["0", "1"]
    assert not again.added


def test_the_batches_before_a_failure_of_the_library_have_taken_effect(
    library: Library, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_CHARACTERS", 1000)
    indexer = Indexer(library)
    add, calls = indexer.add, []

    def fail_later(*args: object, **given: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return add(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(indexer, "add", fail_later)
    report = IntakeReport()
    with pytest.raises(RuntimeError):
        take_in(indexer, map(waiting, files), "c", report=report)
    assert [taken.title for taken in report.added] == sorted(record.title for record in library.records("c"))
    assert len(report.added) == 2


class Unread(Original):
    """What nobody is to read as a document."""

    def load(self) -> Source:
        raise AssertionError("it was read")


def test_who_is_writing_is_told_before_a_document_is_read(
    library: Library, settings: LibrarySettings, files: list[Path]
) -> None:
    take_in(Indexer(library), map(waiting, files[:1]), "c")
    given = [waiting(files[0]), Waiting("x", 1, lambda: Unread("x.txt", "test:x", b"The key is brass."))]
    writer = Library(settings, library.embeddings)
    report = IntakeReport()
    with writer.storage.lock(), pytest.raises(LibraryBusyError):
        take_in(Indexer(library), given, "c", report=report)
    writer.close()
    assert [taken.title for taken in report.unchanged] == ["0"]
    with pytest.raises(AssertionError, match="it was read"):
        take_in(Indexer(library), given, "c")
