from __future__ import annotations

import pytest

from bot.chat.verification import check_statement

FERRY = "The old ferry carried forty sheep and two carts across the river every morning until the flood of 1911."
MILL = "The miller's daughter kept the accounts of the village for thirty years and never made a mistake."
QUOTES = [FERRY, MILL]


@pytest.mark.parametrize(
    "statement",
    [
        "The old ferry carried forty goats and two carts across the river every morning.",
        "The old ferry secretly carried forty sheep and two carts across the river every morning.",
        "The miller's daughter kept the accounts of the castle for thirty years.",
    ],
)
def test_a_copy_with_a_word_changed_is_not_supported(statement: str) -> None:
    assert "copies" in check_statement(statement, QUOTES, "What did the ferry carry?").reason


@pytest.mark.parametrize(
    "statement",
    [
        "The old ferry carried forty sheep and kept the accounts of the village for thirty years.",
        "The miller's daughter kept the accounts across the river every morning until the flood of 1911.",
    ],
)
def test_halves_of_two_sentences_are_not_supported(statement: str) -> None:
    assert not check_statement(statement, QUOTES, "").passed


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The old ferry carried forty sheep and two carts across the river every morning.", FERRY),
        ("The miller's daughter kept the accounts of the village and never made a mistake.", MILL),
    ],
)
def test_a_shortened_copy_is_supported(statement: str, quote: str) -> None:
    assert check_statement(statement, [quote], "").passed
