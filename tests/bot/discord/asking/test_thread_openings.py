"""The question of a post: its title and its words, or those of many words that ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.asking.thread_openings import LONGEST_WHOLE, post_asks, post_question, says_something

STORY = "I have been here for a while and I like it. " * 12


@pytest.mark.parametrize(
    ("title", "body", "question"),
    [
        ("Who raised the mill?", "", "Who raised the mill?"),
        ("Who raised the mill?", "Thanks!", "Who raised the mill?"),
        ("Who raised it?", "can you help here?", "Who raised it?"),
        ("The mill", "Hi all! Who raised it?", "The mill: Who raised it?"),
        ("Il mulino", "Ciao, chi lo ha costruito?", "Il mulino: chi lo ha costruito?"),
        ("How does it work?", "I cannot log in.", "How does it work? I cannot log in."),
        ("Help!", "Who raised the mill?", "Who raised the mill?"),
        ("I need some help please", "Who raised the mill?", "Who raised the mill?"),
        ("Ho una domanda", "Chi ha costruito il mulino?", "Chi ha costruito il mulino?"),
        ("Who raised the mill?", "I looked everywhere.", "Who raised the mill?"),
        ("Who raised the mill?", "Does anybody know who raised the mill?", "Who raised the mill?"),
        ("Who raised the mill?", "And how tall is the tower?", "Who raised the mill? And how tall is the tower?"),
        ("Windows", "How do I change the port?", "Windows: How do I change the port?"),
        ("The mill is closed", "It was closed today.", "The mill is closed: It was closed today."),
        ("Aiuto", "Chi ha costruito il mulino?", "Chi ha costruito il mulino?"),
        ("Question", "Who raised the mill?", "Who raised the mill?"),
        ("Who raised the mill", "Who raised the mill, and when?", "Who raised the mill, and when?"),
        ("Who raised the…", "Who raised the mill?", "Who raised the mill?"),
        (
            "The mill",
            STORY + "Who raised it? " + STORY + "And when was it?",
            "The mill: Who raised it? And when was it?",
        ),
    ],
)
def test_a_post_asks_what_its_title_and_its_words_ask(title: str, body: str, question: str) -> None:
    assert post_question(title, body) == question


def test_a_post_without_a_question_asks_nothing() -> None:
    assert post_asks("The mill", "Who raised it?")
    assert post_asks("chi ha costruito il mulino", "")
    assert not post_asks("News", "The mill is open again. We are glad.")
    assert not post_asks("Hello", "how are you?")


def test_a_title_of_one_word_or_a_greeting_says_nothing() -> None:
    assert [title for title in ("Help!", "mill", "hi all", "The mill") if says_something(title)] == ["The mill"]


@given(st.text(max_size=100), st.text(max_size=4000))
def test_a_question_is_never_much_longer_than_its_title(title: str, body: str) -> None:
    assert len(post_question(title, body)) <= len(title) + LONGEST_WHOLE + 2
