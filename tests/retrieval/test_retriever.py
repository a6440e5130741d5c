from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from retrieval import (
    HybridRetriever,
    HybridSearch,
    Indexer,
    Library,
    LibrarySettings,
    OnnxEmbeddings,
    Passage,
    QuestionError,
    SourceFilter,
)
from retrieval.errors import CollectionError, DamagedLibraryError, IndexMismatchError
from retrieval.index.chroma.collection import ChromaVectors
from retrieval.text.chunking import chunk_source
from tests.retrieval.library_contents import make_empty_collection
from tests.retrieval.strategies import FAMILY, make_source

pytestmark = pytest.mark.both_places

POOL = make_source("The pool opens at nine. Guests pay five euros.", uri="test:pool", title="Pool")
BOOKS = make_source("Books are lent for three weeks. Late books cost one euro.", uri="test:books", title="Books")
LONG = make_source(
    "\ufeff" + "".join(f"Rule {n} of the {FAMILY} club\r\nsays cafe\u0301 guests pay {n} euros. " for n in range(120)),
    uri="test:long",
    title="Long",
)


def retriever(library: Library, *collections: str, k: int = 5) -> HybridRetriever:
    return HybridRetriever(library=library, collections=collections or ("rules",), k=k)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory, embeddings: OnnxEmbeddings) -> Iterator[Library]:
    """A library for tests that only read it, with the three sources in the collection ``rules``."""
    library = Library(LibrarySettings(home=tmp_path_factory.mktemp("rules")), embeddings)
    Indexer(library).add([POOL, BOOKS, LONG], "rules")
    yield library
    library.close()


class TestLangChainConformance(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _library(self, rules: Library) -> None:
        self.library = rules

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"library": self.library, "collections": ("rules",)}

    @property
    def retriever_query_example(self) -> str:
        return "What do guests pay?"


@pytest.mark.parametrize("question", ["What do guests pay?", "rule 77", "…", "zzz qqq", FAMILY, "x" * 4000])
def test_passages_are_slices_of_their_source_best_first(rules: Library, question: str) -> None:
    found = retriever(rules, k=50).passages(question)
    assert found
    sources = {source.id: source for source in (POOL, BOOKS, LONG)}
    for passage in found:
        assert passage.source == sources[passage.source.id]
        assert passage.text == sources[passage.source.id].text[passage.span.start : passage.span.end] != ""
        assert 0 <= passage.score <= 1
        assert -1.001 <= passage.dense <= 1.001
        assert passage.keyword >= 0
    assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)
    assert len({(passage.source.id, passage.span) for passage in found}) == len(found)


def test_the_best_passage_holds_the_answer_by_words_and_by_meaning(rules: Library) -> None:
    assert retriever(rules).passages("What do late books cost?")[0].source.id == BOOKS.id
    assert retriever(rules).passages("When can I go swimming?")[0].source.id == POOL.id


def test_the_same_question_gives_the_same_passages(rules: Library) -> None:
    before = retriever(rules).passages("What do guests pay?")
    reopened = Library(rules.settings, rules.embeddings)
    assert retriever(rules).passages("What do guests pay?") == before
    assert retriever(reopened).passages("What do guests pay?") == before
    reopened.close()


def test_documents_carry_the_exact_place_of_their_words(rules: Library) -> None:
    documents = [
        document
        for document in retriever(rules, k=20).invoke("What do guests pay?")
        if document.metadata["source"] == LONG.uri
    ]
    assert len(documents) > 3
    for document in documents:
        data = document.metadata
        assert LONG.text[data["start"] : data["end"]] == document.page_content
        assert (data["source"], data["source_id"], data["title"]) == (LONG.uri, LONG.id, "Long")
        assert (data["sha256"], data["collection"]) == (LONG.sha256, "rules")
        assert data["line"] == 1 + LONG.text[: data["start"]].count("\r\n")
        assert 0 <= data["score"] <= 1
        assert document.id


def test_k_is_the_number_of_passages_or_as_many_as_there_are(rules: Library) -> None:
    whole = len(chunk_source(LONG)) + 2
    for k in (1, 3, whole, 500):
        assert len(retriever(rules, k=k).passages("guests")) == min(k, whole)
    assert len(retriever(rules, k=1).passages("guests", k=2)) == 2
    for k in (0, -1):
        with pytest.raises(ValueError, match="give 1 or more"):
            retriever(rules).passages("guests", k=k)


