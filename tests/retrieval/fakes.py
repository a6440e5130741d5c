"""Stand-ins with behaviour of their own."""

from __future__ import annotations

from collections import Counter

from langchain_core.embeddings import Embeddings

from retrieval.models.embedder import Embedder


class CountingEmbeddings(Embeddings):
    """Passes everything on to a real model and counts what it embedded."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.documents: Counter[str] = Counter()
        self.queries: Counter[str] = Counter()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.documents.update(texts)
        return self._real.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        self.queries[text] += 1
        return self._real.embed_query(text)


class FailingEmbeddings(CountingEmbeddings):
    """Fails on the first text that holds a given word."""

    def __init__(self, real: Embedder, word: str) -> None:
        super().__init__(real)
        self.word = word

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if any(self.word in text for text in texts):
            raise RuntimeError(f"a text holds {self.word}")
        return super().embed_documents(texts)


class ShorterEmbeddings(Embeddings):
    """A model that has kept its name and lost half of its numbers."""

    def __init__(self, real: Embedder) -> None:
        self._real = real

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [vector[: len(vector) // 2] for vector in self._real.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class RememberingEmbeddings(CountingEmbeddings):
    """Embeds each text once and gives the same vector when it sees the text again."""

    def __init__(self, real: Embedder) -> None:
        super().__init__(real)
        self._known: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, super().embed_documents(new), strict=True))
        return [self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]
