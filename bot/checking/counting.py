"""Whether each number of a statement belongs, in a quote, to what the statement counts with it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.checking.dates import YEAR
from bot.checking.distances import Distances
from bot.checking.number_words import ORDINAL
from bot.checking.numbers import is_held
from bot.checking.reading import Facts
from bot.checking.tokens import Token, listed, word_at
from bot.checking.values import Value
from bot.checking.words import content_stem

# "317 officers were injured": what is told of a number ends at most so many words after it.
MOST_WORDS = 6
WORDS_BEFORE = 3
# After these comes where or when, which many numbers share: "forty sheep across the river".
ENDING = listed("and across after along around at before between by during for from in into near on over to until with")


def first_miscounted(statement: Facts, quotes: Sequence[Facts]) -> tuple[str, str] | None:
    """The first number whose last word stands nearer to another number in every quote that holds both; and the word."""
    for number in statement.numbers:
        if not _counts(statement, number) or _is_share(statement, number):
            continue
        for told in (_told_after(statement, number), _told_before(statement, number)):
            if told is not None and not _belongs_somewhere(number, content_stem(told), quotes):
                return number.text, told.text
    return None


def _belongs_somewhere(number: Value, word: str, quotes: Sequence[Facts]) -> bool:
    """Whether a quote gives the number to the word, or no quote holds both."""
    verdicts = [
        _belongs(Distances(quote), number, word)
        for quote in quotes
        if any(content_stem(token) == word for token in quote.tokens)
        and any(is_held(number, held) for held in quote.numbers)
    ]
    return any(verdicts) or not verdicts


def _told_after(statement: Facts, number: Value) -> Token | None:
    """The last word with a meaning of its own in what is told of a number."""
    taken = statement.checked_elsewhere
    told = None
    for index in range(number.last + 1, min(number.last + 1 + MOST_WORDS, len(statement.tokens))):
        token = statement.tokens[index]
        if (
            token.before.strip()
            or token.word in ENDING
            or (index in taken and told is not None)
            or _is_number(statement, index)
        ):
            break
        if index not in taken and content_stem(token):
            told = token
    return told


def _told_before(statement: Facts, number: Value) -> Token | None:
    """The last word with a meaning of its own right before a number."""
    taken = statement.checked_elsewhere
    for index in range(number.first - 1, max(number.first - 1 - WORDS_BEFORE, -1), -1):
        token = statement.tokens[index]
        if statement.tokens[index + 1].before.strip() or token.word == "and" or index in taken:
            return None
        if content_stem(token):
            return token
    return None


def _is_share(reading: Facts, number: Value) -> bool:
    """Whether a number is the whole of which another one is told: "three of 60"."""
    return word_at(reading.tokens, number.first - 1) == "of" and _is_number(reading, number.first - 2)


def _is_number(reading: Facts, index: int) -> bool:
    return any(number.first <= index <= number.last for number in reading.numbers)


def _counts(reading: Facts, number: Value) -> bool:
    """Whether a number counts something, which years and ordinals do not."""
    written = reading.tokens[number.first].word
    return isinstance(number.key, Fraction) and number.unit != ORDINAL and not YEAR.fullmatch(written)


def _belongs(quote: Distances, number: Value, word: str) -> bool:
    """Whether some place of ``word`` has no other number nearer to it."""
    reading = quote.reading
    own = [held for held in reading.numbers if is_held(number, held)]
    others = [held for held in reading.numbers if held not in own and _counts(reading, held)]
    for index, token in enumerate(reading.tokens):
        if content_stem(token) != word:
            continue
        nearest = min(quote.to_word(held, index) for held in own)
        if all(nearest <= quote.to_word(held, index) for held in others):
            return True
    return False
