"""The search as a LangChain retriever."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any, Self

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables.config import run_in_executor
from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, field_validator, model_validator

from retrieval.collection_names import check_collections
from retrieval.errors import SettingsError
from retrieval.index.spelling import Correction
from retrieval.ingest.sample_article import add_article_once
from retrieval.library import Library
from retrieval.search import HybridSearch
from retrieval.settings import LibrarySettings, first_problem
from retrieval.source_filter import ALL_SOURCES, SourceFilter
from retrieval.types import DEFAULT_COLLECTION, Passage


class HybridRetriever(BaseRetriever):
    """Finds passages by meaning and by words, in one or more collections ranked together.

    ``invoke`` gives LangChain documents whose metadata hold ``start`` and ``end``, half-open ``str`` offsets into the
    source's text; ``passages`` gives our own type. ``k`` may be given to either. Raises what ``passages`` raises. A
    pickle or a deep copy opens the library anew.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True, extra="forbid")

    library: Library
    collections: tuple[str, ...] = (DEFAULT_COLLECTION,)
    k: int = Field(default=5, ge=1)

    @model_validator(mode="wrap")
    @classmethod
    def _fitting(cls, given: Any, make: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return make(given)
        except ValidationError as error:
            name, reason = first_problem(error)
            raise SettingsError(f"The retriever's {name} does not fit ({reason}); give another value.") from None

    @field_validator("collections", mode="before")
    @classmethod
    def _names(cls, collections: Any) -> Any:
        if isinstance(collections, Collection):
            check_collections(collections)
        return collections

    @classmethod
    def from_settings(
        cls,
        settings: LibrarySettings | None = None,
        *,
        collections: tuple[str, ...] = (DEFAULT_COLLECTION,),
        k: int | None = None,
        tags: list[str] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> HybridRetriever:
        """A retriever over the library that the environment and ``.env`` name, or ``settings`` if given.

        The first one of all adds the article that ships with the package, where ``default`` is among ``collections``.

        Args:
            settings: The settings of the library.
            collections: Where to look.
            k: How many passages; as many as the settings say when not given.
            tags: LangChain's tags of its runs.
            metadata: LangChain's metadata of its runs.

        Raises:
            SettingsError: If a setting or an argument does not fit.
            CollectionError: If no collection is named.
            RetrievalError: If the article is to be added, and the library or the model cannot be used.
        """
        settings = LibrarySettings.given(settings)
        made = cls(
            library=Library(settings),
            collections=collections,
            k=settings.passages if k is None else k,
            tags=tags,
            metadata=metadata,
        )
        if DEFAULT_COLLECTION in made.collections:
            add_article_once(made.library)
        return made

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
        return [to_document(passage) for passage in self.passages(query, k=k)]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        look = partial(self._get_relevant_documents, query, run_manager=run_manager.get_sync(), k=k)
        return await run_in_executor(None, look)


def to_document(passage: Passage) -> Document:
    """A passage as LangChain has it; ``page``, ``page_label`` and ``heading`` are None where the format has none."""
    source = passage.source
    place = source.place(passage.span.start)
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
            "page": place.page,
            "page_label": place.page_label,
            "heading": place.heading,
            "collection": passage.collection,
            "score": passage.score,
        },
    )
