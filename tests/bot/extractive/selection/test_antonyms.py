from __future__ import annotations

import pytest

from bot.extractive.selection.antonyms import PAIRS, holds_antonym


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who lost the match?", "Orrin won the match."),
        ("WHO LOST THE MATCH?", "Orrin Won the match."),
        ("Which visits are legal?", "Such visits are illegal."),
        ("Which visits are illegal?", "Such visits are legal."),
        ("Who wrote metrical music?", "He wrote ametrical music."),
        ("What is not included?", "Breakfast is excluded."),
    ],
)
def test_an_opposite_in_place_of_a_word_turns_it_round(question: str, sentence: str) -> None:
    assert holds_antonym(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", ""),
        ("Who lost the match?", "Orrin lost the match, and Velden won it."),  # it has the word as well
        ("When did they come?", "Their income was small."),
        ("Who won?", "The mill burned."),
    ],
)
def test_anything_else_does_not(question: str, sentence: str) -> None:
    assert not holds_antonym(question, sentence)


def test_each_pair_is_two_words_and_stands_once() -> None:
    assert len({frozenset(pair) for pair in PAIRS}) == len(PAIRS)
    assert all(len(set(pair)) == 2 for pair in PAIRS)
