"""Texts -> readings: the reader's network, run by ONNX Runtime on the processor, without PyTorch."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.reader.reading import Reading
from bot.reader.weights import FOLDER, WEIGHTS, check_files, load_tokenizer
from retrieval import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MAX_TOKENS = 320
# A question says what it is about long before this; the text needs the room.
MAX_QUESTION_TOKENS = 96
# Padding that makes all texts of a batch equally long; the mask hides it.
PADDING = 0


class SpanReader:
    """Reads texts for the words that answer a question; loaded on first use, and shared between threads.

    Source of the method: Devlin et al. 2019 (BERT), section 4.3: an answer's score is that of its first and last word
    piece less that of the opening token, which stands for having none.

    Args:
        folder: Where the weights lie; those that come with the install by default.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Read each text for an answer to ``question``; what exceeds ``MAX_TOKENS`` word pieces together is not read.

        Raises:
            ReaderError: If the weights are missing or altered.
        """
        if not texts:
            return []
        with self._lock:  # whoever asks first loads
            tokenizer, session = self._loaded
        question = _cut(tokenizer, question)
        encodings = tokenizer.encode_batch([(question, text) for text in texts])
        for encoding in encodings:
            encoding.truncate(MAX_TOKENS)
        longest = max(len(encoding.ids) for encoding in encodings)
        shape = (len(encodings), longest)
        ids, types, mask = np.full(shape, PADDING, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, encoding in enumerate(encodings):
            length = len(encoding.ids)
            ids[row, :length], types[row, :length], mask[row, :length] = encoding.ids, encoding.type_ids, 1
        starts, ends = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types})
        readings = []
        for encoding, start, end in zip(encodings, starts, ends, strict=True):
            marks = zip(encoding.type_ids, encoding.special_tokens_mask, strict=True)
            held = [i for i, (is_text, is_mark) in enumerate(marks) if is_text and not is_mark]
            offsets = [encoding.offsets[i] for i in held]
            readings.append(Reading(offsets, start[held] - start[0], end[held] - end[0]))
        return readings

    @cached_property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession]:
        check_files(self._folder)
        return load_tokenizer(self._folder), open_session(self._folder / WEIGHTS)


def _cut(tokenizer: Tokenizer, question: str) -> str:
    """The beginning of a question that is too long, else all of it."""
    offsets = tokenizer.encode(question, add_special_tokens=False).offsets
    return question[: offsets[MAX_QUESTION_TOKENS - 1][1]] if len(offsets) > MAX_QUESTION_TOKENS else question
