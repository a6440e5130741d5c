"""Times of day and lengths of time that several words say: "a quarter to seven", "2 hours 9 minutes", "2:06:30"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from bot.chat.verification.tokens import Token, word_at
from bot.chat.verification.values.number_words import CARDINALS
from bot.chat.verification.values.values import HALVES_OF_DAY, UNITS, Value, words_of

SECONDS = {"hour": 3600, "minute": 60, "second": 1}
QUARTERS = {("quarter", "past"): 15, ("half", "past"): 30, ("quarter", "to"): -15}
PARTS_OF_DAY = {"morning": "am", "afternoon": "pm", "evening": "pm"}
HOUR = re.compile(r"\d{1,2}")
WRITTEN = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")


def read_time(tokens: Sequence[Token], index: int) -> Value | None:
    """The time of day or the quantity with a half that begins at ``index``: "half past nine", "an hour and a half"."""
    words = [word_at(tokens, index + step) for step in range(5)]
    if (words[0], words[1]) in QUARTERS and (words[2] in CARDINALS or HOUR.fullmatch(words[2])):
        hour = CARDINALS[words[2]] if words[2] in CARDINALS else int(words[2])
        minutes = 60 * hour + QUARTERS[words[0], words[1]]
        part = PARTS_OF_DAY.get(word_at(tokens, index + 5), "") if words[3:] == ["in", "the"] else ""
        last = index + (5 if part else 2)
        written = f"{minutes // 60 or 12}:{minutes % 60:02}"
        return Value(written, words_of(tokens, index, last), index, last, part) if 1 <= hour <= 24 else None
    if words[0] in ("a", "an", "one") and words[1] in UNITS and words[2:] == ["and", "a", "half"]:
        return Value(Fraction(3, 2), words_of(tokens, index, index + 4), index, index + 4, UNITS[words[1]])
    if words[0] == "half" and words[1] in ("a", "an") and words[2] in UNITS:
        return Value(Fraction(1, 2), words_of(tokens, index, index + 2), index, index + 2, UNITS[words[2]])
    return None


def find_durations(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """The lengths of time that are told in more than one unit, in seconds and as a watch shows them."""
    told = frozenset(numbers)
    for value in join_durations(tokens, numbers):
        if value not in told and isinstance(value.key, Fraction):
            seconds = int(value.key)
            hours, minutes = seconds // 3600, seconds // 60 % 60
            yield value
            for written in (f"{hours}:{minutes:02}", f"{hours}:{minutes:02}:{seconds % 60:02}"):
                if in_seconds(Value(written, "", 0, 0)) == seconds:
                    yield Value(written, value.text, value.first, value.last)
        elif (spent := in_seconds(value)) is not None:
            yield Value(Fraction(spent), value.text, value.first, value.last, "second")


def join_durations(tokens: Sequence[Token], numbers: Sequence[Value]) -> list[Value]:
    """The numbers of a text, with "2 hours 9 minutes" as one."""
    joined: list[Value] = []
    for value in numbers:
        last = joined[-1] if joined else None
        if last is not None and _goes_on(tokens, last, value):
            seconds = Fraction((in_seconds(last) or 0) + (in_seconds(value) or 0))
            joined[-1] = Value(seconds, words_of(tokens, last.first, value.last), last.first, value.last, "second")
        else:
            joined.append(value)
    return joined


def in_seconds(value: Value) -> int | None:
    """The seconds of a length of time, or since midnight."""
    if isinstance(value.key, Fraction):
        return int(value.key * SECONDS[value.unit]) if value.unit in SECONDS else None
    match = WRITTEN.fullmatch(str(value.key))
    if match is None:
        return None
    return 3600 * hour_of_day(int(match[1]), value.unit) + 60 * int(match[2]) + int(match[3] or 0)


def hour_of_day(hour: int, unit: str) -> int:
    """The hour of a day of 24."""
    return hour % 12 + 12 * (unit == "pm") if unit in HALVES_OF_DAY else hour


def _goes_on(tokens: Sequence[Token], one: Value, other: Value) -> bool:
    """Whether two lengths of time are told as one, the longer unit first."""
    between = [token.word for token in tokens[one.last + 1 : other.first]]
    units = [UNITS.get(tokens[value.last].word, "") for value in (one, other)]
    if between not in ([], ["and"]) or not all(unit in SECONDS for unit in units):
        return False
    is_apart = tokens[one.last].after.strip(" ,") or not isinstance(other.key, Fraction)
    return not is_apart and SECONDS[units[0]] > SECONDS[units[1]]
