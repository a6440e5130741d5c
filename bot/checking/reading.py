"""A text with its numbers, dates, titles and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checking.dates import YEAR, find_dates
from bot.checking.names import Name, Vocabulary, find_names
from bot.checking.numbers import find_numbers
from bot.checking.titles import find_titles
from bot.checking.tokens import Token
from bot.checking.values import Value


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text says, as far as the checks look."""

    tokens: tuple[Token, ...]
    numbers: tuple[Value, ...]
    dates: tuple[Value, ...]
    titles: tuple[Value, ...]
    names: tuple[Name, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], vocabulary: Vocabulary, *, quoted: bool = False) -> Facts:
        """Read a text; ``quoted`` says that it is a quote."""
        dates, titles = find_dates(tokens), find_titles(tokens)
        dated = {place for date in dates for place in range(date.first, date.last + 1)}
        # The year of a date may be told alone, and so it is a number as well.
        numbers = find_numbers(tokens, {place for place in dated if not YEAR.fullmatch(tokens[place].word)})
        taken = dated | {place for value in (*numbers, *titles) for place in range(value.first, value.last + 1)}
        names = find_names(tokens, vocabulary, taken, quoted=quoted)
        return cls(tuple(tokens), tuple(numbers), tuple(dates), tuple(titles), tuple(names))

    @property
    def checked_elsewhere(self) -> frozenset[int]:
        """The tokens that have a check of their own and are no plain words."""
        spans: tuple[Value | Name, ...] = (*self.numbers, *self.dates, *self.titles, *self.names)
        return frozenset(place for span in spans for place in range(span.first, span.last + 1))
