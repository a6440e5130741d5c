from __future__ import annotations

import pytest

from bot.extractive.selection.false_premise import has_false_premise


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Why did Tokayev resign?",
            "It was led by Nursultan Nazarbayev, who resigned in 2019 to pass the Tokayev's hand.",
        ),
        ("When did president Ada Thorne leave the village?", "In 1871 Marek Vale left for Brenn."),
        ("Where did Ada Thorne leave it?", "Ada's friend, Marek Vale, finally left it there."),
        ("What does Orrin sell?", "Velden sells cheese, and so do Brenn and Skarn."),
    ],
)
def test_a_deed_of_somebody_else_is_noticed(question: str, sentence: str) -> None:
    assert has_false_premise(question, [sentence]) == ("leave" not in question)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", ""),
        ("Why did Nazarbayev resign?", "It was led by Nursultan Nazarbayev, who resigned in 2019."),
        ("When did Edward return?", "When Edward the Confessor returned in 1041, he brought a friend."),
        ("Why did Beyonce perform there?", "Beyoncé performed there because it rained."),
        ("Who resigned?", "Marek Vale resigned."),
        ("Why did Ada resign?", "She resigned because it rained."),  # whoever she is
        ("Why did Ada resign?", "Marek Vale resigned when Ada resigned."),
        ("Why did the miller resign?", "Marek Vale resigned."),  # he may be the miller
        ("When was Orrin founded?", "Velden founded a market."),
        ("Why does Orrin's mill stand?", "Velden mill works."),
        ("Where does Orrin's export go?", "Velden exports cheese."),
    ],
)
def test_nothing_else_is(question: str, sentence: str) -> None:
    assert not has_false_premise(question, [sentence])


def test_one_sentence_that_tells_it_of_the_name_is_enough() -> None:
    question, others = "Why did Ada Thorne resign?", ["Marek Vale resigned.", "Snow fell."]
    assert has_false_premise(question, others)
    assert not has_false_premise(question, [*others, "In 1871 Thorne resigned."])
    assert not has_false_premise(question, ["Snow fell."])


@pytest.mark.parametrize(
    "sentence",
    [
        "The seat had been held by 81-year-old Marek Vale for three years.",
        "It was held by 81-year-old former miller Marek Vale.",
        "Marek Vale, 81, left the village.",
        "Marek Vale (81) left Ada Thorne's village.",
    ],
)
@pytest.mark.parametrize("question", ["How old is Ada Thorne?", "how old was ada thorne when Marek Vale left"])
def test_an_age_beside_another_name_is_noticed(question: str, sentence: str) -> None:
    asks_of_both = "Vale" in question
    assert has_false_premise(question, [sentence, "Ada Thorne resigned in 1871."]) == (not asks_of_both)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old is Marek Vale?", "81-year-old Vale left the village."),
        ("How old is Ada Thorne?", "81-year-old Marek Vale left, and Ada Thorne is 68."),
        ("How old is Ada Thorne?", "81-year-old Marek Vale left when she was 68 years old."),
        ("How old is Ada Thorne?", "Marek Vale, 81, and Thorne, 68, left."),
        ("How old is Ada Thorne?", "81-year-old Marek Vale was there when Thorne was born."),
        ("How old is Ada Thorne?", "An 81-year-old woman left the village."),
        ("How old is Thorne?", "Ada Thorne, an 81-year-old miller from Skarn, left."),
        ("How old is Thorne?", "They saw Thorne, an 81-year-old Zeelandic miller, leave."),
        ("How old is Marek's friend?", "Marek Vale, 81, left the village."),
        ("How old is someone?", "Marek Vale, 81, left the village."),
        ("How old is the miller?", "Marek Vale, 81, left the village."),
        ("How old is she?", "Marek Vale, 81, left the village."),
        ("How old do you have to be?", "Marek Vale, 81, left the village."),
        ("How old is Ada Thorne?", "Thorne left the village."),
    ],
)
def test_an_age_that_may_be_of_the_name_is_left_alone(question: str, sentence: str) -> None:
    assert not has_false_premise(question, [sentence])
