"""Whether the names of a statement stand in its quotes, and its words of one name together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.checking.demonyms import country_of, is_of_country
from bot.checking.names import PARTICLES, is_function_word
from bot.checking.reading import Facts
from bot.checking.tokens import Token

# The words of one name stand at most so far apart: "Vale, Marek" and "Bank of the North".
MOST_APART = 3


def first_missing(statement: Facts, quotes: Sequence[Facts]) -> str | None:
    """The first name, or word of a name, that the quotes lack."""
    held = {word for quote in quotes for word in _held_words(quote.tokens)}
    spelled = {initials for quote in quotes for initials in _initials(quote.tokens)}
    for name in statement.names:
        for word in name.words:
            if word not in held and word.upper() not in spelled:
                return next(
                    (
                        token.text
                        for token in statement.tokens[name.first : name.last + 1]
                        if country_of(token.word) == word
                    ),
                    name.text,
                )
    return None


def first_mixed(statement: Facts, quotes: Sequence[Facts]) -> str | None:
    """The first name whose words the quotes hold, but not together: "Askar Nazarbayev" of Askar Mamin."""
    for name in statement.names:
        for one, other in pairwise(name.words):
            if is_of_country(one) or is_of_country(other) or one.isdigit() or other.isdigit():
                continue
            if not any(_stand_together(one, other, quote) for quote in quotes):
                return name.text
    return None


def _held_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.is_acronym or not is_function_word(token):
            yield country_of(token.word)


def _initials(tokens: Sequence[Token]) -> Iterator[str]:
    """The first letters of each row of capitalised words, from each of them on: "CSTO"."""
    row = ""
    for token in (*tokens, None):
        breaks = token is None or bool(token.before.strip(" -"))
        if row and (token is None or breaks or not (token.is_capitalised or token.word in PARTICLES)):
            yield from (row[start:] for start in range(len(row) - 1))
            row = ""
        if token is not None and token.is_capitalised:
            row += token.text[0].upper()


def _stand_together(one: str, other: str, quote: Facts) -> bool:
    if any(one in name.words and other in name.words for name in quote.names):
        return True
    ones, others = (
        [place for place, token in enumerate(quote.tokens) if country_of(token.word) == word] for word in (one, other)
    )
    return any(abs(here - there) <= MOST_APART for here in ones for there in others)
