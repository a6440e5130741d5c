"""Which embedding model runs, and how; LangChain and PyTorch are loaded only for those that need them."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from retrieval.models.onnx_embedder import RUNTIME, OnnxEmbedder
from retrieval.models.published_weights import BUNDLED_MODEL
from retrieval.types import ENGLISH


class Embedder(Protocol):
    """What makes vectors; every LangChain ``Embeddings`` does."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts; one vector each."""

    def embed_query(self, text: str) -> list[float]:
        """Embed one text."""


def open_embedder(model: str) -> Embedder:
    """The embedding model of that name, loaded on first use: the bundled one without PyTorch, any other with it."""
    if model == BUNDLED_MODEL:
        return bundled_embedder()
    from retrieval.models.langchain import SentenceTransformerEmbeddings

    return SentenceTransformerEmbeddings(model)


@cache
def bundled_embedder() -> OnnxEmbedder:
    """The embedding model that comes with the install; one for the whole process, so that it is loaded once."""
    return OnnxEmbedder()


def runtime_of(model: str) -> str:
    """What runs that model; vectors of one runtime are not looked for among those of another."""
    return RUNTIME if model == BUNDLED_MODEL else ""


def languages_of(model: str) -> frozenset[str]:
    """The languages that a model knows: English for the bundled one, what its card states for any other."""
    if model == BUNDLED_MODEL:
        return frozenset({ENGLISH})
    from retrieval.models.model_card import stated_languages

    return stated_languages(model)
