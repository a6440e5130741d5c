"""Public sets of pairs: what is read of them, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.training.entailment.pairs import SETS, PairLabel, read_pairs, without_tokens
from bot.training.mixture import is_kept


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "nli").mkdir()
    for name in SETS:
        rows = [
            {"premise": f"The mill {n} is open .", "hypothesis": "It is closed .", "label": label}
            for n in range(30)
            for label in ("entailment", "contradiction")
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / "nli" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_premises_are_learned_from_or_kept(data: Path) -> None:
    learned, kept = read_pairs(data), read_pairs(data, kept=True)
    assert {pair.premise for pair in learned}.isdisjoint(pair.premise for pair in kept)
    assert len(learned) + len(kept) == 60 * len(SETS)
    assert kept
    assert all(is_kept(pair.premise) for pair in kept)


def test_a_set_can_be_left_out(data: Path) -> None:
    assert {pair.source for pair in read_pairs(data, without="fever_sub")} == set(SETS) - {"fever_sub"}
    with pytest.raises(ValueError, match="no set fever"):
        read_pairs(data, without="fever")


def test_sets_without_a_third_class_say_only_what_follows(data: Path) -> None:
    labels = {source: {pair.label for pair in read_pairs(data) if pair.source == source} for source in SETS}
    assert labels["fever_sub"] == {PairLabel.ENTAILMENT, PairLabel.NOT_ENTAILED}
    assert labels["mnli"] == {PairLabel.ENTAILMENT, PairLabel.CONTRADICTION}


def test_words_set_apart_are_joined() -> None:
    assert without_tokens("The mill -LRB- built in 1843 -RRB- , he said , `` is n't Ada 's '' .") == (
        "The mill (built in 1843), he said, \" isn't Ada's \"."
    )