def test_fewer_passages_are_the_first_of_more(rules: Library) -> None:
    more = retriever(rules, k=10).passages("What do guests pay?")
    assert retriever(rules, k=3).passages("What do guests pay?") == more[:3]


def test_several_collections_are_ranked_together(library: Library) -> None:
    Indexer(library).add([POOL], "one")
    Indexer(library).add([BOOKS], "two")
    found = retriever(library, "one", "two").passages("What do late books cost?")
    assert [(passage.source.id, passage.collection) for passage in found] == [(BOOKS.id, "two"), (POOL.id, "one")]
    assert retriever(library, "two", "one", "two").passages("What do late books cost?") == found
    assert retriever(library, "one").passages("What do late books cost?", collections=("two", "one")) == found


def test_a_document_in_two_collections_is_shown_once(library: Library) -> None:
    Indexer(library).add([POOL, BOOKS], "one")
    Indexer(library).add([POOL], "two")
    found = retriever(library, "one", "two").passages("When does the pool open?", k=2)
    assert [passage.source.id for passage in found] == [POOL.id, BOOKS.id]


@pytest.mark.parametrize("question", ["What do guests pay?", "Late books", "rule 77"])
@pytest.mark.parametrize(
    ("sources", "admitted"),
    [
        (SourceFilter(only=frozenset({BOOKS.id})), {BOOKS.id}),
        (SourceFilter(only=frozenset({BOOKS.id, LONG.id}), without=frozenset({BOOKS.id})), {LONG.id}),
        (SourceFilter(without=frozenset({LONG.id})), {POOL.id, BOOKS.id}),
    ],
)
def test_only_admitted_sources_are_searched_and_they_score_as_if_they_stood_alone(
    rules: Library, library: Library, question: str, sources: SourceFilter, admitted: set[str]
) -> None:
    found = retriever(rules).passages(question, k=50, sources=sources)
    assert {passage.source.id for passage in found} == admitted
    Indexer(library).add([one for one in (POOL, BOOKS, LONG) if one.id in admitted], "rules")
    alone = retriever(library).passages(question, k=50)
    assert [passage.dense for passage in found] == pytest.approx([passage.dense for passage in alone], abs=1e-5)


def test_a_filter_that_admits_nothing_finds_nothing_and_a_copy_of_a_hidden_document_is_found(library: Library) -> None:
    copy = make_source(POOL.text, uri="test:copy", title="Copy")
    Indexer(library).add([POOL, copy], "rules")
    for hidden, shown in ((POOL, copy), (copy, POOL)):
        found = retriever(library).passages(
            "When does the pool open?", sources=SourceFilter(without=frozenset({hidden.id}))
        )
        assert [passage.source.id for passage in found] == [shown.id]
    assert retriever(library).passages("When?", sources=SourceFilter(only=frozenset())) == []


def test_a_document_that_repeats_itself_does_not_hide_the_others(library: Library) -> None:
    repeating = make_source("Yes, it is. " * 16_000, uri="test:repeating")
    assert len(chunk_source(repeating)) > 300
    Indexer(library).add([repeating, POOL, BOOKS], "rules")
    for question, source in (("Where can I swim?", POOL), ("Which novels may I borrow?", BOOKS)):
        assert retriever(library).passages(question)[0].source.id == source.id


@pytest.mark.usefixtures("kept_by_chroma")
def test_a_chunk_that_is_missing_from_chroma_is_damage(library: Library) -> None:
    Indexer(library).add([POOL, BOOKS], "rules")
    manifest = library.usable_manifest()
    assert manifest is not None
    vectors = library.index(manifest, "rules").vectors
    assert isinstance(vectors, ChromaVectors)
    vectors.delete([chunk_source(POOL)[0].vector_id])
    with pytest.raises(DamagedLibraryError, match="incomplete; run `pullquote reindex`"):
        retriever(library).passages("When does the pool open?")
    with pytest.raises(DamagedLibraryError, match="incomplete; run `pullquote reindex`"):
        Indexer(library).add([make_source("Something new.", uri="test:new")], "rules")


