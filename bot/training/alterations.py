"""Answerable questions changed a little, so that their text no longer answers them.

Source of the kinds: what the writers of SQuAD 2.0's unanswerable questions did (Rajpurkar et al. 2018, table 1):
another name or number, an opposite, a negation; and two that people ask of each other's texts: another deed or
property of the same kind ("arrested" for "injured"), and another question word ("where" for "when").
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.extractive.selection.antonyms import PAIRS

NAME = re.compile(r"\b[A-Z][\w’'-]*[a-z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]+)*")
NUMBER = re.compile(r"(?<![\w.,–-])\d+(?:,\d+)*(?:\.\d+)?(?![\w])")
YEAR = re.compile(r"\A1\d{3}\Z|\A20\d\d\Z")
AUXILIARY = re.compile(r"\b(did|does|do|was|were|is|are|has|have|had|can|could|would|will|should)\b(?!['’])")
OPPOSITES = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
# Deeds, roles, and properties of one kind: what a text says of one of them answers no question about another.
SIBLINGS = tuple(
    tuple(group.split())
    for group in (
        "killed injured arrested rescued released missing evacuated", "founded closed renamed sold demolished moved",
        "born married educated buried divorced", "wrote directed produced translated composed painted",
        "president governor mayor minister chairman secretary treasurer", "captain coach owner manager referee",
        "height weight length width depth age speed price cost colour", "population area climate religion language",
        "cause cost duration purpose origin effect", "damage range price weight bonus", "fee deadline age address",
        "married divorced widowed engaged", "discovered invented patented named", "arrive depart stop",
        "apply cancel renew appeal transfer", "employees students members visitors shareholders",
        "breakfast lunch dinner", "brother sister father mother wife husband cousin", "monday friday sunday",
        "eat drink smoke sleep", "voted protested marched resigned", "exported imported produced consumed",
    )
)  # fmt: skip
SIBLINGS_OF = {word: [other for other in group if other != word] for group in SIBLINGS for word in group}
# A question word, and what a text holds that answers it; a text without any does not.
ASKED = {
    "when": re.compile(
        r"\d|\b(?:ago|today|yesterday|tomorrow|day|week|month|year|century|decade|morning|evening|night|during|after|before"
        r"|when|while|until|since|once|later|earlier|spring|summer|autumn|winter|january|february|march|april|may|june"
        r"|july|august|september|october|november|december|\w+day)s?\b",
        re.IGNORECASE,
    ),
    "why": re.compile(
        r"\b(?:because|since|as|due|so|thus|hence|therefore|reason|to|for|cause|result|led|lead|owing|after)\w*\b",
        re.IGNORECASE,
    ),
    "where": re.compile(
        r"(?<![.?!] )(?<!\A)\b[A-Z]|\b(?:in|at|on|near|from|to|into|where|outside|inside|across|behind|through)\b"
    ),
}
QUESTION_WORD = re.compile(
    r"\A(?:when|why|where)\b(?=\s+(?:do|does|did|was|were|is|are|has|have|had|can|will)\b)", re.IGNORECASE
)
KINDS = ("name", "number", "opposite", "sibling", "asked", "negation")
ODDS = (5, 3, 5, 5, 5, 1)


@dataclass(frozen=True, slots=True)
class Names:
    """The names and numbers of a document, which take the place of others."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """Collect them; a word that opens a sentence is no name for that."""
        names: set[str] = set()
        numbers: set[str] = set()
        for text in texts:
            names |= {
                match.group() for match in NAME.finditer(text) if match.start() and text[match.start() - 2] not in ".?!"
            }
            numbers |= set(NUMBER.findall(text))
        return cls(tuple(sorted(names)), tuple(sorted(numbers)))


def alter_question(question: str, text: str, names: Names, rng: random.Random) -> str | None:
    """A question much like this one that ``text`` does not answer; None when none could be made.

    Nothing proves that the text does not answer it, but it seldom does.
    """
    kinds = list(KINDS)
    while kinds:
        kind = rng.choices(kinds, [ODDS[KINDS.index(each)] for each in kinds])[0]
        altered = _alter(kind, question, text, names, rng)
        if altered is not None:
            return altered
        kinds.remove(kind)
    return None


def _alter(kind: str, question: str, text: str, names: Names, rng: random.Random) -> str | None:
    if kind == "name":
        found = [match for match in NAME.finditer(question) if match.start() > 0]
        others = [name for name in names.names if name not in question]
        near = [name for name in others if name in text]  # a name that the text does hold makes a harder question
        pool = near if near and rng.random() < 0.5 else others
        return _replace(question, found, rng.choice(pool), rng) if found and pool else None
    if kind == "number":
        found = list(NUMBER.finditer(question))
        if not found:
            return None
        chosen = rng.choice(found)
        year = bool(YEAR.match(chosen.group()))
        pool = [n for n in names.numbers if n not in question and bool(YEAR.match(n)) == year]
        if year and (not pool or rng.random() < 0.5):
            pool = [str(int(chosen.group()) + rng.choice([-20, -10, -3, -2, -1, 1, 2, 3, 10, 20]))]
        return _replace(question, [chosen], rng.choice(pool), rng) if pool else None
    if kind == "opposite":
        found = [match for match in re.finditer(r"[A-Za-z]+", question) if match.group().lower() in OPPOSITES]
        if not found:
            return None
        chosen = rng.choice(found)
        return _replace(question, [chosen], OPPOSITES[chosen.group().lower()], rng)
    if kind == "sibling":
        found = [match for match in re.finditer(r"[A-Za-z]+", question) if match.group().lower() in SIBLINGS_OF]
        if not found:
            return None
        chosen = rng.choice(found)
        pool = [word for word in SIBLINGS_OF[chosen.group().lower()] if word not in text.lower()]
        return _replace(question, [chosen], rng.choice(pool), rng) if pool else None
    if kind == "asked":
        found = list(QUESTION_WORD.finditer(question))
        pool = [word for word, answers in ASKED.items() if not answers.search(text)]
        pool = [word for word in pool if not found or word != found[0].group().lower()]
        return _replace(question, found, rng.choice(pool).capitalize(), rng) if found and pool else None
    found = list(AUXILIARY.finditer(question))
    if not found:
        return None
    word = found[0].group()
    negated = {"can": "can't", "will": "won't"}.get(word, f"{word}n't")
    return _replace(question, found[:1], negated, rng)


def _replace(question: str, places: list[re.Match[str]], words: str, rng: random.Random) -> str:
    place = rng.choice(places)
    return question[: place.start()] + words + question[place.end() :]
