"""Answers with proven quotes: the names that are promised, in one place.

They live in two packages: ``bot`` turns questions into answers, ``retrieval`` turns documents into passages. Names are
loaded when they are first used, so that importing the package costs next to nothing.

Raises:
    ImportError: If another module of your own is called ``bot`` or ``retrieval`` and hides ours.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval")


def _check_not_hidden(name: str) -> None:
    """Refuse to go on where ``import bot`` would run another file than ours, before that file runs."""
    spec = find_spec(name)
    found = Path(spec.origin) if spec is not None and spec.origin else None
    if found is None or found.parent != HERE / name:
        raise ImportError(
            f"{found or 'Another folder'} hides Pullquote's own package “{name}”; rename it, or run Python elsewhere."
        )


for _name in PACKAGES:
    _check_not_hidden(_name)

import bot  # noqa: E402 (what hides it would run)
import retrieval  # noqa: E402
from retrieval.version import VERSION  # noqa: E402

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

__version__ = VERSION
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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(bot if name in bot.__all__ else retrieval, name)


def __dir__() -> list[str]:
    return __all__
