"""Any text that a person may have meant can be asked, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import QuestionError, check_question
from retrieval.text.question_rules import MAX_QUESTION_CHARACTERS

ANY_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=50)


@given(ANY_TEXT, st.characters(categories=["L", "N", "P"], exclude_characters="\u115f\u1160\u3164\uffa0"), ANY_TEXT)
def test_any_text_without_controls_can_be_asked_that_can_be_seen(before: str, seen: str, after: str) -> None:
    check_question(before + seen + after)
    check_question(f"\t{before}{seen}{after}\r\n")


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\t\r\n ", "\u00a0", "\u3000\u2028", "\u200b", "\u2800 \u3164", "\u200e"]
)
def test_a_blank_question_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(QuestionError, match=r"empty; write what you want to know\.$"):
        check_question(text)


def test_the_longest_question_is_accepted_and_one_character_more_is_not() -> None:
    check_question("x" * MAX_QUESTION_CHARACTERS)
    with pytest.raises(QuestionError, match=r"4,001 characters, and at most 4,000"):
        check_question("x" * (MAX_QUESTION_CHARACTERS + 1))


@given(st.characters(categories=["Cc"]).filter(lambda c: c not in "\t\n\r"), st.sampled_from(["{}a", "a{}b", "a{}"]))
def test_a_control_character_is_named_and_refused_wherever_it_stands(character: str, frame: str) -> None:
    with pytest.raises(QuestionError) as caught:
        check_question("why " + frame.format(character))
    assert f"U+{ord(character):04X}" in str(caught.value)
    assert all(unicodedata.category(c) != "Cc" for c in str(caught.value))


@given(st.characters(categories=["Cs"]))
def test_half_a_character_is_refused_in_a_sentence_that_can_be_printed(character: str) -> None:
    with pytest.raises(QuestionError, match="not valid Unicode") as caught:
        check_question(f"why {character}")
    str(caught.value).encode("utf-8")
