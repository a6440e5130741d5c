"""Collections: what their names may be, which ones come with the article, and how they are removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document

from retrieval import (
    DEFAULT_COLLECTION,
    HybridRetriever,
    Indexer,
    IndexReport,
    Library,
    SourceError,
    rebuild_index,
)
from retrieval.errors import CollectionError
from retrieval.ingest.sample_article import add_article_once
from retrieval.loaders.article import load_article
from tests.retrieval.ingest.test_indexer import LIBRARY_RULES, POOL, source_ids
from tests.retrieval.library_contents import make_empty_collection, stored_indexes, stored_texts
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.both_places
ARTICLE = load_article().id


def test_the_article_comes_with_the_default_collection_and_no_other(library: Library) -> None:
    report = Indexer(library).add([POOL])
    assert source_ids(library) == {ARTICLE, POOL.id}
    assert [source.id for source in report.added] == [POOL.id]
    Indexer(library).add([POOL], "other")
    assert source_ids(library, "other") == {POOL.id}


def test_an_article_once_removed_stays_removed(library: Library) -> None:
    indexer = Indexer(library)
    indexer.add([POOL])
    assert [record.id for record in indexer.remove([ARTICLE])] == [ARTICLE]
    add_article_once(library)
    indexer.add([LIBRARY_RULES])
    rebuild_index(library)
    add_article_once(library)
    indexer.add([POOL])
    assert source_ids(library) == {POOL.id, LIBRARY_RULES.id}


def test_a_default_collection_that_was_emptied_stays_empty_through_a_rebuild_and_can_be_filled(
    library: Library,
) -> None:
    add_article_once(library)
    Indexer(library).remove([ARTICLE])
    with pytest.raises(CollectionError, match=r"is empty; add a document with `pullquote index PATH`"):
        HybridRetriever(library=library).passages("How many planes?")
    rebuild_index(library)
    assert source_ids(library) == set()
    Indexer(library).add([POOL])
    assert source_ids(library) == {POOL.id}


def test_a_collection_is_made_only_when_there_is_something_to_add(library: Library) -> None:
    indexer = Indexer(library)
    refused: list[SourceError] = []
    assert indexer.add([], "ghost") == IndexReport()
    assert library.manifest() is None
    indexer.add([POOL], "one")
    assert indexer.add([], "ghost") == IndexReport()
    assert indexer.add([make_source(" \n")], "ghost", on_error=lambda _, error: refused.append(error)) == IndexReport()
    assert len(refused) == 1
    manifest = library.manifest(fresh=True)
    assert manifest is not None
    assert list(manifest.collections) == ["one"]


def test_what_is_no_list_of_sources_or_ids_is_refused_in_a_sentence(library: Library) -> None:
    indexer: Any = Indexer(library)
    for wrong in ("rules.md", Path("rules.md"), POOL, Document("Be kind."), [Document("Be kind.")], None):
        with pytest.raises(TypeError, match=r"^Give a list of Source objects; `load_path` makes one of a file\.$"):
            indexer.add(wrong)
    assert library.manifest() is None
    indexer.add(iter([POOL]))
    for call in (indexer.remove, lambda ids: indexer.move(ids, DEFAULT_COLLECTION, "other")):
        with pytest.raises(TypeError, match=rf'^`source_ids` is a text; write `\["{POOL.id}"\]`\.$'):
            call(POOL.id)
    assert source_ids(library) == {ARTICLE, POOL.id}


def test_an_empty_collection_is_no_obstacle_to_others(library: Library) -> None:
    make_empty_collection(library, "empty")
    assert source_ids(library, "empty") == set()
    Indexer(library).add([POOL])
    assert source_ids(library) == {ARTICLE, POOL.id}
    Indexer(library).add([POOL], "empty")
    assert source_ids(library, "empty") == {POOL.id}


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00", "\u200b", "\ud800", "x" * 201])
def test_a_collection_name_that_cannot_be_shown_is_refused(library: Library, name: str) -> None:
    with pytest.raises(CollectionError, match="1 to 200 printable characters"):
        Indexer(library).add([POOL], name)
    assert library.manifest() is None


@pytest.mark.parametrize("name", ["x" * 200, "Große Sammlung", "東京", "../up", "a/b", "con", "🎉"])
def test_any_printable_collection_name_works_from_end_to_end(library: Library, name: str) -> None:
    Indexer(library).add([POOL], name)
    found = HybridRetriever(library=library, collections=(name,)).passages("When does the pool open?")
    assert [(passage.text, passage.collection) for passage in found] == [(POOL.text, name)]


def test_a_collection_is_removed_with_all_that_is_in_it(library: Library) -> None:
    Indexer(library).add([POOL, LIBRARY_RULES], "rules")
    Indexer(library).add([POOL], "others")
    assert Indexer(library).remove_all("rules") == 2
    with pytest.raises(CollectionError):
        library.records("rules")
    with pytest.raises(CollectionError):
        Indexer(library).remove_all("rules")
    assert source_ids(library, "others") == {POOL.id}
    assert stored_texts(library) == {POOL.sha256}
    assert stored_indexes(library) == 1


def test_the_default_collection_stays_empty_when_it_is_removed(library: Library) -> None:
    add_article_once(library)
    assert Indexer(library).remove_all(DEFAULT_COLLECTION) == 1
    add_article_once(library)
    assert library.records(DEFAULT_COLLECTION) == []
