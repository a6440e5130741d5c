"""Question -> passages: dense and keyword candidates, fused; a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from retrieval.errors import DamagedLibraryError
from retrieval.fusion import fuse
from retrieval.library import DEFAULT_COLLECTION, Library
from retrieval.manifest import Manifest
from retrieval.seeding import add_article_once
from retrieval.settings import LibrarySettings
from retrieval.terms import extract_terms
from retrieval.types import Chunk, Passage

# How many candidates each side proposes from each collection before fusion.
POOL = 50


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
        self, question: str, *, k: int | None = None, collections: tuple[str, ...] | None = None
    ) -> list[Passage]:
        """The best ``k`` passages, best first; fewer when the collections hold fewer.

        Raises:
            CollectionError: If a collection is unknown or empty.
            IndexMismatchError: If the index was made another way.
            ModelError: If the embedding model is missing or altered.
            DamagedLibraryError: If the library on disk cannot be trusted.
            StorageError: If the data folder cannot be used.
            ValueError: If ``k`` is less than 1.
        """
        k = self.k if k is None else k
        if k < 1:
            raise ValueError("k must be at least 1")
        names = tuple(dict.fromkeys(collections or self.collections))
        if DEFAULT_COLLECTION in names:
            add_article_once(self.library)
        manifest = self.library.open_collections(names)
        vector = self.library.embeddings.embed_query(question)
        self.library.check_dimension(manifest, vector)
        terms = extract_terms(question)
        found: list[tuple[str, Chunk, float, float]] = []
        for name in names:
            found += self._candidates(manifest, name, vector, terms)
        scores = fuse([dense for _, _, dense, _ in found], [keyword for _, _, _, keyword in found])
        ranked = sorted(zip(scores, found, strict=True), key=lambda pair: (-pair[0], pair[1][1].id))
        best: dict[str, Passage] = {}  # one document may stand in two collections; a passage is shown once
        for score, (name, chunk, dense, keyword) in ranked:
            source = self.library.source(manifest.collections[name].sources[chunk.source_id])
            best.setdefault(chunk.id, Passage(source, chunk.span, score, dense, keyword, name))
            if len(best) == k:
                break
        return list(best.values())

    def _candidates(
        self, manifest: Manifest, name: str, vector: list[float], terms: list[str]
    ) -> list[tuple[str, Chunk, float, float]]:
        """(collection, chunk, cosine, BM25 score) of every chunk that either side proposes."""
        index = self.library.keyword(manifest, name)
        store = self.library.store(manifest)
        held = store.count(name)
        if held < len(index.chunks):
            raise DamagedLibraryError("The index is incomplete; run `pullquote reindex` to rebuild it.")
        # An interrupted run can leave chunks in Chroma that the manifest never named; they are looked past here and
        # deleted by the next run that writes.
        unnamed = held - len(index.chunks)
        nearest = store.nearest(name, vector, min(POOL + unnamed, held))
        dense = {chunk_id: cosine for chunk_id, cosine in nearest.items() if chunk_id in index.rows}
        keyword = index.scores(terms)
        matching = [row for row, score in enumerate(keyword) if score > 0]
        proposed = [index.chunks[row].id for row in sorted(matching, key=lambda row: -keyword[row])[:POOL]]
        dense |= store.cosines(name, [chunk_id for chunk_id in proposed if chunk_id not in dense], vector)
        rows = [(index.rows[chunk_id], cosine) for chunk_id, cosine in dense.items()]
        return [(name, index.chunks[row], cosine, keyword[row]) for row, cosine in rows]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return [_document(passage) for passage in self.passages(query, k=k)]


def _document(passage: Passage) -> Document:
    source = passage.source
    return Document(
        id=Chunk(source.id, source.sha256, passage.span).id,
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
