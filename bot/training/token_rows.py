"""Windows as numbers: their tokens, and the tokens that answer; in batches of one length, which need no padding."""

from __future__ import annotations

import random
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

import torch
from tokenizers import Encoding, Tokenizer

from bot.training.question_sets import AnswerKind
from bot.training.windows import Window

TOKENS_A_BATCH = 4_096
TOKENIZED_AT_A_TIME = 1_000
NOWHERE = (0, 0)


class TokenRow(Protocol):
    """Whatever is learned from, as tokens."""

    @property
    def ids(self) -> array[int]:
        """Its tokens."""
        ...


AnyRow = TypeVar("AnyRow", bound=TokenRow)


class Row(NamedTuple):
    """One window.

    Attributes:
        ids: Its tokens.
        text: The first token of the text.
        answer: The first token of the answer, and the one after its last; both 0 where nothing answers.
        evidence: Likewise of the sentences that hold the answer.
        kind: What is known of the answer.
    """

    ids: array[int]
    text: int
    answer: tuple[int, int]
    evidence: tuple[int, int]
    kind: AnswerKind


class Batch(NamedTuple):
    """Windows of one length; all but ``evidence_known`` (texts,) are (texts, tokens)."""

    ids: torch.Tensor
    types: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    evidence: torch.Tensor
    evidence_known: torch.Tensor

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Batch:
        """Lay the rows on top of each other."""
        length = len(rows[0].ids)
        ids = torch.tensor([row.ids for row in rows])
        place = torch.arange(length)
        types = (place >= torch.tensor([[row.text] for row in rows])).long()
        starts, ends = torch.zeros(2, len(rows), length, dtype=torch.bool)
        evidence = torch.zeros(len(rows), length)
        for number, row in enumerate(rows):
            first, after = row.answer
            if after == 0:
                starts[number, 0] = ends[number, 0] = True
                continue
            evidence[number, 0] = 1  # something answers
            evidence[number, row.evidence[0] : row.evidence[1]] = 1
            if row.kind is AnswerKind.WORDS:
                starts[number, first] = ends[number, after - 1] = True
            else:
                starts[number, first:after] = ends[number, first:after] = True
        known = torch.tensor([row.kind is not AnswerKind.TEXT for row in rows])
        return cls(ids, types, starts, ends, evidence, known)


def make_rows(tokenizer: Tokenizer, windows: Sequence[Window]) -> list[Row]:
    """Windows as tokens; those whose answer is cut off with the end of the text answer nothing."""
    rows: list[Row] = []
    for first in range(0, len(windows), TOKENIZED_AT_A_TIME):
        some = windows[first : first + TOKENIZED_AT_A_TIME]
        encodings = tokenizer.encode_batch([(window.question, window.text) for window in some])
        rows += [_row(encoding, window) for encoding, window in zip(encodings, some, strict=True)]
    return rows


def batches_of(rows: Sequence[AnyRow], rng: random.Random) -> list[list[AnyRow]]:
    """Rows of one length each, about ``TOKENS_A_BATCH`` tokens together, in an order that is drawn."""
    by_length: dict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_length[len(row.ids)].append(row)
    batches: list[list[AnyRow]] = []
    for length, alike in sorted(by_length.items()):
        size = max(1, TOKENS_A_BATCH // length)
        batches += [alike[first : first + size] for first in range(0, len(alike), size)]
    rng.shuffle(batches)
    return batches


def _row(encoding: Encoding, window: Window) -> Row:
    answer = evidence = NOWHERE
    if window.answer and not (window.kind is AnswerKind.WORDS and _is_cut_off(encoding, window)):
        answer = _tokens(encoding, window.answer.start, window.answer.end)
        evidence = _tokens(encoding, window.evidence.start, window.evidence.end) if window.evidence else NOWHERE
    return Row(array("I", encoding.ids), encoding.type_ids.index(1), answer, evidence, window.kind)


def _is_cut_off(encoding: Encoding, window: Window) -> bool:
    """Whether words of the answer are missing at the end of what the reader gets of the text."""
    assert window.answer is not None  # noqa: S101 (asked of answered ones alone)
    read_to = encoding.offsets[-2][1]  # the token before the closing one
    return bool(window.text[max(read_to, window.answer.start) : window.answer.end].strip())


def _tokens(encoding: Encoding, start: int, end: int) -> tuple[int, int]:
    """The tokens of the text from one character to another: the first, and the one after the last."""
    found = [
        number
        for number, (first, after) in enumerate(encoding.offsets)
        if encoding.sequence_ids[number] == 1 and first < end and start < after
    ]
    return (found[0], found[-1] + 1) if found else NOWHERE
