"""The search as LangChain's traces show it: each look for passages is a retriever's run below the chain's."""

from __future__ import annotations

from langchain_core.runnables.config import ensure_config, get_callback_manager_for_config

from bot.pipeline import Search
from retrieval import ALL_SOURCES, Correction, Library, Passage, SourceFilter
from retrieval.retriever import to_document


class TracedSearch:
    """Finds what ``search`` finds, and tells whoever traces the run that it is called in.

    That run is known by a context variable, as everywhere in LangChain; where nobody traces, nothing is told.

    Args:
        search: What finds the passages.
    """

    def __init__(self, search: Search) -> None:
        self.search = search

    @property
    def library(self) -> Library:
        """Where it looks."""
        return self.search.library

    def correct(self, question: str, *, collections: tuple[str, ...] | None = None) -> Correction:
        """The question without typos, as the search corrects them."""
        return self.search.correct(question, collections=collections)

    def passages(
        self,
        question: str | Correction,
        *,
        k: int | None = None,
        collections: tuple[str, ...] | None = None,
        sources: SourceFilter = ALL_SOURCES,
    ) -> list[Passage]:
        """The best passages, best first; raises what the search raises."""
        manager = get_callback_manager_for_config(ensure_config())
        if not manager.handlers:
            return self.search.passages(question, k=k, collections=collections, sources=sources)
        wording = question.text if isinstance(question, Correction) else question
        run = manager.on_retriever_start(None, wording, name=type(self.search).__name__)
        try:
            found = self.search.passages(question, k=k, collections=collections, sources=sources)
        except BaseException as error:
            run.on_retriever_error(error)
            raise
        run.on_retriever_end([to_document(passage) for passage in found])
        return found
