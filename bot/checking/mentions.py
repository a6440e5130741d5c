"""Where a text mentions whom: by name, or by a pronoun in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checking.names import Name
from bot.checking.reading import Facts
from bot.checking.tokens import Token, listed, word_at

RELATIVES = frozenset({"who", "whose", "whom", "which"})
PRONOUNS = listed("he she his her him himself herself they their them")
PERSONAL = listed("he she his her him himself herself")
CONJUNCTIONS = listed("and or but while whereas although though when after before because since that if until")
# "in Almaty", "at the airport of Almaty": a place where something happens, which takes no numbers from others.
WITHIN_PLACES = frozenset({"the", "of", "city", "town", "south", "north", "east", "west", "nearby"})
PLACES_AFTER = listed("in at near into inside outside throughout across around within over from")


@dataclass(frozen=True, slots=True)
class NameMention:
    """Where a name, or a pronoun in its place, stands; no words where one cannot tell whom a pronoun means."""

    words: frozenset[str]
    text: str
    first: int
    last: int
    is_place: bool = False


def find_mentions(reading: Facts) -> list[NameMention]:
    """The names of a text, and the pronouns that stand for them."""
    tokens = reading.tokens
    named = [_mention(tokens, name) for name in reading.names]
    found = list(named)
    for index, token in enumerate(tokens):
        before = [mention for mention in named if mention.last < index]
        if not before:
            if token.word in PERSONAL:
                found.append(NameMention(frozenset(), token.text, index, index))
            continue
        if token.word in RELATIVES and index - before[-1].last <= 2:
            found.append(NameMention(before[-1].words, before[-1].text, index, index))
        elif token.word in PRONOUNS:
            meant = _antecedent(tokens, index, before, personal=token.word in PERSONAL, reading=reading)
            if meant is not None:
                found.append(NameMention(meant.words, meant.text, index, index))
    return found


def _mention(tokens: Sequence[Token], name: Name) -> NameMention:
    place = name.first - 1
    while word_at(tokens, place) in WITHIN_PLACES:
        place -= 1
    is_place = word_at(tokens, place) in PLACES_AFTER and not tokens[name.last].possessive
    return NameMention(frozenset(name.words), name.text, name.first, name.last, is_place)


def _antecedent(
    tokens: Sequence[Token], index: int, before: Sequence[NameMention], *, personal: bool, reading: Facts
) -> NameMention | None:
    """The name that a pronoun stands for, a mention without words where it may be several, or None for none."""
    countries = {name.first for name in reading.names if name.is_country}
    acronyms = {name.first for name in reading.names if tokens[name.first].is_acronym}
    able = [
        mention
        for mention in before
        if not mention.is_place and not (personal and mention.first in countries | acronyms)
    ]
    if not able:
        return None
    latest = able[-1]
    if not any(_is_border(token) for token in tokens[latest.last + 1 : index + 1]):
        return latest
    if len({mention.words for mention in able}) == 1:
        return latest
    return NameMention(frozenset(), tokens[index].text, index, index)


def _is_border(token: Token) -> bool:
    """Whether another clause may begin with this token."""
    return bool(token.before.strip(" -'")) or token.word in CONJUNCTIONS
