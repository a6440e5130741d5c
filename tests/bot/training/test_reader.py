"""A few steps of training with the real model, on a handful of windows."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from transformers import AutoModelForQuestionAnswering

from bot.reader.span_reader import MAX_TOKENS
from bot.training import reader
from bot.training.reader import load_tokenizer, train_reader
from bot.training.windows import Window
from retrieval import Span
from retrieval.model_files import bundled_model_folder
from tests.bot.training.data import LIGHTHOUSE, ORRIN, SCHOOL

FOLDER = bundled_model_folder()
EMBEDDINGS = "bert.embeddings.word_embeddings.weight"


def window(question: str, text: str, answer: str | None) -> Window:
    start = text.index(answer) if answer else 0
    return Window(question, text, Span(start, start + len(answer)) if answer else None)


WINDOWS = [
    window("Who built the mill?", ORRIN, "Ada Thorne"),
    window("When was the mill built?", ORRIN, "1843"),
    window("Why was the bridge closed?", ORRIN, "the river had risen"),
    window("Who painted the mill?", ORRIN, None),
    window("Who was the first teacher?", SCHOOL, "Marek Vale"),
    window("Who keeps the light?", SCHOOL, None),
    window("Who is the keeper?", LIGHTHOUSE, "Ines Holt"),
    window("Who built the mill?", LIGHTHOUSE, None),
]


def loss(model: Any) -> float:
    (batch,) = reader._batches(load_tokenizer(FOLDER), WINDOWS, random.Random(0))
    with torch.no_grad():
        return reader._loss(model, batch).item()


@pytest.fixture(scope="module")
def trained() -> Any:
    return train_reader(FOLDER, [lambda: WINDOWS] * 10, 1)


@pytest.fixture(scope="module")
def untrained() -> Any:
    torch.manual_seed(1)  # the two layers on top are drawn
    return AutoModelForQuestionAnswering.from_pretrained(FOLDER, local_files_only=True).eval()


def test_it_learns_what_it_is_shown_again_and_again(trained: Any, untrained: Any) -> None:
    assert loss(trained) < 0.8 * loss(untrained)


def test_word_vectors_stay_and_the_layers_change(trained: Any, untrained: Any) -> None:
    before, after = untrained.state_dict(), trained.state_dict()
    assert torch.equal(before[EMBEDDINGS], after[EMBEDDINGS])
    learned = [name for name in before if "weight" in name and "encoder" in name]
    assert learned
    assert not any(torch.equal(before[name], after[name]) for name in learned)
    assert not trained.training


def test_the_same_seed_learns_the_same() -> None:
    one, other = (train_reader(FOLDER, [lambda: WINDOWS[:2]], 3).state_dict() for _ in range(2))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_targets_point_to_the_words_that_answer() -> None:
    ((encoding, first, last), *_) = [
        row for batch in reader._batches(load_tokenizer(FOLDER), WINDOWS[:1], random.Random(0)) for row in batch
    ]
    (start, _), (_, end) = encoding.offsets[first], encoding.offsets[last]
    assert ORRIN[start:end] == "Ada Thorne"


@pytest.mark.parametrize("text", [ORRIN, "Sheep graze on the hill. " * 200 + ORRIN])
def test_no_answer_and_one_that_is_cut_off_point_to_the_opening_token(text: str) -> None:
    asked = window("Who built the mill?", text, None if text == ORRIN else "Ada Thorne")
    ((batch,),) = [list(reader._batches(load_tokenizer(FOLDER), [asked], random.Random(0)))]
    assert batch[0][1:] == (0, 0)
    assert len(batch[0][0].ids) <= MAX_TOKENS


def test_batches_hold_about_as_many_tokens_and_every_window_once() -> None:
    many = WINDOWS * 40
    batches = list(reader._batches(load_tokenizer(FOLDER), many, random.Random(0)))
    assert sum(map(len, batches)) == len(many)
    assert len(batches) > 2
    assert all(max(len(row[0].ids) for row in batch) * len(batch) <= reader.TOKENS_A_BATCH for batch in batches)
