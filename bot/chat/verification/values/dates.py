"""The dates of a text: "5 January 2022", "Jan. 5", "the 5th of January", "2022-01-05", "on Sunday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.verification.tokens import Token, word_at
from bot.chat.verification.values.number_words import ORDINAL, read_words
from bot.chat.verification.values.numbers import ORDINAL_ENDINGS
from bot.chat.verification.values.values import Value, words_of

_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = (
    {month: number for number, month in enumerate(_MONTH_NAMES.split(), 1)}
    | {month[:3]: number for number, month in enumerate(_MONTH_NAMES.split(), 1)}
    | {"sept": 9}
)
# These are other words, too, where they are not capitalised or nothing of a date stands beside them.
AMBIGUOUS = frozenset({"march", "may", "mar", "jan", "dec"})
DAYS = {
    form: day
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for form in (day, day + "s")
}
# Days with names of their own: the month and the day.
NAMED_DAYS = {"christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
              "new year day": (1, 1), "new year eve": (12, 31)}  # fmt: skip
TODAY = "today"
RELATIVE = frozenset({"yesterday", "today", "tomorrow", "tonight"})
DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
YEAR = re.compile(r"1\d{3}|20\d\d")
# Between the ends of a range.
DASHES = ("-", "–", "—", " - ", " – ")
FIGURES = re.compile(rf"({DAY.pattern})\.(0?[1-9]|1[0-2])\.({YEAR.pattern})")


@dataclass(frozen=True, slots=True)
class Date:
    """The parts of a date that a text names."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: str | None = None


def find_dates(tokens: Sequence[Token]) -> list[Value]:
    """The dates of a text, in order. A year alone is a number."""
    found: list[Value] = []
    for index, token in enumerate(tokens):
        if found and index <= found[-1].last:
            continue
        if (named := _named_day(tokens, index)) is not None:
            date, first, last = named
        elif token.word in DAYS or token.word in RELATIVE:
            date, first, last = Date(weekday=DAYS.get(token.word, token.word)), index, index
        elif token.word in MONTHS and (token.is_capitalised or token.word not in AMBIGUOUS):
            date, first, last = _around_month(tokens, index, found[-1].last + 1 if found else 0)
            if token.word in AMBIGUOUS and token.opens and date.day is None and date.year is None:
                continue
        elif (figures := _in_figures(token.word)) is not None:
            date, first, last = figures, index, index
        elif (iso := _iso(tokens, index)) is not None:
            date, first, last = iso, index, index + 2
        else:
            continue
        if date.day is not None and date.month is not None:
            earliest = found[-1].last + 1 if found else 0
            one, other, first, last = _range_of(tokens, date, first, last, earliest)
            found += [Value(one, words_of(tokens, first, last), first, last)] if one is not None else []
            date = other
        found.append(Value(date, words_of(tokens, first, last), first, last))
    return found


def _range_of(
    tokens: Sequence[Token], date: Date, first: int, last: int, earliest: int
) -> tuple[Date | None, Date, int, int]:
    """The first day and the last one of days of one month, and the first and the last token of both."""
    day = word_at(tokens, first - 2) if word_at(tokens, first - 1) in ("to", "and", "until") else ""
    start = first - 2
    if not day and tokens[first].before in DASHES:
        day, start = word_at(tokens, first - 1), first - 1
    if start >= earliest and DAY.fullmatch(day) and date.day is not None and int(day) < date.day:
        return replace(date, day=int(day)), date, start, last
    if tokens[last].after in DASHES or word_at(tokens, last + 1) in ("to", "and", "until"):
        end = last + 1 if tokens[last].after in DASHES else last + 2
        if DAY.fullmatch(word_at(tokens, end)) and date.day is not None and int(tokens[end].word) > date.day:
            if word_at(tokens, end + 1) in MONTHS:  # "January 5 to 7 February"
                return None, date, first, last
            year, ends = date.year, end
            if _is_near(tokens, end) and YEAR.fullmatch(word_at(tokens, end + 1)):
                year, ends = int(tokens[end + 1].word), end + 1
            one = replace(date, year=year)
            return one, replace(one, day=int(tokens[end].word)), first, ends
    return None, date, first, last


