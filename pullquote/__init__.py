"""Answers with proven quotes: the names that are promised, in one place.

They live in two packages: ``bot`` turns questions into answers, ``retrieval`` turns documents into passages. Names are
loaded when they are first used, so that importing the package costs next to nothing.

Raises:
    ImportError: At the first name that is used, if another module is called ``bot`` or ``retrieval`` and hides ours.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot import (
        NOT_FOUND_TEXT,
        Answer,
        AnswerChain,
        AnswerError,
        Certainty,
        Citation,
        Question,
        QuestionError,
        Quote,
        Settings,
        Statement,
        Status,
        Turn,
        is_verified,
        verify_answer,
    )
    from retrieval import (
        DEFAULT_COLLECTION,
        HybridRetriever,
        HybridSearch,
        Indexer,
        IndexReport,
        Label,
        LabelKind,
        Library,
        LibrarySettings,
        OnnxEmbeddings,
        Passage,
        Place,
        PullquoteError,
        SentenceTransformerEmbeddings,
        Source,
        SourceError,
        SourceFilter,
        SourceRecord,
        Span,
        fetch_url,
        find_documents,
        load_bytes,
        load_path,
    )
    from retrieval.version import VERSION as __version__  # noqa: N811 (Python's own name for it)

__all__ = [
    "DEFAULT_COLLECTION",
    "NOT_FOUND_TEXT",
    "Answer",
    "AnswerChain",
    "AnswerError",
    "Certainty",
    "Citation",
    "HybridRetriever",
    "HybridSearch",
    "IndexReport",
    "Indexer",
    "Label",
    "LabelKind",
    "Library",
    "LibrarySettings",
    "OnnxEmbeddings",
    "Passage",
    "Place",
    "PullquoteError",
    "Question",
    "QuestionError",
    "Quote",
    "SentenceTransformerEmbeddings",
    "Settings",
    "Source",
    "SourceError",
    "SourceFilter",
    "SourceRecord",
    "Span",
    "Statement",
    "Status",
    "Turn",
    "__version__",
    "fetch_url",
    "find_documents",
    "is_verified",
    "load_bytes",
    "load_path",
    "verify_answer",
]


DOORS = ("bot", "retrieval")


def check_doors() -> None:
    """See to it that ``bot`` and ``retrieval`` are ours, before what hides them is run.

    Raises:
        ImportError: If they are not. Python looks first into the folder of the script that it runs; with ``-m``, into
            the one where it is started.
    """
    for name in DOORS:
        try:
            spec = find_spec(name)
        except ValueError:  # what stands in for it in this process came from nowhere
            spec = None
        origin = spec.origin if spec else None
        if origin is None or Path(origin).parent != Path(__file__).parent.with_name(name):
            raise ImportError(
                f"{origin or 'Something else'} hides Pullquote's own package “{name}”; "
                "rename it, or move it to another folder.",
                name=name,
                path=origin,
            )


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    check_doors()
    if name == "__version__":
        return import_module("retrieval.version").VERSION
    bot, retrieval = map(import_module, DOORS)
    return getattr(bot if name in bot.__all__ else retrieval, name)


def __dir__() -> list[str]:
    return __all__
