"""The search as a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from retrieval.index.spelling import Correction
from retrieval.library import DEFAULT_COLLECTION, Library
from retrieval.search import HybridSearch
from retrieval.settings import LibrarySettings
from retrieval.source_filter import ALL_SOURCES, SourceFilter
from retrieval.types import Passage


class HybridRetriever(BaseRetriever):
    """Finds passages by meaning and by words, in one or more collections ranked together.

    ``invoke`` gives LangChain documents whose metadata hold ``start`` and ``end``, half-open ``str`` offsets into the
    source's text; ``passages`` gives our own type. ``k`` may be given to either. Raises what ``passages`` raises.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    library: Library
    collections: tuple[str, ...] = (DEFAULT_COLLECTION,)
    k: int = Field(default=5, ge=1)

    @classmethod
    def from_settings(cls, settings: LibrarySettings | None = None, **fields: Any) -> HybridRetriever:
        """A retriever over the library that the environment and ``.env`` name, or ``settings`` if given."""
        settings = settings or LibrarySettings.load()
        return cls(library=Library(settings), **{"k": settings.passages, **fields})

    def passages(
        self,
        question: str | Correction,
        *,
        k: int | None = None,
        collections: tuple[str, ...] | None = None,
        sources: SourceFilter = ALL_SOURCES,
    ) -> list[Passage]:
        """The best ``k`` passages, as ``HybridSearch`` finds them."""
        return self._search.passages(question, k=k, collections=collections, sources=sources)

    def correct(self, question: str, *, collections: tuple[str, ...] | None = None) -> Correction:
        """The question without typos, as ``HybridSearch`` corrects them."""
        return self._search.correct(question, collections=collections)

    @property
    def _search(self) -> HybridSearch:
        return HybridSearch(self.library, self.collections, self.k)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return [_document(passage) for passage in self.passages(query, k=k)]


def _document(passage: Passage) -> Document:
    source = passage.source
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "source": source.uri,
            "source_id": source.id,
            "title": source.title,
            "sha256": source.sha256,
            "start": passage.span.start,
            "end": passage.span.end,
            "line": source.line(passage.span.start),
            "collection": passage.collection,
            "score": passage.score,
        },
    )