def is_held(date: Value, held: Value) -> bool:
    """Whether ``held``, of a quote, agrees with every part that the date ``date`` of a statement names."""
    if not isinstance(date.key, Date) or not isinstance(held.key, Date):
        return False
    asked, said = date.key, held.key
    return all(
        part is None or part == its
        for part, its in (
            (asked.year, said.year), (asked.month, said.month), (asked.day, said.day), (asked.weekday, said.weekday),
        )
    )  # fmt: skip


def parts_of(date: Value) -> list[Value]:
    """The year, the day of a month and the day of the week that a date names, each alone."""
    if not isinstance(date.key, Date):
        return []
    whole = date.key
    parts = (Date(year=whole.year), Date(month=whole.month, day=whole.day), Date(weekday=whole.weekday))
    return [replace(date, key=part) for part in parts if part != Date()]


def _named_day(tokens: Sequence[Token], index: int) -> tuple[Date, int, int] | None:
    """The day with a name of its own that begins at ``index``: "Christmas Day 1943"."""
    for length in (2, 3):
        name = " ".join(token.word for token in tokens[index : index + length])
        if name in NAMED_DAYS:
            last = index + length - 1
            year = word_at(tokens, last + 1) if _is_near(tokens, last) else ""
            has_year = YEAR.fullmatch(year) is not None
            return Date(int(year) if has_year else None, *NAMED_DAYS[name]), index, last + has_year
    return None


def _around_month(tokens: Sequence[Token], index: int, earliest: int) -> tuple[Date, int, int]:
    """The date around the month at ``index``, its first and its last token."""
    month, first, last = MONTHS[tokens[index].word], index, index
    day, start = _day_before(tokens, index, earliest)
    if day is not None:
        first = start
    else:
        day, last = _day_after(tokens, index)
    year = None
    if _is_near(tokens, last) and YEAR.fullmatch(word_at(tokens, last + 1)):
        year, last = int(tokens[last + 1].word), last + 1
    return Date(year, month, day), first, last


def _day_before(tokens: Sequence[Token], index: int, earliest: int) -> tuple[int | None, int]:
    place = index - 1
    if word_at(tokens, place) == "of":
        place -= 1
    end = place
    if word_at(tokens, place) in ORDINAL_ENDINGS and tokens[place].before == "":
        place -= 1
    if place >= earliest and DAY.fullmatch(word_at(tokens, place)) and not tokens[end].after.strip(" .,"):
        return int(tokens[place].word), place
    for start in (end - 1, end):  # "twenty-first", "fifth"
        in_words = read_words(tokens, start) if start >= earliest else None
        if in_words is not None and in_words[1] == end and in_words[2] == ORDINAL and in_words[0] <= 31:
            return int(in_words[0]), start
    return None, index


def _day_after(tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    place = index + 1
    if not _is_near(tokens, index):
        return None, index
    if word_at(tokens, place) == "the":
        place += 1
    if DAY.fullmatch(word_at(tokens, place)):
        has_ending = word_at(tokens, place + 1) in ORDINAL_ENDINGS and tokens[place + 1].before == ""
        return int(tokens[place].word), place + has_ending
    in_words = read_words(tokens, place) if place < len(tokens) else None
    if in_words is not None and in_words[2] == ORDINAL and in_words[0] <= 31:
        return int(in_words[0]), in_words[1]
    return None, index


def _is_near(tokens: Sequence[Token], index: int) -> bool:
    """Whether the next token may belong to the same date."""
    return tokens[index].after.strip() in ("", ",", ".")


def _in_figures(word: str) -> Date | None:
    """A date as "14.05.1987"; with strokes one cannot tell the day from the month."""
    match = FIGURES.fullmatch(word)
    return Date(int(match[3]), int(match[2]), int(match[1])) if match and int(match[2]) <= 12 else None


def _iso(tokens: Sequence[Token], index: int) -> Date | None:
    year, month, day = (word_at(tokens, place) for place in (index, index + 1, index + 2))
    if not (YEAR.fullmatch(year) and DAY.fullmatch(month) and int(month) <= 12 and DAY.fullmatch(day)):
        return None
    if tokens[index].after != "-" or tokens[index + 1].after != "-":
        return None
    return Date(int(year), int(month), int(day))
