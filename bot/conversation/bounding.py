"""How much of a conversation is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from bot.types import Turn

MAX_TURNS = 5
MAX_TOKENS = 1_000
CHARACTERS_A_TOKEN = 4


def bound_history(history: Sequence[Turn], turns: int = MAX_TURNS, tokens: int = MAX_TOKENS) -> tuple[Turn, ...]:
    """The newest turns that fit, oldest first.

    Tokens are estimated, because each chat model counts its own: one for four characters of ASCII, which is what
    English comes to, and one for every other character, which is what the dearest scripts come to. Of the newest turn
    the answer is cut where it does not fit; an older turn is whole or left out, and so is all before it.

    Args:
        history: The turns, oldest first.
        turns: At most so many.
        tokens: At most so many in all of them together.
    """
    kept: list[Turn] = []
    left = tokens
    for turn in reversed(history[-turns:] if turns > 0 else ()):
        left -= _tokens(turn.question)
        if left < 0:
            break
        if _tokens(turn.answer) > left:
            if not kept:
                kept.append(Turn(turn.question, _cut(turn.answer, left)))
            break
        left -= _tokens(turn.answer)
        kept.append(turn)
    return tuple(reversed(kept))


def _tokens(text: str) -> int:
    ascii_characters = sum(character.isascii() for character in text)
    return -(-ascii_characters // CHARACTERS_A_TOKEN) + len(text) - ascii_characters


def _cut(text: str, tokens: int) -> str:
    """The longest beginning that fits."""
    left = CHARACTERS_A_TOKEN * tokens
    for end, character in enumerate(text):
        left -= 1 if character.isascii() else CHARACTERS_A_TOKEN
        if left < 0:
            return text[:end]
    return text
