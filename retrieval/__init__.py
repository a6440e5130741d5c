"""Documents -> passages: a library that knows where every word stands.

Names are loaded when they are first used, so that importing the package costs next to nothing. Only what ``__all__``
lists is promised.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.diagnosis import Finding, diagnose
    from retrieval.embedding import SentenceTransformerEmbeddings
    from retrieval.errors import (
        CollectionError,
        DamagedLibraryError,
        IndexMismatchError,
        LibraryBusyError,
        ModelError,
        PullquoteError,
        RetrievalError,
        SettingsError,
        SourceError,
        SourceProblem,
        StorageError,
        UnknownSourceError,
    )
    from retrieval.indexer import Indexer, IndexReport
    from retrieval.languages import ENGLISH
    from retrieval.library import DEFAULT_COLLECTION, Library
    from retrieval.loaders import check_file, load_bytes, load_path
    from retrieval.manifest import SourceRecord
    from retrieval.rebuilding import RebuildReport, rebuild_index
    from retrieval.retriever import HybridRetriever
    from retrieval.seeding import add_article_once, needs_article
    from retrieval.sentences import sentences_within, split_paragraphs, split_sentences
    from retrieval.settings import LibrarySettings
    from retrieval.spelling import Correction
    from retrieval.terms import extract_question_terms, extract_terms
    from retrieval.types import Passage, Source, Span
    from retrieval.verifying import SourceCheck, verify_collection

__all__ = [
    "DEFAULT_COLLECTION",
    "ENGLISH",
    "CollectionError",
    "Correction",
    "DamagedLibraryError",
    "Finding",
    "HybridRetriever",
    "IndexMismatchError",
    "IndexReport",
    "Indexer",
    "Library",
    "LibraryBusyError",
    "LibrarySettings",
    "ModelError",
    "Passage",
    "PullquoteError",
    "RebuildReport",
    "RetrievalError",
    "SentenceTransformerEmbeddings",
    "SettingsError",
    "Source",
    "SourceCheck",
    "SourceError",
    "SourceProblem",
    "SourceRecord",
    "Span",
    "StorageError",
    "UnknownSourceError",
    "add_article_once",
    "check_file",
    "diagnose",
    "extract_question_terms",
    "extract_terms",
    "load_bytes",
    "load_path",
    "needs_article",
    "rebuild_index",
    "sentences_within",
    "split_paragraphs",
    "split_sentences",
    "verify_collection",
]

_HOMES = {
    "DEFAULT_COLLECTION": "library",
    "ENGLISH": "languages",
    "CollectionError": "errors",
    "Correction": "spelling",
    "DamagedLibraryError": "errors",
    "Finding": "diagnosis",
    "HybridRetriever": "retriever",
    "IndexMismatchError": "errors",
    "IndexReport": "indexer",
    "Indexer": "indexer",
    "Library": "library",
    "LibraryBusyError": "errors",
    "LibrarySettings": "settings",
    "ModelError": "errors",
    "Passage": "types",
    "PullquoteError": "errors",
    "RebuildReport": "rebuilding",
    "RetrievalError": "errors",
    "SentenceTransformerEmbeddings": "embedding",
    "SettingsError": "errors",
    "Source": "types",
    "SourceCheck": "verifying",
    "SourceError": "errors",
    "SourceProblem": "errors",
    "SourceRecord": "manifest",
    "Span": "types",
    "StorageError": "errors",
    "UnknownSourceError": "errors",
    "add_article_once": "seeding",
    "check_file": "loaders",
    "diagnose": "diagnosis",
    "extract_question_terms": "terms",
    "extract_terms": "terms",
    "load_bytes": "loaders",
    "load_path": "loaders",
    "needs_article": "seeding",
    "rebuild_index": "rebuilding",
    "sentences_within": "sentences",
    "split_paragraphs": "sentences",
    "split_sentences": "sentences",
    "verify_collection": "verifying",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
