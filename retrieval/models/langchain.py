"""Embedding models for LangChain: any that sentence-transformers runs, and the bundled one without it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from retrieval.errors import ModelError
from retrieval.extras import has_extra, needs_extra
from retrieval.fork_safety import ForkedLock, renewed_in_fork
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.published_weights import BUNDLED_MODEL, check_model_files, published_model_folder
from retrieval.models.pytorch import NO_HOME, go_on_alone, set_up_pytorch, sha256_of_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 32
# Whoever embeds much gives way to others after this many characters (some 0.2 s of work on two cores): somebody may be
# waiting for an answer while a document is indexed.
CHARACTERS_A_TURN = 8_000
GIVE_WAY_SECONDS = 0.002


class SentenceTransformerEmbeddings(Embeddings):
    """A LangChain ``Embeddings`` over sentence-transformers; vectors have unit length.

    It needs the extra ``models``. A local folder or a hub id is loaded as sentence-transformers does. The published
    weights of the default model come with the extra ``train`` and are hash-checked before they are loaded;
    ``OnnxEmbeddings`` runs the same model faster, and without any extra. The model is loaded on first use; the object
    may be shared between threads.

    Args:
        model: ``sentence-transformers/all-MiniLM-L6-v2`` for the published one, a local path, or a hub id.
    """

    def __init__(self, model: str = BUNDLED_MODEL) -> None:
        self.model = model
        self._lock = ForkedLock()
        renewed_in_fork(self, SentenceTransformerEmbeddings._go_on_alone)

    def __reduce__(self) -> tuple[type[SentenceTransformerEmbeddings], tuple[str]]:
        """How it is pickled and copied: the model is loaded anew, on first use."""
        return type(self), (self.model,)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts; one vector of ``dimension`` floats each.

        Raises:
            ModelError: If the model or the extra is missing, or the model is altered or cannot be loaded.
        """
        if not texts:
            return []
        # A lone surrogate, which no tokenizer takes, becomes a question mark.
        texts = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        rows: list[list[float]] = []
        for turn in _turns(texts):
            if rows:
                time.sleep(GIVE_WAY_SECONDS)  # a lock that is taken again at once is taken before any who wait for it
            # One at a time: a fast tokenizer that is used from two threads raises "Already borrowed" (tokenizers #537).
            with self._lock:
                vectors = self._loaded.encode(
                    turn, batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
                )
            rows += vectors.tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Embed one text; see ``embed_documents``."""
        return self.embed_documents([text])[0]

    @property
    def dimension(self) -> int:
        """The length of a vector.

        Raises:
            ModelError: If the model is missing, altered or cannot be loaded.
        """
        with self._lock:
            return self._loaded.get_embedding_dimension() or 0

    @property
    def sha256(self) -> str:
        """The hash of its weights; see ``dimension``."""
        with self._lock:
            return sha256_of_weights(self._loaded)

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        if self.model == BUNDLED_MODEL:
            folder = published_model_folder()
            check_model_files(folder)
            return _load(str(folder), self.model, local=True)
        return _load(self.model, self.model, local=Path(self.model).is_dir())

    def _go_on_alone(self) -> None:
        if "_loaded" in self.__dict__:
            go_on_alone()


class OnnxEmbeddings(OnnxEmbedder, Embeddings):
    """The bundled model over ONNX Runtime, as a LangChain ``Embeddings``."""


def _turns(texts: list[str]) -> Iterator[list[str]]:
    """The texts in parts of about ``CHARACTERS_A_TURN``."""
    turn: list[str] = []
    size = 0
    for text in texts:
        if turn and size + len(text) > CHARACTERS_A_TURN:
            yield turn
            turn, size = [], 0
        turn.append(text)
        size += len(text)
    yield turn


def _load(path: str, name: str, *, local: bool) -> SentenceTransformer:
    if not has_extra("models"):
        raise ModelError(f"The embedding model “{name}” {needs_extra('models')}")
    set_up_pytorch()
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(path, local_files_only=local)
    # What a foreign model folder or the hub raises is open-ended; each means the same to a person.
    except Exception as error:
        if not local and str(error).startswith(NO_HOME):
            raise ModelError(
                f"The embedding model “{name}” cannot be loaded, because there is no home folder to keep it in; "
                "set HF_HOME to a folder."
            ) from error
        raise ModelError(
            f"The embedding model “{name}” cannot be loaded ({type(error).__name__}); "
            "check PULLQUOTE_EMBEDDING_MODEL, or unset it to use the model that comes with the install."
        ) from error
