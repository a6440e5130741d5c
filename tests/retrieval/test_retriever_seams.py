"""The retriever as users of LangChain meet it: what its documents carry, what it refuses, its pickles and copies."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from langchain_core.prompts import PromptTemplate, format_document
from pydantic import SecretStr

from retrieval import (
    CollectionError,
    HybridRetriever,
    HybridSearch,
    Indexer,
    Library,
    LibrarySettings,
    OnnxEmbeddings,
    Place,
    QuestionError,
    QuestionProblem,
    SettingsError,
)
from tests.retrieval.strategies import make_source

PLAIN = make_source("The pool opens at nine.", uri="test:pool")
MANUAL = replace(
    make_source("Filters are changed in May.", uri="test:manual"), places=(Place(0, 4, "Care › Filters", "iv"),)
)
QUESTION = "When are the filters changed?"


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory, embeddings: OnnxEmbeddings) -> Iterator[HybridRetriever]:
    """A retriever over a library with one document that has pages and one that has none."""
    library = Library(LibrarySettings(home=tmp_path_factory.mktemp("seams")), embeddings)
    Indexer(library).add([PLAIN, MANUAL])
    yield HybridRetriever(library=library)
    library.close()


def test_documents_name_page_and_heading_or_say_that_there_is_none(finder: HybridRetriever) -> None:
    manual, plain = finder.invoke(QUESTION)[:2]
    assert [manual.metadata[name] for name in ("page", "page_label", "heading")] == [4, "iv", "Care › Filters"]
    assert [plain.metadata[name] for name in ("page", "page_label", "heading")] == [None] * 3
    assert json.loads(json.dumps(manual.metadata)) == manual.metadata
    prompt = PromptTemplate.from_template("{page_content} ({heading}, page {page_label})")
    assert format_document(manual, prompt) == "Filters are changed in May. (Care › Filters, page iv)"


def test_arguments_that_do_not_fit_are_refused_in_a_sentence(settings: LibrarySettings) -> None:
    make: Callable[..., HybridRetriever] = HybridRetriever.from_settings
    with pytest.raises(TypeError, match="unexpected keyword argument 'kk'"):
        make(settings, kk=2)
    for wrong in ({"k": 0}, {"k": "many"}, {"collections": 1}, {"collections": (1,)}):
        with pytest.raises(
            SettingsError, match=rf"^The retriever's {next(iter(wrong))}[_\d]* does not fit \([^\n]+\.$"
        ):
            make(settings, **wrong)
    makers: tuple[Callable[..., object], ...] = (make, HybridSearch.from_settings, Indexer.from_settings)
    for made in makers:
        with pytest.raises(SettingsError, match=r"of the type dict; give a LibrarySettings object, or nothing\.$"):
            made({"passages": 3})
    construct: Callable[..., HybridRetriever] = HybridRetriever
    with pytest.raises(SettingsError, match=r"^The retriever's kk does not fit \(there is none of that name\)"):
        construct(library=Library(settings), kk=2)
    with pytest.raises(SettingsError, match=r"^The retriever's library does not fit \(it is missing\)"):
        construct()
    with pytest.raises(SettingsError, match=r"of the type str; give a LibrarySettings object"):
        Library("library")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("collections", "sentence"),
    [
        ((), r"^No collection is named; name at least one, such as"),
        ("rules", r"^`collections` is a text; write `\(\"rules"),
    ],
)
def test_no_collections_and_a_text_for_collections_are_refused_wherever_they_are_given(
    library: Library, collections: Any, sentence: str
) -> None:
    Indexer(library).add([make_source("Guests must leave before ten.")])
    retriever, search = HybridRetriever(library=library), HybridSearch(library)
    calls: list[Callable[[], object]] = [
        lambda: HybridRetriever(library=library, collections=collections),
        lambda: HybridRetriever.from_settings(library.settings, collections=collections),
        lambda: HybridSearch(library, collections),
        lambda: HybridSearch.from_settings(library.settings, collections),
        lambda: retriever.passages("Who must leave?", collections=collections),
        lambda: retriever.correct("Who must leave?", collections=collections),
        lambda: search.passages("Who must leave?", collections=collections),
        lambda: search.correct("Who must leave?", collections=collections),
    ]
    for call in calls:
        with pytest.raises(CollectionError, match=sentence):
            call()


async def test_how_many_documents_can_be_said_by_every_call(library: Library) -> None:
    Indexer(library).add([make_source(f"Guest {number} leaves at ten.", uri=f"test:{number}") for number in range(3)])
    retriever = HybridRetriever(library=library)
    question = "Which guest leaves at ten?"
    assert len(retriever.invoke(question)) > 1
    assert len(retriever.invoke(question, k=1)) == len(await retriever.ainvoke(question, k=1)) == 1
    assert [len(found) for found in await retriever.abatch([question] * 2, k=1)] == [1, 1]
    assert len(await retriever.bind(k=1).ainvoke(question)) == 1
    for wrong in (None, {"question": question}, HumanMessage(question)):
        with pytest.raises(QuestionError, match=f"of the type {type(wrong).__name__}; give it as a text") as caught:
            retriever.invoke(wrong)  # type: ignore[arg-type]
        assert caught.value.problem is QuestionProblem.FORM
    with pytest.raises(ValueError, match=r"^`k` is 0; give 1 or more\.$"):
        retriever.invoke(question, k=0)


def pickled(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


@pytest.mark.parametrize(
    "again", [pickled, copy.copy, copy.deepcopy, lambda finder: finder.model_copy(deep=True, update={"k": 5})]
)
def test_a_retriever_that_was_pickled_or_copied_finds_the_same(
    finder: HybridRetriever, again: Callable[[HybridRetriever], HybridRetriever]
) -> None:
    expected = finder.passages(QUESTION)
    other = again(finder)
    assert other.passages(QUESTION) == expected
    if again is not copy.copy:  # which shares the library
        other.library.close()
        assert finder.passages(QUESTION) == expected


def test_a_pickle_of_the_settings_holds_no_secrets(monkeypatch: pytest.MonkeyPatch, settings: LibrarySettings) -> None:
    told = settings.model_copy(update={"chroma_token": SecretStr("open sesame"), "passages": 7})
    assert b"sesame" not in pickle.dumps(told)
    assert copy.deepcopy(told) == told
    assert pickled(told).chroma_token is None
    monkeypatch.setenv("PULLQUOTE_CHROMA_TOKEN", "open sesame")
    assert pickled(told) == told
