"""A few steps of training with the real model, on a handful of windows."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from bot.extractive.reader.span_reader import MAX_TOKENS
from bot.training.windows import Window
from retrieval import Span
from retrieval.models.published_weights import published_model_folder
from tests.bot.training.data import LIGHTHOUSE, ORRIN, SCHOOL

FOLDER = published_model_folder()
Batches = Callable[[list[Window]], list[Any]]
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


@pytest.fixture(scope="module")
def reader() -> Any:
    """The module that trains, imported late: for each process that collects tests, PyTorch takes seconds."""
    from bot.training import reader_training

    return reader_training


@pytest.fixture(scope="module")
def torch() -> Any:
    import torch

    return torch


@pytest.fixture(scope="module")
def batches(reader: Any) -> Batches:
    return lambda windows: list(reader._batches(reader.load_tokenizer(FOLDER), windows, random.Random(0)))


@pytest.fixture(scope="module")
def trained(reader: Any) -> Any:
    return reader.train_reader(FOLDER, [lambda: WINDOWS] * 10, 1)


@pytest.fixture(scope="module")
def untrained(torch: Any) -> Any:
    from transformers import AutoModelForQuestionAnswering

    torch.manual_seed(1)  # the two layers on top are drawn
    return AutoModelForQuestionAnswering.from_pretrained(FOLDER, local_files_only=True).eval()


def test_it_learns_what_it_is_shown_again_and_again(
    reader: Any, torch: Any, batches: Batches, trained: Any, untrained: Any
) -> None:
    (batch,) = batches(WINDOWS)
    with torch.no_grad():
        assert reader._loss(trained, batch) < 0.8 * reader._loss(untrained, batch)


def test_word_vectors_stay_and_the_layers_change(torch: Any, trained: Any, untrained: Any) -> None:
    before, after = untrained.state_dict(), trained.state_dict()
    assert torch.equal(before[EMBEDDINGS], after[EMBEDDINGS])
    learned = [name for name in before if "weight" in name and "encoder" in name]
    assert learned
    assert not any(torch.equal(before[name], after[name]) for name in learned)
    assert not trained.training


def test_the_same_seed_learns_the_same(reader: Any, torch: Any) -> None:
    one, other = (reader.train_reader(FOLDER, [lambda: WINDOWS[:2]], 3).state_dict() for _ in range(2))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_targets_point_to_the_words_that_answer(batches: Batches) -> None:
    (((encoding, first, last),),) = batches(WINDOWS[:1])
    (start, _), (_, end) = encoding.offsets[first], encoding.offsets[last]
    assert ORRIN[start:end] == "Ada Thorne"


@pytest.mark.parametrize("text", [ORRIN, "Sheep graze on the hill. " * 200 + ORRIN])
def test_no_answer_and_one_that_is_cut_off_point_to_the_opening_token(batches: Batches, text: str) -> None:
    asked = window("Who built the mill?", text, None if text == ORRIN else "Ada Thorne")
    (batch,) = batches([asked])
    assert batch[0][1:] == (0, 0)
    assert len(batch[0][0].ids) <= MAX_TOKENS


def test_batches_hold_about_as_many_tokens_and_every_window_once(reader: Any, batches: Batches) -> None:
    many = WINDOWS * 40
    found = batches(many)
    assert sum(map(len, found)) == len(many)
    assert len(found) > 2
    assert all(max(len(row[0].ids) for row in batch) * len(batch) <= reader.TOKENS_A_BATCH for batch in found)
