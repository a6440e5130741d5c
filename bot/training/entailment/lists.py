"""Lists of a sentence: in another order, shorter, and with something that is not in them."""

from __future__ import annotations

import random
import re

from bot.training.entailment.roles import NO_SUBJECT
from bot.training.entailment.source_sentences import SourceSentence

ITEM = r"[\w’'-]{3,}"
LIST = re.compile(
    rf"({ITEM}(?:, {ITEM})+)(,?) and ({ITEM})(?=[.,;]| (?:in|on|at|for|of|with|by|to|from|is|are|was|were|that)\b)"
)


def other_order(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The list with two things in each other's place, or without one; what stands before the first stays."""
    match = LIST.search(sentence.text)
    if match is None:
        return None
    things: list[str] = [*match[1].split(", "), match[3]]
    first, *items = things
    if rng.random() < 0.5:
        del items[rng.randrange(len(items) - 1)]
    elif items[0] != items[-1]:
        items[0], items[-1] = items[-1], items[0]
    return _with_items(sentence.text, match, [first, *items])


def other_item(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The list with a word of a sentence beside it in place of a thing, or besides them."""
    match = LIST.search(sentence.text)
    if match is None:
        return None
    items = [*match[1].split(", "), match[3]]
    place = rng.randrange(1, len(items))
    near = [
        word
        for word in re.findall(ITEM, f"{sentence.before} {sentence.after}")
        if _is_alike(word, items[place]) and word.lower() not in sentence.text.lower() and word not in NO_SUBJECT
    ]
    if not near:
        return None
    if rng.random() < 0.6:
        items[place] = rng.choice(near)
    else:
        items.insert(place, rng.choice(near))
    return _with_items(sentence.text, match, items)


def _is_alike(one: str, other: str) -> bool:
    """Whether two words may be of one list: both names, or both plurals, or both of one ending."""
    return one[0].isupper() == other[0].isupper() and (one[0].isupper() or one[-2:] == other[-2:])


def _with_items(text: str, match: re.Match[str], items: list[str]) -> str:
    *most, last = items
    comma = match[2] if len(items) > 2 else ""
    return f"{text[: match.start()]}{', '.join(most)}{comma} and {last}{text[match.end() :]}"
