"""Made-up questions: asked of another paragraph of the same article, which holds what was taken out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training import made_up
from bot.training.made_up import make_up_examples
from bot.training.windows import Windows

# Both paragraphs tell who built the mill, when, and of what; nothing else stands in two.
FIRST = (
    "The wooden mill beside the river was built for the bakers of the valley in 1843 by the carpenter Ada Thorne. "
    "It had two wheels, four floors and a clock that never worked in all the years of its life."
)
SECOND = (
    "Ada Thorne, a carpenter from the hills, drew every wheel of the wooden mill beside the river herself. "
    "The bakers of the valley paid her for it in 1843, and she never built another one after that winter."
)
OTHER = (
    "The school opened with twenty children and one teacher, who lived upstairs with a dog and a piano. "
    "It closed when the road was moved, because nobody wanted to walk so far in the snow every morning."
)
ARTICLE = "\n".join((FIRST, OTHER, SECOND))


def asked(text: str, seed: int) -> set[tuple[str, tuple[str, ...]]]:
    return {(example.text, example.answers) for example in make_up_examples({"Mill": text}, 100, seed)}


def test_a_question_is_asked_of_another_paragraph_that_holds_its_answer() -> None:
    found = set.union(*(asked(ARTICLE, seed) for seed in range(20)))
    assert found == {(text, (answer,)) for text in (FIRST, SECOND) for answer in ("Ada Thorne", "1843")}


@given(seed=st.integers(0, 10_000))
def test_a_question_does_not_hold_its_answer(seed: int) -> None:
    for example in make_up_examples({"Mill": ARTICLE}, 100, seed):
        (answer,) = example.answers
        assert answer in example.text
        assert answer not in example.question
        assert example.question.endswith("?")
        assert not example.question[0].islower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        FIRST,  # no other paragraph
        f"{FIRST}\n{FIRST}",  # no other sentence
        f"{FIRST}\n{OTHER} Ada Thorne taught there.",  # the name, beside nothing else that is shared
        f"{FIRST}\nAda Thorne built the wooden mill beside the river for the bakers.",  # too short a paragraph
    ],
)
def test_nothing_is_made_up_where_no_other_paragraph_answers(text: str) -> None:
    assert asked(text, 0) == set()


def test_a_name_that_stands_everywhere_says_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up, "MOST_PARAGRAPHS", 1)
    assert asked(ARTICLE, 0) == set()


def test_no_more_are_made_than_asked_for_and_from_all_articles_alike() -> None:
    articles = dict.fromkeys(("One", "Two", "Three"), ARTICLE)
    for count in (3, 6):
        made = make_up_examples(articles, count, 5)
        assert sorted(example.document for example in made) == sorted([*articles] * (count // 3))


@pytest.mark.parametrize(
    ("sentence", "answer", "words"),
    [
        ("The mill was built beside the old river in 1843 by people.", "1843", {"when"}),
        ("The mill of the village had 312 steps and a very old clock.", "312", {"how many", "how much", "what number"}),
    ],
)
def test_the_question_word_fits_the_answer(sentence: str, answer: str, words: set[str]) -> None:
    place = next(match for match in made_up._places(sentence) if match.group() == answer)
    found = {made_up._question(sentence, place, random.Random(seed)) for seed in range(50)} - {None}
    assert found
    assert all(any(word in question.casefold() for word in words) for question in found if question)


def test_windows_can_be_drawn_from_them() -> None:
    windows = Windows(make_up_examples({"Mill": ARTICLE}, 100, 1), 1).epoch()
    held = {window.text[window.answer.start : window.answer.end] for window in windows if window.answer}
    assert held == {"Ada Thorne", "1843"}
