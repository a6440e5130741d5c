"""What a name can be given: a number, a date, a title; and where in the text it stands."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from bot.checking.tokens import Token
from bot.checking.units import SIGNS


@dataclass(frozen=True, slots=True)
class Value:
    """A number, a date or a title in a text.

    Attributes:
        key: What is compared.
        text: The words, for people.
        first: The index of its first token.
        last: The index of its last token.
        unit: What a number counts, empty where nothing that is known does.
        is_age: Whether it is surely somebody's age.
    """

    key: Hashable
    text: str
    first: int
    last: int
    unit: str = ""
    is_age: bool = False


def words_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words from one token to another as they are written, with a sign of money or of percent."""
    written = tokens[first].text + "".join(token.before + token.text for token in tokens[first + 1 : last + 1])
    sign = tokens[first].before[-1:]
    return (sign if sign in SIGNS else "") + written + ("%" if tokens[last].after.startswith("%") else "")
