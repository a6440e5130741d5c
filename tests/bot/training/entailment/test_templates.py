"""Sentences that are made up whole."""

from __future__ import annotations

import re
from collections import Counter

from bot.training.entailment.pairs import PairLabel
from bot.training.entailment.source_sentences import SourceSentence
from bot.training.entailment.templates import real_words, template_pairs


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
