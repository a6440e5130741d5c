"""The bundled embedding model without PyTorch: ONNX Runtime and 8-bit weights, made of the published ones."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import ModelError
from retrieval.files import altered_files
from retrieval.fork_safety import ForkedLock
from retrieval.models.onnx_runtime import open_session, open_tokenizer, run_each, sessions_renewed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "bundled"
WEIGHTS, TOKENIZER, HASHES = "embedder.onnx", "tokenizer.json", "sha256.json"
INPUT, OUTPUT = "input_ids", "vectors"
# What an index made with these weights is called; another export is another name, for its vectors differ a little.
RUNTIME = "onnx-int8-2"
# The published model reads no further.
MAX_TOKENS = 256
DIMENSION = 384
REINSTALL = "run `pip install --force-reinstall --no-deps pullquote`"


class OnnxEmbedder:
    """The bundled model over ONNX Runtime; vectors have unit length.

    ``OnnxEmbeddings`` is the same for LangChain. The files come with the package and are hash-checked before they are
    loaded, on first use. The object may be shared between threads. Each text is read on its own: in batches texts would
    be padded, which costs more than batches save on a processor, and 8-bit arithmetic would make a text's vector depend
    on its neighbours'.

    Args:
        folder: Where the files lie; those that come with the package when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or FOLDER
        self._loading = ForkedLock()
        sessions_renewed(self, "_session")

    def __reduce__(self) -> tuple[type[OnnxEmbedder], tuple[Path | None]]:
        """How it is pickled and copied: the networks are loaded anew, on first use."""
        return type(self), (None if self._folder == FOLDER else self._folder,)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts; one vector of ``DIMENSION`` floats each.

        Raises:
            ModelError: If the files are missing or altered.
        """
        self.load()
        return run_each(self.embed_query, texts)

    def embed_query(self, text: str) -> list[float]:
        """Embed one text; see ``embed_documents``."""
        self.load()
        # A lone surrogate, which no tokenizer takes, becomes a question mark.
        ids = self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")).ids
        if len(ids) > MAX_TOKENS:
            ids = [*ids[: MAX_TOKENS - 1], ids[-1]]  # the mark of the end stays
        (vectors,) = self._session.run([OUTPUT], {INPUT: np.asarray([ids], dtype=np.int64)})
        vector: list[float] = vectors[0].tolist()
        return vector

    def load(self) -> None:
        """Load the network now, if it is not loaded yet. Raises as ``embed_documents`` does."""
        with self._loading:
            _ = self._session

    @property
    def sha256(self) -> str:
        """The recorded hash of its weights, which they are compared with before they are loaded.

        Raises:
            ModelError: If the record is missing or unreadable.
        """
        try:
            return str(json.loads((self._folder / HASHES).read_bytes())[WEIGHTS])
        except (OSError, ValueError, KeyError, TypeError):
            raise ModelError(f"The embedding model's files are missing or unreadable; {REINSTALL}.") from None

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return DIMENSION

    @cached_property
    def _session(self) -> InferenceSession:
        """Each processor reads a text of its own; a question is so short that several would gain nothing."""
        _ = self._tokenizer  # which proves the files
        return open_session(self._folder / WEIGHTS)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        check_onnx_files(self._folder)
        return open_tokenizer(self._folder / TOKENIZER)


def check_onnx_files(folder: Path | None = None) -> None:
    """Compare the model's files with their recorded hashes; reads about 23 MB.

    Args:
        folder: Where the files lie; those that come with the package when not given.

    Raises:
        ModelError: If a file is missing, unreadable or different.
    """
    folder = folder or FOLDER
    try:
        different = altered_files(folder, HASHES, (WEIGHTS, TOKENIZER))
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(f"The embedding model's files are missing or unreadable; {REINSTALL}.") from None
    if different:
        raise ModelError(f"The embedding model's file {different[0]} was altered (its SHA-256 differs); {REINSTALL}.")
