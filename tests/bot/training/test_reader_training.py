"""A few steps of training with the real model, on a handful of windows."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from bot.training.question_sets import AnswerKind
from bot.training.windows import Window
from retrieval import Span
from retrieval.models.published_weights import published_model_folder
from tests.bot.training.data import LIGHTHOUSE, ORRIN, SCHOOL

FOLDER = published_model_folder()
EMBEDDINGS = "bert.embeddings.word_embeddings.weight"


def window(question: str, text: str, answer: str | None, kind: AnswerKind = AnswerKind.WORDS) -> Window:
    if answer is None:
        return Window(question, text, None)
    span = Span(text.index(answer), text.index(answer) + len(answer))
    return Window(question, text, span, None if kind is AnswerKind.TEXT else span, kind)


WINDOWS = [
    window("Who built the mill?", ORRIN, "Ada Thorne"),
    window("When was the mill built?", ORRIN, "1843"),
    window("Why was the bridge closed?", ORRIN, "the river had risen"),
    window("Who painted the mill?", ORRIN, None),
    window("Who was the first teacher?", SCHOOL, "Marek Vale"),
    window("Who keeps the light?", SCHOOL, None),
    window("Who is the keeper?", LIGHTHOUSE, "Ines Holt"),
    window("Who built the mill?", LIGHTHOUSE, None),
    window("Is the lamp lit?", LIGHTHOUSE, "Its lamp is lit before dusk.", AnswerKind.SENTENCE),
    window("Is there a school?", SCHOOL, SCHOOL, AnswerKind.TEXT),
]


@pytest.fixture(scope="module")
def training() -> Any:
    """The module that trains, imported late: for each process that collects tests, PyTorch takes seconds."""
    from bot.training import reader_training

    return reader_training


@pytest.fixture(scope="module")
def passes() -> Any:
    from bot.training import passes

    return passes


@pytest.fixture(scope="module")
def torch() -> Any:
    import torch

    return torch


def missed(training: Any, torch: Any, model: Any) -> float:
    """The loss over all windows."""
    from bot.training.token_rows import batches_of

    rows = training.make_rows(training.load_tokenizer(FOLDER), WINDOWS)
    with torch.no_grad():
        return sum(float(training.loss_of(model, batch)) for batch in batches_of(rows, random.Random(0)))


@pytest.fixture(scope="module")
def trained(training: Any) -> Any:
    return training.train_reader(FOLDER, lambda number: WINDOWS, 8, 1)


@pytest.fixture(scope="module")
def untrained(torch: Any) -> Any:
    from bot.training.network import ReaderNetwork

    torch.manual_seed(1)  # the layer on top is drawn
    return ReaderNetwork(FOLDER).eval()


def test_it_learns_what_it_is_shown_again_and_again(training: Any, torch: Any, trained: Any, untrained: Any) -> None:
    assert missed(training, torch, trained) < 0.8 * missed(training, torch, untrained)


def test_word_vectors_stay_and_the_layers_change(torch: Any, trained: Any, untrained: Any) -> None:
    before, after = untrained.state_dict(), trained.state_dict()
    assert torch.equal(before[EMBEDDINGS], after[EMBEDDINGS])
    learned = [name for name in before if "weight" in name and "encoder" in name]
    assert learned
    assert not any(torch.equal(before[name], after[name]) for name in learned)
    assert not trained.training


def test_a_training_that_was_stopped_goes_on_and_learns_the_same(
    training: Any, passes: Any, torch: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(passes, "SECONDS_BETWEEN_CHECKPOINTS", 0)
    steps: list[int] = []
    stop_at = 0
    loss_of = training.loss_of

    def counted(*arguments: Any) -> Any:
        if len(steps) == stop_at - 1:
            raise KeyboardInterrupt
        steps.append(1)
        return loss_of(*arguments)

    def learn(work: Path | None) -> Any:
        return training.train_reader(FOLDER, lambda number: WINDOWS[number:], 2, 3, work)

    monkeypatch.setattr(training, "loss_of", counted)
    whole = learn(None)
    count, stop_at = len(steps), len(steps) - 1  # in the second pass
    steps.clear()
    with pytest.raises(KeyboardInterrupt):
        learn(tmp_path / "training")
    stop_at = 0
    resumed = learn(tmp_path / "training")
    assert len(steps) == count, "nothing is learned twice"
    kept = tmp_path / "training" / "notes.pt"
    kept.touch()
    passes.forget(kept.parent)
    assert list(kept.parent.iterdir()) == [kept]
    one, other = whole.state_dict(), resumed.state_dict()
    assert all(torch.equal(one[name], other[name]) for name in one)
