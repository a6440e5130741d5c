"""Numbers and dates, read out of text and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.verification.tokens import tokenize
from bot.chat.verification.values import dates, numbers


def holds(quote: str, statement: str) -> bool:
    held = numbers.find_numbers(tokenize(quote))
    (number,) = numbers.find_numbers(tokenize(statement))
    return any(numbers.is_held(number, other) for other in held)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eight", "8"), ("1,500", "1500"), ("1\u00a0500", "1500"), ("eight thousand", "8,000"), ("8 thousand", "8000"),
        ("twenty-one", "21"), ("two hundred", "200"), ("two hundred and five", "205"), ("a dozen", "12"),
        ("two million three hundred thousand", "2.3 million"), ("$7 million", "$7,000,000"),
        ("$7m", "7 million dollars"),
        ("€7bn", "7 billion euros"), ("7%", "7 percent"), ("7 %", "seven per cent"), ("third", "3rd"),
        ("twenty-first", "21st"), ("half", "1/2"), ("½", "0.5"), ("٨١", "81"), ("0,5", "0.5"), ("7 km", "7 kilometres"),
        ("81-year-old", "81 years old"), ("40 megawatts", "40 MW"), ("40 MWh", "40 megawatt hours"),
        ("5 percentage points", "five percentage points"), ("1990s", "1990s"), ("9 p.m.", "9 pm"), ("10:30", "10:30"),
        ("-5 degrees", "-5 degrees"), ("thousands", "thousands"),
    ],
)  # fmt: skip
def test_the_same_number_in_two_ways(one: str, other: str) -> None:
    assert holds(f"It was {one} then.", f"It was {other} then.")
    assert holds(f"It was {other} then.", f"It was {one} then.")


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        ("$7 billion", "$7 million"), ("7 euros", "$7"), ("7", "7%"), ("7%", "7"), ("three", "third"),
        ("third", "three"),
        ("1990s", "1990"), ("1990", "1990s"), ("10²", "102"), ("5 days", "5 hours"), ("9 am", "9 pm"), ("1,500", "1.5"),
        ("eighty", "eight"), ("eight thousand", "8"), ("thousands", "1000"), ("no one", "1"), ("-5", "5"), ("3½", "31"),
        ("seven", "$7"), ("40 megawatts", "40 megawatt hours"), ("5 percentage points", "5 percent"),
        ("14 million litres", "14 million gallons"), ("10:30", "10"),
    ],
)  # fmt: skip
def test_another_number(quote: str, statement: str) -> None:
    assert not holds(f"It was {quote} then.", f"It was {statement} then.")


@given(st.integers(0, 10**15))
def test_thousands_may_be_set_apart(number: int) -> None:
    assert holds(str(number), f"{number:,}")
    assert not holds(str(number), f"{number + 1:,}")


def date_holds(quote: str, statement: str) -> bool:
    held = dates.find_dates(tokenize(quote))
    (date,) = dates.find_dates(tokenize(statement))
    return any(dates.is_held(date, other) for other in held)


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        ("Jan. 5", "5 January"), ("January 5th", "the 5th of January"), ("5 January 2022", "Jan 5, 2022"),
        ("2022-01-05", "5 January 2022"), ("5 January 2022", "January 2022"), ("5 January 2022", "January"),
        ("the fifth of May", "5 May"), ("the twenty-first of May", "May 21"), ("on Sundays", "on Sunday"),
    ],
)  # fmt: skip
def test_a_date_agrees_in_every_part_that_is_named(quote: str, statement: str) -> None:
    assert date_holds(quote, statement)


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        ("5 January", "6 January"), ("5 January", "5 June"), ("5 January", "5 January 2022"),
        ("in 2022", "January 2022"),
        ("5 January 2022", "5 January 2021"), ("Sunday", "Monday"), ("They may go", "in May"),
    ],
)  # fmt: skip
def test_another_date(quote: str, statement: str) -> None:
    assert not date_holds(quote, statement)
