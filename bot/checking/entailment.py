"""Does a text bear a statement out? A network of its own says how likely; run by ONNX Runtime without PyTorch."""

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
FOLDER = Path(__file__).parent.parent / "chat" / "verification" / "model"
WEIGHTS = "entailment.onnx"
# Word pieces of a statement and what it is compared with; the end of a longer text is not read.
MAX_TOKENS = 320
# The place of "it follows" among the three scores.
FOLLOWS = 0


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

    def probability(self, premise: str, hypothesis: str) -> float:
        """How likely it is that ``hypothesis`` follows from ``premise``, in [0, 1].

        Args:
            premise: What is known to be said; see ``premise_of``.
            hypothesis: The statement.

        Raises:
            CheckerError: If the weights are missing or altered.
        """
        with self._lock:
            tokenizer, session = self._loaded
        encoding = tokenizer.encode(hypothesis, premise)
        encoding.truncate(MAX_TOKENS)
        ids, types = np.asarray([encoding.ids], np.int64), np.asarray([encoding.type_ids], np.int64)
        (scores,) = session.run(None, {"input_ids": ids, "token_type_ids": types})[0]
        likely = np.exp(scores - scores.max())
        return float(likely[FOLLOWS] / likely.sum())

    @cached_property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession]:
        check_files(self._folder, (WEIGHTS, TOKENIZER), "checker", CheckerError)
        return open_tokenizer(self._folder / TOKENIZER), open_session(self._folder / WEIGHTS, count_processors())


def premise_of(title: str, quotes: list[str]) -> str:
    """What a statement is compared with: the title of the document, and its quotes."""
    return " ".join([f"{title}.", *quotes] if title else quotes)
