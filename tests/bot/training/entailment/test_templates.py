"""Sentences that are made up whole."""

from __future__ import annotations

import re
from collections import Counter

from bot.training.entailment.pairs import PairLabel
from bot.training.entailment.source_sentences import SourceSentence
from bot.training.entailment.templates import passage_pairs, real_words, template_pairs


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


def test_every_passage_has_true_and_false_statements_with_nothing_left_to_fill() -> None:
    pairs = passage_pairs("1", 1)
    assert passage_pairs("1", 1) == pairs
    labels: dict[tuple[str, str], set[PairLabel]] = {}
    for pair in pairs:
        labels.setdefault((pair.premise, pair.hypothesis), set()).add(pair.label)
        for text in (pair.premise, pair.hypothesis):
            assert not re.search(r"[{}]|\A[a-z]| {2}|\A\s|\s\Z", text), text
    assert [pair for pair, both in labels.items() if len(both) > 1] == []
    shares = Counter(pair.label for pair in pairs)
    assert 0.4 < shares[PairLabel.ENTAILMENT] / len(pairs) < 0.6, shares


def test_twins_turn_what_is_true_into_what_is_false() -> None:
    labels: dict[str, set[PairLabel]] = {}
    for pair in passage_pairs("1", 1):
        labels.setdefault(pair.hypothesis, set()).add(pair.label)
    both = [statement for statement, found in labels.items() if len(found) == 2]
    assert len(both) > 1000


def test_names_are_filled_in_alike_in_passage_and_statement() -> None:
    once, often = passage_pairs("2", 1), passage_pairs("2", 3)
    assert len(set(often)) == len(often) > len(once)
