"""The keyword side of a machine: begun with whatever is most alike, and always as if it were built anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from retrieval.errors import DamagedLibraryError
from retrieval.index.bm25 import KeywordIndex, keyword_index
from retrieval.storage.manifest import CollectionRecord
from retrieval.storage.server import bm25_cache
from retrieval.storage.server.bm25_cache import Bm25Cache
from retrieval.storage.source_record import SourceRecord
from retrieval.text.chunking import CHUNKER, chunk_source
from retrieval.types import Chunk, Source
from tests.retrieval.strategies import make_source

POOL = make_source("The pool opens at nine. Guests pay three euros.", uri="test:pool", title="Pool")
LATER = make_source("The pool opens at ten. Members swim free.", uri="test:pool", title="Pool")
BOOKS = make_source("Late books cost a euro a week.", uri="test:books", title="Books")
BEES = make_source("The bees live behind the orchard.", uri="test:bees", title="Bees")
LONG = [make_source(f"Berth {number} is free.", uri=f"test:{number}", title="Berth") for number in range(9)]
QUESTIONS = (["pool"], ["euro"], ["bee", "live"], ["late", "book"], ["swim"], ["berth", "free"])


class Machine:
    """A machine that keeps texts, fetches what it lacks from the library, and notes what it fetched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library: dict[str, Source] = {}
        self.copies: dict[str, str] = {}
        self.fetched: list[str] = []
        self.side = self.started()

    def started(self) -> Bm25Cache:
        """What a new process of this machine has."""
        self.side = Bm25Cache(self.folder, self._fetch, self._words)
        return self.side

    def record(self, *sources: Source, of_family: str = "") -> CollectionRecord:
        """A snapshot of these sources; of a family of its own, as an index that was built anew, if none is named."""
        self.library |= {source.id: source for source in sources}
        held = {source.id: SourceRecord.of(source, len(chunk_source(source))) for source in sources}
        return CollectionRecord(index=f"{of_family or uuid4().hex[:12]}.{uuid4().hex[:12]}", sources=held)

    def open(self, record: CollectionRecord) -> KeywordIndex:
        self.fetched.clear()
        return self.side.open(record)

    def _fetch(self, record: SourceRecord) -> tuple[Source, list[Chunk]]:
        source = self.library[record.id]
        self.fetched.append(source.title)
        self.copies[source.sha256] = source.text
        return source, chunk_source(source)

    def _words(self, sha256: str) -> str:
        if sha256 not in self.copies:
            raise DamagedLibraryError("It is gone.")
        return self.copies[sha256]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "keyword")
    yield machine
    machine.side.close()


def assert_as_built_anew(keyword: KeywordIndex, *sources: Source) -> None:
    anew = keyword_index([(source, chunk_source(source)) for source in sources])
    assert dict(keyword.words) == dict(anew.words)
    assert sorted(keyword.rows) == sorted(anew.rows)
    for terms in QUESTIONS:
        scores = [dict(zip(one.chunks, one.scores(terms).tolist(), strict=True)) for one in (keyword, anew)]
        assert scores[0] == scores[1]
        assert keyword.document_frequency(terms[0]) == anew.document_frequency(terms[0])


@pytest.mark.parametrize("restarted", [False, True])
def test_an_index_that_was_built_anew_of_the_same_texts_fetches_nothing(machine: Machine, restarted: bool) -> None:
    machine.open(machine.record(POOL, BOOKS, *LONG))
    if restarted:
        machine.started()
    assert_as_built_anew(machine.open(machine.record(POOL, BOOKS, *LONG)), POOL, BOOKS, *LONG)
    assert machine.fetched == []


@pytest.mark.parametrize("restarted", [False, True])
def test_one_that_was_built_anew_of_other_texts_too_fetches_only_these(machine: Machine, restarted: bool) -> None:
    """One document has changed, one is gone, and one is new."""
    machine.open(machine.record(POOL, BOOKS, *LONG))
    if restarted:
        machine.started()
    after = (LATER, BEES, *LONG)
    assert_as_built_anew(machine.open(machine.record(*after)), *after)
    assert sorted(machine.fetched) == ["Bees", "Pool"]


def test_of_several_the_one_is_taken_that_is_most_alike(machine: Machine) -> None:
    machine.open(machine.record(POOL, BOOKS))
    machine.open(machine.record(*LONG))
    machine.open(machine.record(POOL, BEES))
    machine.started()
    assert_as_built_anew(machine.open(machine.record(BEES, *LONG)), BEES, *LONG)
    assert machine.fetched == ["Bees"]


def test_one_that_has_little_in_common_is_not_worth_changing(machine: Machine) -> None:
    machine.open(machine.record(POOL, *LONG))
    assert_as_built_anew(machine.open(machine.record(POOL, BEES)), POOL, BEES)
    assert machine.fetched == ["Pool", "Bees"]


def test_another_language_is_another_text(machine: Machine) -> None:
    german = replace(POOL, language="de")
    machine.open(machine.record(POOL, *LONG))
    assert_as_built_anew(machine.open(machine.record(german, *LONG)), german, *LONG)
    assert machine.fetched == ["Pool"]


@pytest.mark.parametrize("way", [["another-chunker", 2], [CHUNKER, 1]])
def test_a_copy_that_was_made_another_way_is_of_no_use(
    machine: Machine, way: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = machine.record(POOL, *LONG)
    with monkeypatch.context() as patch:
        patch.setattr(bm25_cache, "WAY", way)
        machine.side.keep(before, keyword_index([(POOL, []), *((source, chunk_source(source)) for source in LONG)]))
    machine.started()
    assert_as_built_anew(machine.open(machine.record(POOL, *LONG)), POOL, *LONG)
    machine.started()
    assert_as_built_anew(machine.open(before), POOL, *LONG)


def test_without_the_words_that_go_it_is_built_anew(machine: Machine) -> None:
    machine.open(machine.record(POOL, *LONG))
    machine.copies.clear()
    assert_as_built_anew(machine.open(machine.record(LATER, *LONG)), LATER, *LONG)
    assert len(machine.fetched) == 10


def test_what_is_asked_is_refreshed_before_its_old_words_go(machine: Machine) -> None:
    machine.open(machine.record(POOL, *LONG))
    unasked = machine.record(BEES, BOOKS)
    after = machine.record(LATER, *LONG)
    machine.fetched.clear()
    machine.side.follow([after, unasked])
    assert machine.fetched == ["Pool"]
    machine.copies.clear()
    assert_as_built_anew(machine.open(after), LATER, *LONG)
    assert machine.fetched == []


def names(machine: Machine) -> set[str]:
    return {path.name for path in machine.folder.iterdir() if path.is_dir()}


def test_copies_stay_for_what_was_built_anew_unless_something_in_them_has_gone(machine: Machine) -> None:
    kept, gone = machine.record(POOL, *LONG), machine.record(BOOKS, BEES)
    machine.open(kept)
    machine.open(gone)
    machine.started()
    machine.side.keep_only([machine.record(POOL, *LONG), machine.record(BEES)])
    assert names(machine) == {kept.index}
    after = machine.record(POOL, *LONG)
    machine.open(after)
    machine.side.keep_only([after])
    assert names(machine) == {after.index}
