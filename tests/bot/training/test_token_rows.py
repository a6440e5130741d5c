"""Rows and batches: the tokens that answer, and lengths that are alike."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bot.extractive.reader.span_reader import MAX_TOKENS
from retrieval import Span
from retrieval.models.published_weights import published_model_folder
from tests.bot.training.data import ORRIN
from tests.bot.training.test_reader_training import WINDOWS, window


@pytest.fixture(scope="module")
def rows() -> Any:
    """The module, imported late, since it loads PyTorch."""
    from bot.training import token_rows

    return token_rows


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from bot.training.reader_training import load_tokenizer

    return load_tokenizer(published_model_folder())


def test_targets_are_the_tokens_of_the_words_that_answer(rows: Any, tokenizer: Any) -> None:
    (row,) = rows.make_rows(tokenizer, WINDOWS[:1])
    first, after = row.answer
    assert tokenizer.decode(list(row.ids[first:after])) == "ada thorne"
    batch = rows.Batch.of([row])
    assert batch.starts.nonzero().tolist() == [[0, first]]
    assert batch.ends.nonzero().tolist() == [[0, after - 1]]
    assert batch.types.sum() == len(row.ids) - row.text


@pytest.mark.parametrize("text", [ORRIN, "Sheep graze on the hill. " * 200 + ORRIN])
def test_no_answer_and_one_that_is_cut_off_point_to_the_opening_token(rows: Any, tokenizer: Any, text: str) -> None:
    (row,) = rows.make_rows(tokenizer, [window("Who built it?", text, None if text == ORRIN else "Ada Thorne")])
    batch = rows.Batch.of([row])
    assert batch.starts.nonzero().tolist() == batch.ends.nonzero().tolist() == [[0, 0]]
    assert batch.evidence.sum() == 0
    assert len(row.ids) <= MAX_TOKENS


def test_every_token_of_a_sentence_or_a_text_may_be_the_answer(rows: Any, tokenizer: Any) -> None:
    sentence, text = rows.make_rows(tokenizer, WINDOWS[-2:])
    shown = rows.Batch.of([sentence])
    assert shown.starts.sum() == shown.ends.sum() == sentence.answer[1] - sentence.answer[0] > 3
    assert shown.evidence[0, 1:].sum() == shown.starts.sum()
    assert shown.evidence_known.tolist() == [True]
    settled = rows.Batch.of([text])
    assert settled.starts.sum() == len(text.ids) - text.text - 1  # all but the closing token
    assert settled.evidence[0].tolist() == [1.0] + [0.0] * (len(text.ids) - 1)
    assert settled.evidence_known.tolist() == [False]


def test_batches_hold_windows_of_one_length_and_every_window_once(rows: Any, tokenizer: Any) -> None:
    many = rows.make_rows(tokenizer, WINDOWS * 60)
    found = rows.batches_of(many, random.Random(1))
    assert sum(map(len, found)) == len(many)
    assert all(len({len(row.ids) for row in batch}) == 1 for batch in found)
    assert all(len(batch) * len(batch[0].ids) <= rows.TOKENS_A_BATCH for batch in found)
    assert [len(batch) for batch in found] != [len(batch) for batch in rows.batches_of(many, random.Random(2))]


def test_a_blank_at_the_end_of_an_answer_cuts_nothing_off(rows: Any, tokenizer: Any) -> None:
    from bot.training.windows import Window

    text = "The mill burned. "
    whole = Window("What burned?", text, Span(0, len(text)), Span(0, 16))
    (row,) = rows.make_rows(tokenizer, [whole])
    assert row.answer != (0, 0)
