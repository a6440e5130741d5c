"""Two plain pipelines to compare with; neither refuses, and the best score is their confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

from bot.evaluation.scoring import MAX_SHOWN, Shown
from retrieval import Source, Span, extract_terms, sentences_within, split_sentences
from retrieval.index.bm25 import KeywordIndex
from retrieval.text.chunking import chunk_source
from retrieval.types import Chunk

# What LangChain's guides use.
CHUNK_CHARACTERS = 1000
OVERLAP_CHARACTERS = 200
DENSE_K = 4
WHITE_SPACE = re.compile(r"\s")


class PlainPipeline:
    """The plain LangChain pipeline: dense search of fixed-size chunks, then their sentences by cosine.

    Args:
        documents: What is asked about.
        embeddings: The model, the same as the product's.
    """

    name = "plain LangChain"

    def __init__(self, documents: Sequence[Source], embeddings: Embeddings) -> None:
        self._documents = documents
        self._embeddings = embeddings
        self._stores: dict[int, InMemoryVectorStore] = {}

    def ask(self, question: str, document: int) -> Shown:
        """Quote the sentences of the best chunks whose cosine with the question is highest."""
        text = self._documents[document].text
        chunks = [span for _, span in self._nearest(self._store(document), question, DENSE_K)]
        spans = list(dict.fromkeys(sentence for chunk in chunks for sentence in sentences_within(text, chunk)))
        words = list(dict.fromkeys(text[span.start : span.end] for span in spans))
        vectors = np.asarray(self._embeddings.embed_documents([question, *words]))
        cosines = vectors[1:] @ vectors[0]
        order = np.argsort(-cosines, kind="stable")[:MAX_SHOWN]
        return Shown(True, float(cosines[order[0]]), tuple(words[i] for i in order), len(order))

    def search(self, question: str, k: int) -> list[tuple[int, Span]]:
        """The nearest chunks of all documents."""
        return self._nearest(self._pooled, question, k)

    def _nearest(self, store: InMemoryVectorStore, question: str, k: int) -> list[tuple[int, Span]]:
        found = store.similarity_search_by_vector(self._embeddings.embed_query(question), k=k)
        return [(hit.metadata["document"], Span(hit.metadata["start"], hit.metadata["end"])) for hit in found]

    def _store(self, document: int) -> InMemoryVectorStore:
        if document not in self._stores:
            self._stores[document] = self._filled([document])
        return self._stores[document]

    @cached_property
    def _pooled(self) -> InMemoryVectorStore:
        return self._filled(range(len(self._documents)))

    def _filled(self, documents: Sequence[int]) -> InMemoryVectorStore:
        store = InMemoryVectorStore(self._embeddings)
        store.add_documents(
            [
                Document(
                    id=f"{number}:{span.start}",
                    page_content=self._documents[number].slice(span),
                    metadata={"document": number, "start": span.start, "end": span.end},
                )
                for number in documents
                for span in fixed_chunks(self._documents[number].text)
            ]
        )
        for held in store.store.values():
            held["vector"] = np.asarray(
                held["vector"]
            )  # or each search would convert a list of numbers for every chunk
        return store


class KeywordSentences:
    """BM25 alone: over the sentences of a document for an answer, over passages for a search.

    Args:
        documents: What is asked about.
    """

    name = "BM25 alone"

    def __init__(self, documents: Sequence[Source]) -> None:
        self._documents = documents
        self._indexes: dict[int, KeywordIndex] = {}

    def ask(self, question: str, document: int) -> Shown:
        """Quote the sentences with the highest scores."""
        if document not in self._indexes:
            source = self._documents[document]
            chunks = [Chunk.of(source, span) for span in split_sentences(source.text)]
            self._indexes[document] = _index(chunks, [source])
        rows = _best(self._indexes[document], question, MAX_SHOWN)
        quotes = tuple(self._documents[document].slice(chunk.span) for chunk, _ in rows)
        return Shown(True, rows[0][1], quotes, len(quotes))

    def search(self, question: str, k: int) -> list[tuple[int, Span]]:
        """The passages with the highest scores; they are cut as the product cuts them."""
        return [(self._numbers[chunk.source_id], chunk.span) for chunk, _ in _best(self._pooled, question, k)]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self._documents)}

    @cached_property
    def _pooled(self) -> KeywordIndex:
        return _index([chunk for source in self._documents for chunk in chunk_source(source)], self._documents)


def fixed_chunks(text: str) -> list[Span]:
    """Cut a text into chunks of at most 1000 characters that share about 200, at white space where there is any."""
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = min(start + CHUNK_CHARACTERS, len(text))
        if end < len(text):
            end = _last_white_space(text, start + OVERLAP_CHARACTERS + 1, end)
        if text[start:end].strip():
            spans.append(Span(start, end))
        if end == len(text):
            break
        start = _last_white_space(text, max(start + 1, end - OVERLAP_CHARACTERS - 50), end - OVERLAP_CHARACTERS)
    return spans


def _last_white_space(text: str, first: int, last: int) -> int:
    """The end of the last white space in the stretch, or its end when there is none."""
    return max((match.end() for match in WHITE_SPACE.finditer(text, min(first, last), last)), default=last)


def _index(chunks: Sequence[Chunk], documents: Sequence[Source]) -> KeywordIndex:
    texts = {source.id: source for source in documents}
    return KeywordIndex.build(chunks, [texts[chunk.source_id].slice(chunk.span) for chunk in chunks])


def _best(index: KeywordIndex, question: str, k: int) -> list[tuple[Chunk, float]]:
    scores = np.asarray(index.scores(extract_terms(question)))
    return [(index.chunks[row], float(scores[row])) for row in np.argsort(-scores, kind="stable")[:k]]
