"""Texts -> scores for every run of their words: the reader's network, run by ONNX Runtime without PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.extractive.reader.span_scores import SpanScores
from bot.extractive.reader.weights import (
    ALL_FILES,
    FOLDER,
    SELECTOR,
    TOKENIZER,
    WEIGHTS,
    check_files,
    documents_trained_on,
    recorded_hash,
)
from retrieval import ENGLISH
from retrieval.fork_safety import ForkedLock
from retrieval.models.cpu_count import count_processors
from retrieval.models.onnx_runtime import open_session, open_tokenizer, run_each, sessions_renewed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MAX_TOKENS = 320
# A question says what it is about long before this; the text needs the room.
MAX_QUESTION_TOKENS = 96
# So many texts of one question are read alone at most: the last of five passages, and a sentence once more.
ALONE = 2


class SpanReader:
    """Reads texts for the words that answer a question; loaded on first use, and shared between threads.

    Source of the method: Devlin et al. 2019 (BERT), section 4.3: an answer's score is that of its first and last word
    piece less that of the opening token, which stands for having none. A second score of each word piece says whether
    its sentence holds the answer; that of the opening token, whether any does (Yang et al. 2018, "HotpotQA", section
    5.1, has such supporting facts beside the span). Each text is read on its own, so that its scores
    do not depend on what else is read.

    Args:
        folder: Where the weights lie; those that come with the install by default.
    """

    name = "the reader that comes with the install"
    # How many are read for just now; in a forked process none is.
    _questions = 0

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._lock = ForkedLock()
        sessions_renewed(self, "_loaded", "_together", "_questions")
        self._read_alone = 0

    def __reduce__(self) -> tuple[type[SpanReader], tuple[Path]]:
        """How it is pickled and copied: the network is loaded anew, on first use."""
        return type(self), (self._folder,)

    def knows(self, language: str) -> bool:
        """English alone."""
        return language == ENGLISH

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        """Read each text for an answer to ``question``; what exceeds ``MAX_TOKENS`` word pieces together is not read.

        Args:
            question: The question.
            texts: The texts.
            meanwhile: What a processor may do that has read its texts while another still reads; see ``run_each``.

        Raises:
            ReaderError: If the weights are missing or altered.
        """
        if not texts:
            return []
        self.load()
        tokenizer, each = self._loaded
        question = _cut(tokenizer, question)
        # Each processor reads as many texts as the others; one that is left over then is read by all of them together.
        even = len(texts) - (len(texts) % count_processors() == 1)
        with self._counted() as is_alone:
            if not is_alone:  # every question keeps a processor busy; sharing them out would only make threads wait
                return [self._read(question, each, text) for text in texts]
            readings = run_each(partial(self._read, question, each), texts[:even], meanwhile)
            return readings + [self._read(question, self._for_one(), text) for text in texts[even:]]

    @property
    def sha256(self) -> str:
        """The recorded hash of its weights, which they are compared with before they are loaded. Raises as ``read``."""
        return recorded_hash(self._folder)

    @property
    def selector_weights(self) -> Path:
        """The selector's weights that were fitted with this reader."""
        return self._folder / SELECTOR

    def check(self) -> str:
        """Compare its files with their recorded hashes. Raises as ``read`` does."""
        check_files(self._folder, ALL_FILES)
        return "the one that comes with the install, every file as shipped"

    def documents_trained_on(self) -> tuple[str, ...]:
        """The titles of the documents that reader and selector were made with, learning and calibration together.

        Raises:
            ReaderError: If the reader's card is missing or unreadable.
        """
        return documents_trained_on(self._folder)

    def load(self) -> None:
        """Load what one question needs now, if it is not loaded yet. Raises as ``read`` does."""
        with self._lock:
            _ = self._loaded

    def load_all(self) -> None:
        """Load what many questions need now, if it is not loaded yet. Raises as ``read`` does."""
        self.load()
        with self._lock:
            self._read_alone = ALONE
            if count_processors() > 1:
                _ = self._together

    @contextmanager
    def _counted(self) -> Iterator[bool]:
        """Count a question among those that are read for just now; gives whether it is the only one."""
        with self._lock:
            self._questions += 1
            is_alone = self._questions == 1
        try:
            yield is_alone
        finally:
            with self._lock:
                self._questions -= 1

    def _for_one(self) -> InferenceSession:
        """The network for a text that is read alone.

        All processors together read it sooner, but loading that form takes longer than it saves one question. While
        others are read for, no processor is idle, and those that shared a text would wait for each other.
        """
        with self._lock:
            self._read_alone += 1
            alone = self._questions == 1 and self._read_alone > ALONE
            return self._together if alone else self._loaded[1]

    def _read(self, question: str, session: InferenceSession, text: str) -> SpanScores:
        tokenizer, _ = self._loaded
        encoding = tokenizer.encode(question, text)
        encoding.truncate(MAX_TOKENS)
        ids, types = np.asarray([encoding.ids], np.int64), np.asarray([encoding.type_ids], np.int64)
        (start,), (end,), (evidence,) = session.run(None, {"input_ids": ids, "token_type_ids": types})
        marks = zip(encoding.type_ids, encoding.special_tokens_mask, strict=True)
        held = [i for i, (is_text, is_mark) in enumerate(marks) if is_text and not is_mark]
        offsets = encoding.offsets
        places = [offsets[i] for i in held]
        return SpanScores(places, start[held] - start[0], end[held] - end[0], evidence[held], float(evidence[0]))

    @cached_property
    def _together(self) -> InferenceSession:
        """All processors share the work on one text."""
        check_files(self._folder)  # anew: questions may have been asked for days since the other one was opened
        return open_session(self._folder / WEIGHTS, count_processors())

    @cached_property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession]:
        """The network with which each processor reads a text of its own."""
        check_files(self._folder)
        return open_tokenizer(self._folder / TOKENIZER), open_session(self._folder / WEIGHTS)


def _cut(tokenizer: Tokenizer, question: str) -> str:
    """The beginning of a question that is too long, else all of it."""
    offsets = tokenizer.encode(question, add_special_tokens=False).offsets
    return question[: offsets[MAX_QUESTION_TOKENS - 1][1]] if len(offsets) > MAX_QUESTION_TOKENS else question
