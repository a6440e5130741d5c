"""Documents -> passages: a library that knows where every word stands.

Names are loaded when they are first used, so that importing the package costs next to nothing. Only what ``__all__``
lists is promised.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

# ONNX Runtime, from 1.29 on, reports to its makers and keeps an identifier on disk, unless it finds this when it is
# loaded; its own function for that comes too late. Whoever imports a module of ours comes by here first, and what we
# start inherits it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from retrieval.errors import (
        ArchiveError,
        CollectionError,
        DamagedLibraryError,
        IndexMismatchError,
        LibraryBusyError,
        ModelError,
        PullquoteError,
        QuestionError,
        QuestionProblem,
        RetrievalError,
        SettingsError,
        SourceError,
        SourceProblem,
        StorageError,
        UnknownSourceError,
    )
    from retrieval.index.spelling import Correction
    from retrieval.ingest.batches import IntakeReport, Taken, Waiting, take_in
    from retrieval.ingest.discovery import Found, find_documents, find_matching
    from retrieval.ingest.indexed_sources import IndexReport
    from retrieval.ingest.indexer import Indexer
    from retrieval.ingest.inspection import Inspection, inspect_document
    from retrieval.ingest.sample_article import SAMPLE_ARTICLE_ID, add_article_once
    from retrieval.ingest.web_refresh import RefreshReport, refresh_sources
    from retrieval.ingest.web_site import SiteReport, index_site
    from retrieval.library import Library
    from retrieval.loaders.formats import check_file
    from retrieval.loaders.source_loader import Original, load_bytes, load_path, read_path
    from retrieval.loaders.zipped_documents import Zipped, ZippedDocument, find_zipped, is_zip
    from retrieval.maintenance.archive.exporter import export_library
    from retrieval.maintenance.archive.importer import import_library
    from retrieval.maintenance.compact import CompactReport, compact_library
    from retrieval.maintenance.doctor import Finding, diagnose
    from retrieval.maintenance.rebuild import RebuildReport, rebuild_index
    from retrieval.maintenance.repair import RepairReport, repair_collection
    from retrieval.maintenance.verify import SourceCheck, Verification, verify_collection
    from retrieval.models.embedder import Embedder, open_embedder
    from retrieval.models.langchain import OnnxEmbeddings, SentenceTransformerEmbeddings
    from retrieval.retriever import HybridRetriever
    from retrieval.search import HybridSearch
    from retrieval.settings import LibrarySettings
    from retrieval.source_filter import ALL_SOURCES, SourceFilter
    from retrieval.storage.source_record import SourceRecord
    from retrieval.text.chunking import CutEnds, cut_ends
    from retrieval.text.code_blocks import CodeBlock, code_within
    from retrieval.text.question_rules import check_question
    from retrieval.text.sentences import (
        quotable_within,
        rows_within,
        sentences_within,
        split_paragraphs,
        split_sentences,
    )
    from retrieval.text.terms import extract_terms
    from retrieval.types import DEFAULT_COLLECTION, ENGLISH, Label, LabelKind, Passage, Place, Source, Span, Validators
    from retrieval.web.fetched import Fetched
    from retrieval.web.fetcher import WebFetcher, fetch_url
    from retrieval.web.robots import PAUSE_SECONDS
    from retrieval.web.site.crawl import SiteCrawl
    from retrieval.web.site.crawl_report import CrawlEnd, CrawlReport, KnownPage, SiteLimits, SitePage
    from retrieval.web.site.scope import SkipReason

__all__ = [
    "ALL_SOURCES",
    "DEFAULT_COLLECTION",
    "ENGLISH",
    "PAUSE_SECONDS",
    "SAMPLE_ARTICLE_ID",
    "ArchiveError",
    "CodeBlock",
    "CollectionError",
    "CompactReport",
    "Correction",
    "CrawlEnd",
    "CrawlReport",
    "CutEnds",
    "DamagedLibraryError",
    "Embedder",
    "Fetched",
    "Finding",
    "Found",
    "HybridRetriever",
    "HybridSearch",
    "IndexMismatchError",
    "IndexReport",
    "Indexer",
    "Inspection",
    "IntakeReport",
    "KnownPage",
    "Label",
    "LabelKind",
    "Library",
    "LibraryBusyError",
    "LibrarySettings",
    "ModelError",
    "OnnxEmbeddings",
    "Original",
    "Passage",
    "Place",
    "PullquoteError",
    "QuestionError",
    "QuestionProblem",
    "RebuildReport",
    "RefreshReport",
    "RepairReport",
    "RetrievalError",
    "SentenceTransformerEmbeddings",
    "SettingsError",
    "SiteCrawl",
    "SiteLimits",
    "SitePage",
    "SiteReport",
    "SkipReason",
    "Source",
    "SourceCheck",
    "SourceError",
    "SourceFilter",
    "SourceProblem",
    "SourceRecord",
    "Span",
    "StorageError",
    "Taken",
    "UnknownSourceError",
    "Validators",
    "Verification",
    "Waiting",
    "WebFetcher",
    "Zipped",
    "ZippedDocument",
    "add_article_once",
    "check_file",
    "check_question",
    "code_within",
    "compact_library",
    "cut_ends",
    "diagnose",
    "export_library",
    "extract_terms",
    "fetch_url",
    "find_documents",
    "find_matching",
    "find_zipped",
    "import_library",
    "index_site",
    "inspect_document",
    "is_zip",
    "load_bytes",
    "load_path",
    "open_embedder",
    "quotable_within",
    "read_path",
    "rebuild_index",
    "refresh_sources",
    "repair_collection",
    "rows_within",
    "sentences_within",
    "split_paragraphs",
    "split_sentences",
    "take_in",
    "verify_collection",
]

_HOMES = {
    "ALL_SOURCES": "source_filter",
    "DEFAULT_COLLECTION": "types",
    "ENGLISH": "types",
    "PAUSE_SECONDS": "web.robots",
    "SAMPLE_ARTICLE_ID": "ingest.sample_article",
    "ArchiveError": "errors",
    "CodeBlock": "text.code_blocks",
    "CollectionError": "errors",
    "CompactReport": "maintenance.compact",
    "Correction": "index.spelling",
    "CrawlEnd": "web.site.crawl_report",
    "CrawlReport": "web.site.crawl_report",
    "CutEnds": "text.chunking",
    "DamagedLibraryError": "errors",
    "Embedder": "models.embedder",
    "Fetched": "web.fetched",
    "Finding": "maintenance.doctor",
    "Found": "ingest.discovery",
    "HybridRetriever": "retriever",
    "HybridSearch": "search",
    "IndexMismatchError": "errors",
    "IndexReport": "ingest.indexed_sources",
    "Indexer": "ingest.indexer",
    "Inspection": "ingest.inspection",
    "IntakeReport": "ingest.batches",
    "KnownPage": "web.site.crawl_report",
    "Label": "types",
    "LabelKind": "types",
    "Library": "library",
    "LibraryBusyError": "errors",
    "LibrarySettings": "settings",
    "ModelError": "errors",
    "OnnxEmbeddings": "models.langchain",
    "Original": "loaders.source_loader",
    "Passage": "types",
    "Place": "types",
    "PullquoteError": "errors",
    "QuestionError": "errors",
    "QuestionProblem": "errors",
    "RebuildReport": "maintenance.rebuild",
    "RefreshReport": "ingest.web_refresh",
    "RepairReport": "maintenance.repair",
    "RetrievalError": "errors",
    "SentenceTransformerEmbeddings": "models.langchain",
    "SettingsError": "errors",
    "SiteCrawl": "web.site.crawl",
    "SiteLimits": "web.site.crawl_report",
    "SitePage": "web.site.crawl_report",
    "SiteReport": "ingest.web_site",
    "SkipReason": "web.site.scope",
    "Source": "types",
    "SourceCheck": "maintenance.verify",
    "SourceError": "errors",
    "SourceFilter": "source_filter",
    "SourceProblem": "errors",
    "SourceRecord": "storage.source_record",
    "Span": "types",
    "StorageError": "errors",
    "Taken": "ingest.batches",
    "UnknownSourceError": "errors",
    "Validators": "types",
    "Verification": "maintenance.verify",
    "Waiting": "ingest.batches",
    "WebFetcher": "web.fetcher",
    "Zipped": "loaders.zipped_documents",
    "ZippedDocument": "loaders.zipped_documents",
    "add_article_once": "ingest.sample_article",
    "check_file": "loaders.formats",
    "check_question": "text.question_rules",
    "code_within": "text.code_blocks",
    "compact_library": "maintenance.compact",
    "cut_ends": "text.chunking",
    "diagnose": "maintenance.doctor",
    "export_library": "maintenance.archive.exporter",
    "extract_terms": "text.terms",
    "fetch_url": "web.fetcher",
    "find_documents": "ingest.discovery",
    "find_matching": "ingest.discovery",
    "find_zipped": "loaders.zipped_documents",
    "import_library": "maintenance.archive.importer",
    "index_site": "ingest.web_site",
    "inspect_document": "ingest.inspection",
    "is_zip": "loaders.zipped_documents",
    "load_bytes": "loaders.source_loader",
    "load_path": "loaders.source_loader",
    "open_embedder": "models.embedder",
    "quotable_within": "text.sentences",
    "read_path": "loaders.source_loader",
    "rebuild_index": "maintenance.rebuild",
    "refresh_sources": "ingest.web_refresh",
    "repair_collection": "maintenance.repair",
    "rows_within": "text.sentences",
    "sentences_within": "text.sentences",
    "split_paragraphs": "text.sentences",
    "split_sentences": "text.sentences",
    "take_in": "ingest.batches",
    "verify_collection": "maintenance.verify",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
