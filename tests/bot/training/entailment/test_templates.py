"""Sentences that are made up whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.training.entailment import templates
from bot.training.entailment.pairs import Pair, PairLabel
from bot.training.entailment.source_sentences import SourceSentence
from bot.training.entailment.templates import passage_pairs, real_words, template_pairs


def test_every_template_makes_true_and_false_statements_with_nothing_left_to_fill() -> None:
    pairs = template_pairs("1", 20)
    kinds = Counter((pair.kind, pair.label) for pair in pairs)
    assert {label for _, label in kinds} == {PairLabel.ENTAILMENT, PairLabel.NOT_ENTAILED}
    assert all(kinds[kind, label] >= 15 for kind, label in kinds)
    for pair in pairs:
        for text in (pair.premise, pair.hypothesis):
            assert text[0].isupper() or text[0].isdigit(), text
            assert text.endswith(".") or (": " in text and text == pair.premise), text  # an item of a list
            assert not re.search(r"[{}]| {2}|\.\.", text), text
    assert template_pairs("1", 20) == pairs
    assert template_pairs("2", 20) != pairs


def test_no_pair_is_both_true_and_false() -> None:
    labels: dict[tuple[str, str], set[PairLabel]] = {}
    for pair in template_pairs("3", 100):
        labels.setdefault((pair.premise, pair.hypothesis), set()).add(pair.label)
    assert [pair for pair, both in labels.items() if len(both) > 1] == []


def test_no_text_of_a_template_denies_itself() -> None:
    for pair in template_pairs("4", 40):
        if pair.premise == pair.hypothesis:
            assert pair.label is PairLabel.ENTAILMENT, pair


def test_real_sentences_give_words_and_stand_around() -> None:
    sentences = [
        SourceSentence("The capstan was broken by the frost."),
        SourceSentence("Ada Thorne claimed that the old ferry had sunk near Sarn."),
        SourceSentence("In 1912 the quarry was sold, and Ada left."),
    ]
    words = real_words(sentences)
    assert words == {
        "things": ["the capstan", "the quarry"],
        "happenings": ["the capstan was broken by the frost"],
        "claims": ["the old ferry had sunk near Sarn"],
    }
    pairs = template_pairs("1", 30, sentences)
    assert any("the old ferry had sunk" in pair.hypothesis for pair in pairs)
    assert sum(any(sentence.text in pair.premise for sentence in sentences) for pair in pairs) > len(pairs) / 4


@pytest.fixture(scope="module")
def passages() -> list[Pair]:
    """Every statement once."""
    return passage_pairs("1", 1)


def test_every_passage_has_true_and_false_statements_with_nothing_left_to_fill(passages: list[Pair]) -> None:
    labels: dict[tuple[str, str], set[PairLabel]] = {}
    for pair in passages:
        labels.setdefault((pair.premise, pair.hypothesis), set()).add(pair.label)
        for text in (pair.premise, pair.hypothesis):
            assert not re.search(r"[{}]|\A[a-z]| {2}|\A\s|\s\Z", text), text
    assert [pair for pair, both in labels.items() if len(both) > 1] == []
    shares = Counter(pair.label for pair in passages)
    assert 0.4 < shares[PairLabel.ENTAILMENT] / len(passages) < 0.6, shares


def test_twins_turn_what_is_true_into_what_is_false(passages: list[Pair]) -> None:
    labels: dict[str, set[PairLabel]] = {}
    for pair in passages:
        labels.setdefault(pair.hypothesis, set()).add(pair.label)
    assert sum(len(found) == 2 for found in labels.values()) > 1000


def test_passages_are_filled_in_anew_and_again_the_same(
    passages: list[Pair], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mills.toml").write_text(
        '[[passages]]\nsaid = ["{a} sold the mill to {b}."]\ntrue = ["{b} bought it."]\nfalse = ["{a} bought it."]\n'
        '[[twins]]\nsaid = "The mill was shut."\ntwin = "The mill was to be shut."\n'
        'of_said = ["No one mills."]\nof_twin = ["It runs."]\nof_both = ["There is a mill."]\nof_none = '
        '["It burned."]\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(templates, "PASSAGE_FILES", [tmp_path / "mills.toml"])
    pairs = passage_pairs("1", 5)
    assert pairs == passage_pairs("1", 5) != passage_pairs("2", 5)
    sold = [pair for pair in pairs if "sold" in pair.premise]
    assert len(sold) == 10
    for pair in sold:
        seller, buyer = pair.premise.removesuffix(".").split(" sold the mill to ")
        assert pair.hypothesis == f"{buyer if pair.label is PairLabel.ENTAILMENT else seller} bought it."
    assert [
        (pair.premise, pair.hypothesis, pair.label is PairLabel.ENTAILMENT) for pair in pairs if pair not in sold
    ] == [
        ("The mill was shut.", "No one mills.", True),
        ("The mill was shut.", "There is a mill.", True),
        ("The mill was shut.", "It runs.", False),
        ("The mill was shut.", "It burned.", False),
        ("The mill was to be shut.", "It runs.", True),
        ("The mill was to be shut.", "There is a mill.", True),
        ("The mill was to be shut.", "No one mills.", False),
        ("The mill was to be shut.", "It burned.", False),
    ]
    assert {pair.kind for pair in pairs} == {"mills"}
