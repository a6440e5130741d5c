"""The bundled embedding model without PyTorch: ONNX Runtime and 8-bit weights, made of the published ones."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import ModelError
from retrieval.onnx_runtime import altered_files, open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "model"
WEIGHTS, TOKENIZER, HASHES = "embedder.onnx", "tokenizer.json", "sha256.json"
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "vectors"
# What an index made with these weights is called; another export is another name, for its vectors differ a little.
RUNTIME = "onnx-int8-1"
# The published model reads no further.
MAX_TOKENS = 256
DIMENSION = 384
REINSTALL = "run `pip install --force-reinstall --no-deps pullquote`"


class OnnxEmbedder:
    """The bundled model over ONNX Runtime; vectors have unit length.

    ``OnnxEmbeddings`` is the same for LangChain. The files come with the package and are hash-checked before they are
    loaded, on first use. The object may be shared between threads. Texts are read one by one: in batches they would be
    padded, which costs more than batches save on a processor, and 8-bit arithmetic would make a text's vector depend on
    its neighbours'.

    Args:
        folder: Where the files lie; those that come with the package when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or FOLDER
        self._loading = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts; one vector of ``DIMENSION`` floats each.

        Raises:
            ModelError: If the files are missing or altered.
        """
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Embed one text; see ``embed_documents``."""
        with self._loading:
            tokenizer, session = self._loaded
        # A lone surrogate, which no tokenizer takes, becomes a question mark.
        ids = tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")).ids
        tokens = np.asarray([ids], dtype=np.int64)
        (vectors,) = session.run([OUTPUT], dict(zip(INPUTS, (tokens, np.ones_like(tokens)), strict=True)))
        vector: list[float] = vectors[0].tolist()
        return vector

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return DIMENSION

    @cached_property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession]:
        check_onnx_files(self._folder)
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        return tokenizer, open_session(self._folder / WEIGHTS)


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
