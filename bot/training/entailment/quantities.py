"""Numbers of a sentence: changed and moved, or written another way."""

from __future__ import annotations

import random
import re

from bot.training.alterations import NUMBER, YEAR
from bot.training.entailment.rule_words import IN_DIGITS, IN_WORDS

# A number that names something else than a count: a page, a version, a part of a date or of a range.
NAMED = re.compile(
    r"(?:[Pp]age|[Cc]hapter|[Ss]ection|[Vv]ersion|[Nn]o\.|[Nn]umber|[Rr]oute|[A-Z]{2,}|[#–-]|(?<=.)\b[A-Z]\w*)\s?\Z"
)
JOINED = re.compile(r"(?:\s?[^\s,]+)?\s*(?:and|or|to|–|-|,|by|x|×)\s*")
WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(sorted(IN_DIGITS, key=len, reverse=True))})\b(?!-)", re.IGNORECASE)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
BESIDE_MONTH = re.compile(rf"(?:{MONTHS})\s\Z")
BEFORE_MONTH = re.compile(rf"(?:st|nd|rd|th)?\s(?:{MONTHS})")
NOT_COUNTED_AFTER = re.compile(
    r"\s?(?:%|per ?cent|million|billion|trillion|km|kg|°|cm|mm|mi\b|st\b|nd\b|rd\b|th\b|s\b|-|:|/)"
)
SHARE = re.compile(r"\b(\d+) (?:out )?of (?:the |its |their )?(\d+) (?=[a-z]+s\b)")
MILLIONS = re.compile(r"\b(\d+)(?:\.(\d))? million\b")


def with_other_number(text: str, rng: random.Random) -> str | None:
    """The text with one number that is another: near it, ten times it, or with two digits turned."""
    found = list(NUMBER.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    plain = match.group().replace(",", "")
    if "." in plain:
        other = f"{float(plain) * rng.choice([0.1, 0.5, 1.2, 2, 10]):.1f}"
    else:
        value = int(plain)
        if YEAR.match(plain):
            other = str(value + rng.choice([-100, -20, -10, -3, -2, -1, 1, 2, 3, 10, 20, 100]))
        else:
            changed = rng.choice([value + 1, max(0, value - 1), value * 10, value * 2, value + 10, int(plain[::-1])])
            other = f"{changed:,}" if "," in match.group() else str(changed)
    return _put(text, match, other) if other not in text else None


def with_other_word_number(text: str, rng: random.Random) -> str | None:
    """The text with one number in words that is another."""
    found = list(WORD_NUMBER.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    value = IN_DIGITS[match.group().lower()]
    other = IN_WORDS[max(2, min(99, value + rng.choice([-2, -1, 1, 2, 10])))]
    return _put(text, match, _cased(other, match.group())) if other != match.group().lower() else None


def with_moved_numbers(text: str, rng: random.Random) -> str | None:
    """The text with two numbers of one kind in each other's place, unless they are said of one thing."""
    found = list(NUMBER.finditer(text))
    pairs = [
        (one, other)
        for one in found
        for other in found
        if one.end() < other.start()
        and one.group() != other.group()
        and bool(YEAR.match(one.group())) == bool(YEAR.match(other.group()))
        and not JOINED.fullmatch(text[one.end() : other.start()])
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    between = text[one.end() : other.start()]
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def with_written_out(text: str, rng: random.Random) -> str | None:
    """The text with one small number in words."""
    found = [
        match
        for match in NUMBER.finditer(text)
        if match.group().isdigit()
        and 2 <= int(match.group()) <= 99
        and not NAMED.search(text[: match.start()])
        and not BESIDE_MONTH.search(text[: match.start()])
        and not BEFORE_MONTH.match(text[match.end() :])
        and not NOT_COUNTED_AFTER.match(text[match.end() :])
    ]
    if not found:
        return None
    match = rng.choice(found)
    word = IN_WORDS[int(match.group())]
    return _put(text, match, word.capitalize() if match.start() == 0 else word)


def with_digits(text: str, rng: random.Random) -> str | None:
    """The text with one number in words as digits, or the digits of a large one written otherwise."""
    found = list(WORD_NUMBER.finditer(text))
    millions = list(MILLIONS.finditer(text))
    commas = [match for match in NUMBER.finditer(text) if "," in match.group()]
    ways = [way for way in (found, millions, commas) if way]
    if not ways:
        return None
    way = rng.choice(ways)
    match = rng.choice(way)
    if way is found:
        return _put(text, match, str(IN_DIGITS[match.group().lower()]))
    if way is millions:
        return _put(text, match, f"{match.group(1)},{match.group(2) or 0}00,000")
    return _put(text, match, match.group().replace(",", ""))


def with_share_written_out(text: str, rng: random.Random) -> str | None:
    """A share as "17 of the 52 passengers" with its first number in words."""
    match = SHARE.search(text)
    if match is None or not 2 <= int(match.group(1)) <= 99:
        return None
    word = IN_WORDS[int(match.group(1))]
    word = word.capitalize() if match.start() == 0 else word
    return _put(text, match, f"{word} of {rng.choice(['', 'the '])}{match.group(2)} ")


def _put(text: str, match: re.Match[str], instead: str) -> str:
    return text[: match.start()] + instead + text[match.end() :]


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
