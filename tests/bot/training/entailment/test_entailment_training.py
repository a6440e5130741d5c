"""A few steps of training with the real model, on a handful of pairs, and the network that judges with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.chat.verification.checker import premise_of
from bot.chat.verification.entailment import WEIGHTS, EntailmentModel
from bot.errors import CheckerError
from bot.training.entailment.pairs import Pair, PairLabel
from retrieval.models.published_weights import published_model_folder
from tests.bot.training.data import LIGHTHOUSE, ORRIN, SCHOOL

FOLDER = published_model_folder()
PAIRS = [
    Pair(premise, hypothesis, label, "made", "own")
    for premise, hypothesis, label in (
        (ORRIN, "Ada Thorne built the mill.", PairLabel.ENTAILMENT),
        (ORRIN, "The mill built Ada Thorne.", PairLabel.NOT_ENTAILED),
        (SCHOOL, "Marek Vale taught 24 children.", PairLabel.ENTAILMENT),
        (SCHOOL, "Marek Vale taught 42 children.", PairLabel.CONTRADICTION),
        (LIGHTHOUSE, "The lamp is lit by hand.", PairLabel.NEUTRAL),
        (LIGHTHOUSE, "The keeper is Ines Holt.", PairLabel.ENTAILMENT),
    )
]


@pytest.fixture(scope="module")
def training() -> Any:
    """The module that trains, imported late: for each process that collects tests, PyTorch takes seconds."""
    from bot.training.entailment import entailment_training

    return entailment_training


@pytest.fixture(scope="module")
def torch() -> Any:
    import torch

    return torch


@pytest.fixture(scope="module")
def folder(training: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that was exported after a step for each pair."""
    from bot.training.export import export_entailment

    model = training.train_entailment(FOLDER, lambda number: PAIRS, 1, 1)
    folder: Path = tmp_path_factory.mktemp("entailment") / "model"
    export_entailment(model, FOLDER / "tokenizer.json", folder)
    return folder


def test_what_does_not_follow_may_be_either(training: Any, torch: Any) -> None:
    from bot.training.network import EntailmentScores

    rows = [training.PairRow([1, 2, 3], 2, int(label)) for label in (PairLabel.NOT_ENTAILED, PairLabel.NEUTRAL)]
    shares = torch.tensor([0.2, 0.3, 0.5])

    def scored(ids: Any, token_type_ids: Any) -> Any:
        assert token_type_ids.tolist() == [[0, 0, 1]] * len(ids)
        return EntailmentScores(shares.log().expand(len(ids), 3))

    for row, likely in zip(rows, (0.8, 0.3), strict=True):
        assert float(training.loss_of(scored, [row]).exp()) == pytest.approx(1 / likely)


def test_a_training_that_was_stopped_goes_on_and_learns_the_same(
    training: Any, torch: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bot.training import passes

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
        return training.train_entailment(FOLDER, lambda number: PAIRS[::2], 1, 3, work)

    monkeypatch.setattr(training, "loss_of", counted)
    whole = learn(None)
    count, stop_at = len(steps), len(steps)
    steps.clear()
    with pytest.raises(KeyboardInterrupt):
        learn(tmp_path)
    stop_at = 0
    resumed = learn(tmp_path)
    assert len(steps) == count == 3, "nothing is learned twice"
    one, other = whole.state_dict(), resumed.state_dict()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_weights_before_the_last_pass_count_too(
    training: Any, torch: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def learn(passes: int, work: Path | None, share: float) -> Any:
        monkeypatch.setattr(training, "SHARE_OF_LAST", share)
        return training.train_entailment(FOLDER, lambda number: PAIRS[::2], passes, 3, work).state_dict()

    before = learn(1, None, 0.7)
    first, last = learn(2, tmp_path, 0.0), learn(2, tmp_path, 1.0)
    both = learn(2, tmp_path, 0.7)
    assert all(torch.equal(before[name], first[name]) for name in before)
    assert any(not torch.equal(before[name], last[name]) for name in before)
    assert all(torch.allclose(both[name], before[name] + 0.7 * (last[name] - before[name]), atol=1e-6) for name in both)


def test_the_exported_network_is_small_and_says_how_likely(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) < 25_000_000
    model = EntailmentModel(folder)
    premise = premise_of("Orrin", [ORRIN])
    likely = model.probability(premise, "Ada Thorne built the mill.")
    assert 0 < likely < 1
    assert likely == model.probability(premise, "Ada Thorne built the mill.")
    assert likely != model.probability(premise, "Nobody built the mill.")
    assert 0 < model.probability(premise * 40, "Ada Thorne built the mill.") < 1
    assert 0 < model.probability("\ud800", "Ada \udfff") < 1, "a lone surrogate"


def test_balanced_accuracy_counts_what_follows_and_what_does_not_alike(folder: Path) -> None:
    from bot.training.entailment.held_out import balanced_accuracy

    model = EntailmentModel(folder)
    likely = sorted(
        (model.probability(pair.premise, pair.hypothesis), pair.label is PairLabel.ENTAILMENT) for pair in PAIRS
    )
    for threshold in (0.0, likely[3][0], 1.0):
        true = [value >= threshold for value, follows in likely if follows]
        false = [value < threshold for value, follows in likely if not follows]
        expected = (sum(true) / len(true) + sum(false) / len(false)) / 2
        assert balanced_accuracy(folder, PAIRS, threshold) == pytest.approx(expected)
    with pytest.raises(ValueError, match="both kinds"):
        balanced_accuracy(folder, PAIRS[1:2])


def test_an_altered_network_is_not_run(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / WEIGHTS).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(CheckerError, match="altered"):
        EntailmentModel(tmp_path).probability("a", "b")
    with pytest.raises(CheckerError, match="missing"):
        EntailmentModel(tmp_path / "none").probability("a", "b")
