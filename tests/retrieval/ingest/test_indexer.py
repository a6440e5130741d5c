"""What is added, replaced and removed shows on both sides of the index at once, and costs what is new in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import (
    DEFAULT_COLLECTION,
    HybridRetriever,
    Indexer,
    Library,
    LibrarySettings,
    OnnxEmbeddings,
    Source,
    SourceError,
    rebuild_index,
)
from retrieval.errors import IndexMismatchError, LibraryBusyError, UnknownSourceError
from retrieval.storage.leases import IN_USE
from tests.retrieval.fakes import CountingEmbeddings, FailingEmbeddings, ShorterEmbeddings
from tests.retrieval.library_contents import stored_texts
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.both_places
POOL = make_source("The pool opens at nine. Guests pay five euros.", uri="test:pool", title="Pool")
LIBRARY_RULES = make_source(
    "Books are lent for three weeks. Late books cost one euro.", uri="test:books", title="Books"
)


def source_ids(library: Library, collection: str = DEFAULT_COLLECTION) -> set[str]:
    return {record.id for record in library.records(collection)}


def sides(library: Library, collection: str) -> tuple[set[str], set[str]]:
    """The ids of the chunks on the dense and on the keyword side."""
    manifest = library.usable_manifest()
    assert manifest is not None
    if not manifest.collections[collection].index:
        return set(), set()
    index = library.index(manifest, collection)
    return index.vectors.ids(), set(index.keyword.rows)


def files_of(home: Path) -> dict[str, bytes]:
    """Every file of a library but Chroma's own, which it touches when it reads, and the lock."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and "chroma" not in path.parts and path.suffix != ".lock" and path.name != IN_USE
    }


@pytest.fixture
def counting(library: Library) -> CountingEmbeddings:
    library.embeddings = CountingEmbeddings(library.embeddings)
    return library.embeddings


def test_an_unchanged_source_costs_nothing(library: Library, counting: CountingEmbeddings) -> None:
    Indexer(library).add([POOL])
    counting.documents.clear()
    counting.queries.clear()
    before = files_of(library.settings.home)
    report = Indexer(library).add([POOL])
    assert [source.id for source in report.unchanged] == [POOL.id]
    assert not report.added
    assert not report.replaced
    assert counting.documents.total() == counting.queries.total() == 0
    assert files_of(library.settings.home) == before


def test_only_what_changed_is_embedded(library: Library, counting: CountingEmbeddings) -> None:
    Indexer(library).add([POOL])
    counting.documents.clear()
    Indexer(library).add([POOL, LIBRARY_RULES])
    assert set(counting.documents) == {LIBRARY_RULES.text}


def test_a_replaced_source_leaves_no_old_chunk_on_either_side_and_no_old_text(library: Library) -> None:
    indexer = Indexer(library)
    indexer.add([POOL, LIBRARY_RULES], "rules")
    edited = make_source("The pool is closed until May.", uri=POOL.uri, title="Pool, new")
    report = indexer.add([edited], "rules")
    assert [source.id for source in report.replaced] == [POOL.id]
    dense, keyword = sides(library, "rules")
    assert dense == keyword
    assert len(dense) == 2
    found = HybridRetriever(library=library, collections=("rules",), k=50).passages("When does the pool open?")
    assert {passage.text for passage in found} == {edited.text, LIBRARY_RULES.text}
    assert stored_texts(library) == {edited.sha256, LIBRARY_RULES.sha256}


def test_a_changed_title_alone_does_not_index_again(library: Library, counting: CountingEmbeddings) -> None:
    Indexer(library).add([POOL], "rules")
    counting.documents.clear()
    report = Indexer(library).add([make_source(POOL.text, uri=POOL.uri, title="Another")], "rules")
    assert [source.id for source in report.unchanged] == [POOL.id]
    assert not counting.documents


def test_of_two_sources_with_one_uri_the_last_counts(library: Library) -> None:
    last = make_source("The last words.", uri=POOL.uri)
    Indexer(library).add([POOL, last], "rules")
    assert [record.sha256 for record in library.records("rules")] == [last.sha256]


