"""The retriever as users of LangChain meet it: what its documents carry, what it refuses, its pickles and copies."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.prompts import PromptTemplate, format_document
from pydantic import SecretStr, ValidationError

from retrieval import (
    HybridRetriever,
    HybridSearch,
    Indexer,
    Library,
    LibrarySettings,
    OnnxEmbeddings,
    Place,
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
    for wrong in ({"k": 0}, {"k": "many"}, {"collections": "rules"}, {"collections": (1,)}):
        with pytest.raises(
            SettingsError, match=rf"^The retriever's {next(iter(wrong))}[_\d]* does not fit \([^\n]+\.$"
        ):
            make(settings, **wrong)
    makers: tuple[Callable[..., object], ...] = (make, HybridSearch.from_settings, Indexer.from_settings)
    for made in makers:
        with pytest.raises(SettingsError, match=r"of the type dict; give a LibrarySettings object, or nothing\.$"):
            made({"passages": 3})
    with pytest.raises(ValidationError, match="kk"):
        HybridRetriever(library=Library(settings), kk=2)  # type: ignore[call-arg]


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
