"""How likely a statement follows from a text: a network of its own says so, run by ONNX Runtime without PyTorch."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.errors import CheckerError
from bot.extractive.reader.weights import TOKENIZER, check_files
from retrieval.fork_safety import ForkedLock
from retrieval.models.cpu_count import count_processors
from retrieval.models.onnx_runtime import open_session, open_tokenizer, sessions_renewed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# Where the weights lie that come with the install.
FOLDER = Path(__file__).parent / "model"
WEIGHTS = "entailment.onnx"
# Word pieces of a statement and what it is compared with; the end of a longer text is not read.
MAX_TOKENS = 320
# The place of "it follows" among the three scores.
FOLLOWS = 0
# From which likelihood on a statement passes; chosen as docs/chat-models.md says.
THRESHOLD = 0.3


class EntailmentModel:
    """Judges statements; loaded on first use, and shared between threads.

    Source of the method: Bowman et al. 2015, "A large annotated corpus for learning natural language inference".

    Args:
        folder: Where the weights lie; those that come with the install by default.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._lock = ForkedLock()
        sessions_renewed(self, "_loaded")

    @property
    def threshold(self) -> float:
        """From which likelihood on a statement passes; in [0, 1]."""
        return THRESHOLD

    def probability(self, premise: str, hypothesis: str) -> float:
        """How likely it is that ``hypothesis`` follows from ``premise``, in [0, 1].

        Args:
            premise: What is known to be said.
            hypothesis: The statement.

        Raises:
            CheckerError: If the weights are missing or altered.
        """
        with self._lock:
            tokenizer, session = self._loaded
        # A lone surrogate, which no tokenizer takes, becomes a question mark.
        statement, text = (part.encode("utf-8", "replace").decode("utf-8") for part in (hypothesis, premise))
        encoding = tokenizer.encode(statement, text)
        encoding.truncate(MAX_TOKENS)
        ids, types = np.asarray([encoding.ids], np.int64), np.asarray([encoding.type_ids], np.int64)
        (scores,) = session.run(None, {"input_ids": ids, "token_type_ids": types})[0]
        likely = np.exp(scores - scores.max())
        return float(likely[FOLLOWS] / likely.sum())

    def check(self) -> str:
        """Compare its files with their recorded hashes. Raises as ``probability`` does."""
        self._check_files()
        return "the one that comes with the install, every file as shipped"

    @cached_property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession]:
        self._check_files()
        return open_tokenizer(self._folder / TOKENIZER), open_session(self._folder / WEIGHTS, count_processors())

    def _check_files(self) -> None:
        check_files(self._folder, (WEIGHTS, TOKENIZER), "checking model", CheckerError)