def test_a_removed_source_leaves_both_sides_and_its_text(library: Library) -> None:
    indexer = Indexer(library)
    indexer.add([POOL, LIBRARY_RULES], "rules")
    indexer.remove([POOL.id, POOL.id], "rules")
    dense, keyword = sides(library, "rules")
    assert dense == keyword
    assert len(dense) == 1
    assert stored_texts(library) == {LIBRARY_RULES.sha256}
    indexer.remove([LIBRARY_RULES.id], "rules")
    assert sides(library, "rules") == (set(), set())
    assert stored_texts(library) == set()


def test_removing_an_unknown_source_changes_nothing(library: Library) -> None:
    indexer = Indexer(library)
    with pytest.raises(UnknownSourceError):
        indexer.remove(["0" * 12])
    assert library.manifest() is None
    indexer.add([POOL], "rules")
    before = files_of(library.settings.home)
    for ids, collection in ((["0" * 12], "rules"), ([POOL.id, "0" * 12], "rules"), ([POOL.id], "nowhere")):
        with pytest.raises(
            UnknownSourceError, match=r"has no source “\w+”; `pullquote sources list --collection \w+` shows the ids"
        ):
            indexer.remove(ids, collection)
    assert files_of(library.settings.home) == before


def test_one_file_in_two_collections_leaves_one_and_stays_in_the_other(library: Library) -> None:
    indexer = Indexer(library)
    indexer.add([POOL], "one")
    indexer.add([POOL], "two")
    assert sides(library, "one") == sides(library, "two")
    indexer.remove([POOL.id], "one")
    assert library.source(library.find(POOL.id, "two")).text == POOL.text
    found = HybridRetriever(library=library, collections=("two",)).passages("When does the pool open?")
    assert [passage.text for passage in found] == [POOL.text]


def test_a_moved_source_is_found_where_it_went_with_its_vectors(library: Library, counting: CountingEmbeddings) -> None:
    indexer = Indexer(library)
    indexer.add([POOL, LIBRARY_RULES], "one")
    embedded = counting.documents.copy()
    indexer.move([POOL.id], "one", "two")
    assert counting.documents == embedded
    assert (source_ids(library, "one"), source_ids(library, "two")) == ({LIBRARY_RULES.id}, {POOL.id})
    for name in ("one", "two"):
        dense, keyword = sides(library, name)
        assert dense == keyword
    found = HybridRetriever(library=library, collections=("two",)).passages("When does the pool open?")
    assert [passage.text for passage in found] == [POOL.text]
    indexer.move([LIBRARY_RULES.id], "one", "two")
    assert (source_ids(library, "one"), source_ids(library, "two")) == (set(), {POOL.id, LIBRARY_RULES.id})
    with pytest.raises(UnknownSourceError):
        indexer.move([POOL.id], "one", "two")
    indexer.move([POOL.id], "two", "two")
    assert source_ids(library, "two") == {POOL.id, LIBRARY_RULES.id}


