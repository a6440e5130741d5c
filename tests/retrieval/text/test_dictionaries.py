"""Words are found in the dictionaries' text as the library that they come from finds them."""

from __future__ import annotations

import random

import pytest
from spellchecker import SpellChecker

from retrieval.text.dictionaries import DICTIONARIES, Dictionary, dictionary
from tests.tiers import EXAMPLES, PROFILE

SAMPLE = EXAMPLES[PROFILE]
NO_WORDS = ["", "zzqqxx", '"', 'a": 5', "\\", "\n", "\ud800", "{"]


@pytest.mark.parametrize("language", sorted(DICTIONARIES))
def test_it_says_what_the_library_says(language: str) -> None:
    expected = SpellChecker(language).word_frequency.dictionary
    words = random.Random(0).sample(sorted(expected), SAMPLE)
    found = dictionary(language)
    assert {word: found.frequency(word) for word in words} == {word: expected[word] for word in words}
    assert all(word in found for word in words)
    for word in [*NO_WORDS, *(word[:-1] for word in words), *(f"{word}x" for word in words)]:
        assert found.frequency(word) == expected.get(word, 0)


def test_a_word_is_found_whole_wherever_it_stands() -> None:
    found = Dictionary(b'{\n"eat": 3,\n"at": 20, "caf\xc3\xa9": 1}')
    assert [found.frequency(word) for word in ("eat", "at", "a", "caf\u00e9")] == [3, 20, 0, 1]
    assert "t" not in found