@pytest.mark.folder_only
def test_unknown_and_empty_collections_are_refused_with_the_command_that_helps(library: Library) -> None:
    with pytest.raises(CollectionError, match=r"There is no collection “rules”; .* --collection rules`"):
        retriever(library).passages("guests")
    make_empty_collection(library, "rules")
    with pytest.raises(CollectionError, match=r"“rules” is empty; .* --collection rules`"):
        retriever(library).passages("guests")
    assert not list(library.settings.home.glob("index/*/keyword/*"))


def test_an_index_of_another_model_or_chunker_is_refused(
    library: Library, settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Indexer(library).add([POOL], "rules")
    other = Library(settings.model_copy(update={"embedding_model": "someone/else"}), library.embeddings)
    with pytest.raises(IndexMismatchError, match="“someone/else”; run `pullquote reindex`"):
        retriever(other).passages("guests")
    monkeypatch.setattr("retrieval.library.CHUNKER", "another")
    with pytest.raises(IndexMismatchError, match="another version of Pullquote; run `pullquote reindex`"):
        retriever(library).passages("guests")


@pytest.mark.folder_only
def test_the_first_retriever_of_the_default_collection_brings_the_article(settings: LibrarySettings) -> None:
    found: list[Passage] = HybridRetriever.from_settings(settings).passages("How many planes did Russia send?")
    assert {passage.source.title for passage in found} == {"Kazakhstan protests, January 2022"}
    assert any("planes" in passage.text for passage in found)


def test_a_search_changes_nothing(library: Library) -> None:
    with pytest.raises(CollectionError, match="There is no collection “default”"):
        HybridRetriever(library=library).passages("How many planes did Russia send?")
    assert library.manifest() is None


@pytest.mark.folder_only
def test_a_retriever_from_settings_takes_k_from_them(settings: LibrarySettings, embeddings: OnnxEmbeddings) -> None:
    made = HybridRetriever.from_settings(settings.model_copy(update={"passages": 7}))
    assert made.k == 7
    assert HybridRetriever.from_settings(settings, k=2, collections=("rules",)).k == 2
    assert made.library.settings.home == settings.home


@pytest.mark.parametrize("question", ["", " \n", "\u200b", "x" * 4001, "why\x00", "When does the \ud800 pool open?"])
async def test_what_cannot_be_asked_is_refused_in_a_sentence(rules: Library, question: str) -> None:
    finder = retriever(rules)
    for ask in (finder.passages, finder.invoke, HybridSearch(rules, ("rules",)).passages):
        with pytest.raises(QuestionError, match=r"\.$"):
            ask(question)
    with pytest.raises(QuestionError, match=r"\.$"):
        await finder.ainvoke(question)


def test_the_only_chunk_of_a_library_scores_1(library: Library) -> None:
    Indexer(library).add([POOL], "one")
    Indexer(library).add([POOL], "two")
    for question in ("When does the pool open?", "zzz qqq"):
        for collections in (("one",), ("one", "two")):
            (found,) = retriever(library, *collections).passages(question)
            assert (found.score, found.uncompared) == (1.0, True)
    Indexer(library).add([BOOKS], "one")
    assert not any(found.uncompared for found in retriever(library, "one").passages("Pool"))


def test_term_weights_fall_with_frequency_and_an_empty_collection_adds_nothing(library: Library) -> None:
    Indexer(library).add([POOL, BOOKS, LONG], "rules")
    weights = library.term_weights(["book", "guest", "unheard"], ["rules"])
    assert weights["unheard"] > weights["book"] > weights["guest"] > 0
    make_empty_collection(library, "empty")
    assert library.term_weights(["book", "guest", "unheard"], ["rules", "empty", "nowhere"]) == weights


def test_what_was_corrected_is_looked_for_as_it_is(rules: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    finder = retriever(rules)
    meant = finder.correct("When does the poool open?")
    assert meant.replaced == (("poool", "pool"),)
    expected = finder.passages("When does the poool open?")
    monkeypatch.delattr(Library, "correct")
    assert finder.passages(meant) == expected
