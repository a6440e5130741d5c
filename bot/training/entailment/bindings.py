"""Which value, office or deed of a sentence belongs to whom: told apart, and given to the wrong one."""

from __future__ import annotations

import random
import re

from bot.training.alterations import NAME, NUMBER, YEAR
from bot.training.entailment import clauses
from bot.training.entailment.quantities import MONTHS, WORD_NUMBER
from bot.training.entailment.roles import NO_SUBJECT
from bot.training.entailment.rule_words import ORDINALS, words_of
from bot.training.entailment.source_sentences import SourceSentence
from bot.training.entailment.substitutions import tidied

OFFICES = "|".join(
    words_of(
        "president minister chancellor king queen emperor empress pope prince princess duke duchess senator governor "
        "mayor ambassador bishop archbishop professor chairman director coach manager founder editor composer producer "
        "singer actor actress painter sculptor architect engineer physicist chemist historian author writer poet "
        "journalist philosopher economist"
    )
)
PERSON = r"[A-Z][\w’'-]+(?: (?:of |de |van |von |al-)?[A-Z][\w’'-]+)*"
AGED = re.compile(rf"({PERSON}), (?:then |aged |now )?(\d{{2}})(?=,|\.)|\b(\d{{2}})-year-old ({PERSON})")
HELD = re.compile(
    rf"\b((?:(?i:former|prime|vice|deputy) )?(?i:{OFFICES})) ((?!(?i:{OFFICES}|general)\b){PERSON})(?=[ ,.])"
)
CALLED = re.compile(
    rf"(?:\A|[a-z] )({PERSON}), ((?:the|a|an) (?!same|other|few)(?:(?!{clauses.FINITE.pattern})[^,;()])"
    r"{5,50}), (?=is|was|has|had|\w+ed )"
)
# Names whose first words may be left out: after an honour or office; and, if they are told so nearby, any.
HONOURED = re.compile(
    rf"(?:(?:Dr|Mr|Mrs|Ms|St|Prof)\.|Sir|Lady|Lord|Captain|General|Colonel|Prime Minister|Vice President|"
    rf"{OFFICES.title()}) (?=({PERSON}))"
)
ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b")
# What may be left out at the end of a sentence without saying more than it does.
TRIMMED = re.compile(
    r"\A(?!Not only|Neither|Either|If|Unless|Although|Though|While|When|Because|Since|As |After|Before)"
    r"([^,;]{20,}?),? (?:where|whereas|while|although|but|and then) (?=[^.]{10,}\.\Z)"
)
# A part of a sentence has at most so much of its words.
MOST_OF_IT = 0.9
# With these a name is none of a person: "the City of Sarn", "The Orrin Fund".
NO_SHORT = NO_SUBJECT | {"of"}
NO_PERSON = NO_SUBJECT | frozenset(MONTHS.split("|"))
# How often somebody is called by the last name alone.
SURNAME = 0.4
# Of the names of two things that are done together each does what the other does.
SHARED = re.compile(r"\b(?:and|or|both|with|between)\b")


def attributed(sentence: SourceSentence, rng: random.Random) -> str | None:
    """An age, an office or a description, told of the one it is told of."""
    found = _attributes(sentence.text)
    if not found:
        return None
    name, told = rng.choice(found)
    return _told(name, told, rng)


def misattributed(sentence: SourceSentence, rng: random.Random) -> str | None:
    """An age, an office or a description, told of another."""
    found = _attributes(sentence.text)
    if not found:
        return None
    name, told = rng.choice(found)
    others = _people(sentence.text) or _people(f"{sentence.before} {sentence.after}")
    others = [other for other in others if not set(other.split()) & set(f"{name} {told}".split())]
    return _told(rng.choice(others), told, rng) if others else None


def shorter_name(sentence: SourceSentence, rng: random.Random) -> str | None:
    """A name without the honour or the office before it, or without the first name where it is told so nearby."""
    ways = [match.span() for match in HONOURED.finditer(sentence.text) if match.start() > 0 or len(match[1]) > 3]
    near = f"{sentence.before} {sentence.after}"
    for name in re.finditer(PERSON, sentence.text):
        *first, last = name.group().split()
        if (
            1 <= len(first) <= 2
            and name.start() > 0
            and not NO_SHORT & set(first)
            and re.search(rf"(?<![A-Z][a-z’'-] )(?<!\w ){last}\b", near)
        ):
            ways.append((name.start(), name.end() - len(last)))
    if not ways:
        return None
    start, end = rng.choice(ways)
    return tidied(sentence.text[:start] + sentence.text[end:])


def other_part(sentence: SourceSentence, rng: random.Random) -> str | None:
    """A part of the sentence, with a number or name of the other part in place of its own."""
    short = shortened(sentence, rng)
    if short is None or len(short.split()) > MOST_OF_IT * len(sentence.text.split()):
        return None
    ways: list[tuple[re.Match[str], str]] = []
    for pattern in (NUMBER, WORD_NUMBER, ORDINAL, NAME):
        held = [match.group() for match in pattern.finditer(sentence.text)]
        for match in pattern.finditer(short):
            others = [
                other
                for other in held
                if other not in short
                and other.split()[0] not in NO_SUBJECT
                and match.group().split()[0] not in NO_SUBJECT
                and (pattern is not NUMBER or bool(YEAR.match(other)) == bool(YEAR.match(match.group())))
            ]
            if others:
                ways.append((match, rng.choice(others)))
    ways = [(match, other) for match, other in ways if match.re is not NAME or not SHARED.search(sentence.text)]
    if not ways:
        return None
    match, other = rng.choice(ways)
    return short[: match.start()] + other + short[match.end() :]


def trimmed(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The sentence without its last clause."""
    match = TRIMMED.match(sentence.text)
    if match is None or not clauses.FINITE.search(match.group(1)):
        return None
    return tidied(match.group(1) + ".")


def shortened(sentence: SourceSentence, rng: random.Random) -> str | None:
    """A part of the sentence that says one of its things."""
    ways = [way for make in (clauses.half, clauses.lead_moved, trimmed) if (way := make(sentence, rng))]
    return rng.choice(ways) if ways else None


def _attributes(text: str) -> list[tuple[str, str]]:
    found = [(match[1] or match[4], match[2] or match[3]) for match in AGED.finditer(text)]
    found += [(match[2], f"the {_lower(match[1])}") for match in HELD.finditer(text)]
    found += [(match[1], match[2]) for match in CALLED.finditer(text)]
    return [(name, told) for name, told in found if name.split()[0] not in NO_SUBJECT and " " in name]


def _told(name: str, told: str, rng: random.Random) -> str:
    be = rng.choice(["is", "was"])
    name = name.split()[-1] if rng.random() < SURNAME else name
    if told.isdigit():
        return f"{name} {be} {told}{rng.choice(['', ' years old'])}."
    return tidied(f"{name} {be} {told}." if rng.random() < 0.6 else f"{told[0].upper()}{told[1:]} {be} {name}.")


def _people(text: str) -> list[str]:
    return [
        match.group()
        for match in NAME.finditer(text)
        if match.group().split()[0] not in NO_PERSON and (match.start() > 0 or " " in match.group())
    ]


def _lower(words: str) -> str:
    return " ".join(word if word.isupper() else word.lower() for word in words.split())
