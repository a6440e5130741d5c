"""Sentences that are made up whole."""

from __future__ import annotations

import re
from collections import Counter

from bot.training.entailment.pairs import PairLabel
from bot.training.entailment.templates import template_pairs


def test_every_template_makes_true_and_false_statements_with_nothing_left_to_fill() -> None:
    pairs = template_pairs("1", 20)
    kinds = Counter((pair.kind, pair.label) for pair in pairs)
    assert {label for _, label in kinds} == {PairLabel.ENTAILMENT, PairLabel.NOT_ENTAILED}
    assert all(kinds[kind, label] > 20 for kind, label in kinds)
    for pair in pairs:
        for text in (pair.premise, pair.hypothesis):
            assert text[0].isupper() or text[0].isdigit(), text
            assert text.endswith("."), text
            assert not re.search(r"[{}]| {2}|\.\.", text), text
    assert template_pairs("1", 20) == pairs
    assert template_pairs("2", 20) != pairs


def test_no_pair_is_both_true_and_false() -> None:
    labels: dict[tuple[str, str], set[PairLabel]] = {}
    for pair in template_pairs("3", 300):
        labels.setdefault((pair.premise, pair.hypothesis), set()).add(pair.label)
    assert [pair for pair, both in labels.items() if len(both) > 1] == []


def test_no_text_of_a_template_denies_itself() -> None:
    for pair in template_pairs("4", 100):
        if pair.premise == pair.hypothesis:
            assert pair.label is PairLabel.ENTAILMENT, pair