def test_a_move_that_fails_leaves_the_source_where_it_was(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    indexer = Indexer(library)
    indexer.add([POOL], "one")
    before = library.manifest()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(indexer, "_publish", fail)
    with pytest.raises(OSError, match="no space"):
        indexer.move([POOL.id], "one", "two")
    assert library.manifest(fresh=True) == before
    assert [passage.text for passage in HybridRetriever(library=library, collections=("one",)).passages("pool?")]


def test_a_long_run_takes_effect_in_parts(
    settings: LibrarySettings, embeddings: OnnxEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ingest.indexer.CHUNKS_PER_COMMIT", 2)
    sources = [make_source(f"Rule number {number} holds.", uri=f"test:{number}") for number in range(7)]
    library = Library(settings, FailingEmbeddings(embeddings, "number 5"))
    with pytest.raises(RuntimeError, match="number 5"):
        Indexer(library).add(sources, "rules")
    assert source_ids(library, "rules") == {source.id for source in sources[:4]}
    library.embeddings = counting = CountingEmbeddings(embeddings)
    report = Indexer(library).add(sources, "rules")
    assert [source.id for source in report.unchanged] == [source.id for source in sources[:4]]
    assert len(counting.documents) == 3
    dense, keyword = sides(library, "rules")
    assert dense == keyword
    assert len(dense) == 7
    library.close()


def test_a_failure_in_the_middle_leaves_the_library_as_it_was(library: Library, embeddings: OnnxEmbeddings) -> None:
    Indexer(library).add([POOL], "rules")
    before = library.manifest()
    library.embeddings = FailingEmbeddings(embeddings, "Late books")
    with pytest.raises(RuntimeError):
        Indexer(library).add([LIBRARY_RULES], "rules")
    assert library.storage.read_manifest() == before
    found = HybridRetriever(library=library, collections=("rules",)).passages("Books?")
    assert [passage.text for passage in found] == [POOL.text]


def test_progress_is_told_in_steps_up_to_the_whole(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.ingest.new_vectors.STEP", 2)
    told: list[tuple[int, int]] = []
    sources = [make_source(f"Rule number {number}.", uri=f"test:{number}") for number in range(5)]
    Indexer(library).add(sources, "rules", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]


def test_a_source_without_words_is_refused_and_nothing_changes(library: Library) -> None:
    with pytest.raises(SourceError, match="“Blank” is empty; there is nothing to index"):
        Indexer(library).add([POOL, make_source(" \n", uri="test:blank", title="Blank")], "rules")
    assert library.manifest() is None


def test_another_writer_is_an_error_at_once(settings: LibrarySettings, library: Library) -> None:
    other = Library(settings, library.embeddings)
    with library.storage.lock(), pytest.raises(LibraryBusyError) as caught:
        Indexer(library).add([POOL], "rules")
    assert caught.value.retryable
    Indexer(library).add([POOL], "rules")
    assert source_ids(other, "rules") == {POOL.id}


def test_a_model_with_shorter_vectors_is_refused_by_name(library: Library, embeddings: OnnxEmbeddings) -> None:
    Indexer(library).add([POOL], "rules")
    library.embeddings = ShorterEmbeddings(embeddings)
    with pytest.raises(IndexMismatchError, match=r"vectors of 384 numbers.* now gives 192; run `pullquote reindex`"):
        Indexer(library).add([LIBRARY_RULES], "rules")
    with pytest.raises(IndexMismatchError, match="run `pullquote reindex`"):
        HybridRetriever(library=library, collections=("rules",)).passages("Books?")
    rebuild_index(library)
    assert HybridRetriever(library=library, collections=("rules",)).passages("Books?")


def test_sources_that_share_every_word_are_both_kept(library: Library) -> None:
    twin: Source = make_source(POOL.text, uri="test:twin")
    Indexer(library).add([POOL, twin], "rules")
    assert source_ids(library, "rules") == {POOL.id, twin.id}
    Indexer(library).remove([POOL.id], "rules")
    assert library.source(library.find(twin.id, "rules")).text == POOL.text
    found = HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")
    assert [(passage.source.id, passage.text) for passage in found] == [(twin.id, twin.text)]


def test_words_that_stand_in_many_sources_are_embedded_once(library: Library, counting: CountingEmbeddings) -> None:
    twins = [make_source(POOL.text, uri=f"test:{number}") for number in range(3)]
    Indexer(library).add(twins, "rules")
    Indexer(library).add([POOL], "rules")
    assert counting.documents == {POOL.text: 1}
    found = HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")
    assert [passage.text for passage in found] == [POOL.text]


def test_an_edit_that_keeps_some_words_keeps_them_findable(library: Library, counting: CountingEmbeddings) -> None:
    filler = " ".join(f"Rule {number} is kept by all the members of the house every day." for number in range(40))
    Indexer(library).add([make_source(f"{filler} The pool opens at nine.", uri="test:long")], "rules")
    counting.documents.clear()
    edited = make_source(f"{filler} The pool opens at ten.", uri="test:long")
    Indexer(library).add([edited], "rules")
    dense, keyword = sides(library, "rules")
    assert dense == keyword
    assert 0 < counting.documents.total() < len(keyword)
    found = HybridRetriever(library=library, collections=("rules",), k=50).passages("When does the pool open?")
    assert len(found) == len(keyword)
    assert all(passage.source == edited for passage in found)
