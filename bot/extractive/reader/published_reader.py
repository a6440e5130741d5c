"""Texts -> scores for every run of their words, by a question-answering model of somebody else, run by PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import ReaderError
from bot.extractive.reader.span_scores import SpanScores
from bot.extractive.reader.weights import FOLDER, SELECTOR
from retrieval.models.model_card import is_among, stated_languages
from retrieval.models.published_transformer import LoadedTransformer, ModelKind, PublishedTransformer

if TYPE_CHECKING:
    from transformers import BatchEncoding

READER = ModelKind(
    noun="reader",
    setting="PULLQUOTE_READER_MODEL",
    auto_class="AutoModelForQuestionAnswering",
    task="answer questions",
    form="question-answering model",
    example="an extractive question-answering model, such as deepset/tinyroberta-squad2",
    window=384,  # as most published models learned (Devlin et al. 2019)
    places=True,
    error=ReaderError,
)
# Which part of a window a question may fill, and which part windows share.
QUESTION_PART, SHARED_PART = 4, 3
# A model that can say that there is no answer says so to most of these.
UNANSWERED = (
    (
        "Who painted the ceiling of the chapel?",
        "Bread is made of flour, water and salt. It is baked for forty minutes.",
    ),
    ("How much does a ticket to Oslo cost?", "The frog lives in ponds. In winter it sleeps in the mud."),
    ("When was the treaty signed?", "To open the box, press the button on the left and lift the lid."),
)


class PublishedReader:
    """Reads texts with a model for extractive question answering; loaded on first use, and shared between threads.

    Each text is read on its own, so that its scores do not depend on its neighbours; one longer than a window is read
    in windows that overlap, and each word piece gets its scores from the window in which it has most text around it.

    Source of the method: Devlin et al. 2019 (BERT), section 4.3 and the code published with it: the score of an answer
    is that of its first and last word piece less that of the opening token, which stands for having none. A model that
    never learned to say that there is none is told by ``UNANSWERED``; its scores are logarithms of shares, at most 0.

    Args:
        model: A folder, or an id on the Hugging Face hub.
    """

    def __init__(self, model: str) -> None:
        self.name = f"“{model}”"
        self._model = PublishedTransformer(model, READER)

    def __reduce__(self) -> tuple[type[PublishedReader], tuple[str]]:
        """How it is pickled and copied: the model is loaded anew, on first use."""
        return type(self), (self._model.name,)

    def knows(self, language: str) -> bool:
        """Whether its card states the language; English, where it states none."""
        return is_among(language, self._languages)

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        """Read each text for an answer to ``question``.

        Args:
            question: The question; of a long one the beginning.
            texts: The texts.
            meanwhile: Not called: one text is read after the other.

        Raises:
            ReaderError: If the model cannot be loaded.
        """
        readings: list[SpanScores] = []
        for text in texts:
            with self._model.lock:
                readings.append(_read(self._model.loaded, question, text, says_nothing=self._says_nothing))
        return readings

    @property
    def selector_weights(self) -> Path:
        """Those of the reader that comes with the install; ``pullquote calibrate`` fits better ones."""
        return FOLDER / SELECTOR

    @property
    def sha256(self) -> str:
        """The hash of all its numbers. Raises as ``read`` does."""
        with self._model.lock:
            return self._model.sha256

    def load_all(self) -> None:
        """Load it now. Raises as ``read`` does."""
        with self._model.lock:
            _ = self._says_nothing

    def check(self) -> str:
        """Load it, and say how large it is. Raises as ``read`` does."""
        with self._model.lock:
            return self._model.description + ("" if self._says_nothing else ", cannot say that there is no answer")

    def documents_trained_on(self) -> tuple[str, ...]:
        """Unknown, so none."""
        return ()

    @cached_property
    def _languages(self) -> frozenset[str]:
        return stated_languages(self._model.name)

    @cached_property
    def _says_nothing(self) -> bool:
        return _says_nothing(self._model.loaded)


def _says_nothing(model: LoadedTransformer) -> bool:
    if model.tokenizer.cls_token_id is None:
        return False
    readings = [_read(model, question, text, says_nothing=True) for question, text in UNANSWERED]
    silent = [float(reading.starts.max() + reading.ends.max()) < 0 for reading in readings]
    return sum(silent) > len(UNANSWERED) / 2


def _read(model: LoadedTransformer, question: str, text: str, *, says_nothing: bool) -> SpanScores:
    offsets: list[tuple[int, int]] = []
    scores: list[NDArray[np.float32]] = []
    shared = model.window // SHARED_PART
    windows = _windows(model, question, text, shared)
    for number in range(len(windows["input_ids"])):
        held = [i for i, part in enumerate(windows.sequence_ids(number)) if part == 1]
        found = _logits(model, windows, number)
        if says_nothing:
            found -= found[:, [windows["input_ids"][number].index(model.tokenizer.cls_token_id)]]
        else:
            found -= np.logaddexp.reduce(found[:, held], axis=1, keepdims=True)
        # What two windows share is taken by halves.
        first = shared // 2 if number else 0
        last = len(held) - (shared - shared // 2 if number + 1 < len(windows["input_ids"]) else 0)
        for i in held[first:last]:
            start, end = _without_blanks(text, *windows["offset_mapping"][number][i])
            if start < end:
                offsets.append((start, end))
                scores.append(found[:, i])
    starts, ends = np.array(scores, np.float32).reshape(-1, 2).T
    return SpanScores(offsets, starts, ends)


def _windows(model: LoadedTransformer, question: str, text: str, shared: int) -> BatchEncoding:
    most = model.window // QUESTION_PART
    pieces = model.tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
    windows: BatchEncoding = model.tokenizer(
        question[: pieces[most - 1][1]] if len(pieces) > most else question,
        text,
        truncation="only_second",
        max_length=model.window,
        stride=shared,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )
    return windows


def _logits(model: LoadedTransformer, windows: BatchEncoding, number: int) -> NDArray[np.float32]:
    """Two rows, for the first and for the last word piece of an answer."""
    import torch

    names = model.tokenizer.model_input_names
    with torch.inference_mode():
        said = model.network(**{name: torch.tensor([windows[name][number]]) for name in names if name in windows})
    return np.concatenate([said.start_logits.numpy(), said.end_logits.numpy()])


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Some tokenizers count the blank before a word as a part of it."""
    while start < end and text[start].isspace():
        start += 1
    return start, end
