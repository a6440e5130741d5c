"""Sentences made up whole, for what real ones seldom say: ``templates.toml`` has them, and what follows of each."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.training.entailment.pairs import Pair, PairLabel
from bot.training.entailment.source_sentences import SourceSentence

TEMPLATES = "templates"
FILE = Path(__file__).with_suffix(".toml")
LABELS = {"true": PairLabel.ENTAILMENT, "false": PairLabel.NOT_ENTAILED}
# How often people are called by one name, and how often they are not people but places.
ONE_NAME, PLACES_ACT = 0.4, 0.3
# How often words of real sentences fill a slot, and how often one stands beside what is made up.
FROM_REAL, AROUND = 0.6, 0.4
REAL = {
    "things": re.compile(r"\b([Tt]he [a-z]{3,}[^s\s,.]) (?:is|was|has|had) "),
    "happenings": re.compile(r"\A(The [a-z]+(?: [a-z]+)? (?:was|were|had been|\w{3,}ed) (?:[a-z]+ ?){1,5})\.\Z"),
    "claims": re.compile(r"\b(?:claimed|argued|believed|reported|said|showed|suggested) that (the [^,.;]{15,60})\.\Z"),
}
NUMBERS, YEARS = range(12, 96), range(1790, 2024)
# Slots that may begin a sentence have a form with a capital, too.
BEGINNING = ("x", "y", "z", "e", "f", "s", "t", "g", "o", "claim", "ben")


def real_words(sentences: Iterable[SourceSentence]) -> dict[str, list[str]]:
    """What real sentences call things, what happens in them, and what is claimed, to fill slots with."""
    found: dict[str, dict[str, None]] = {name: {} for name in REAL}
    for sentence in sentences:
        for name, pattern in REAL.items():
            for match in pattern.finditer(sentence.text):
                words = match[1]
                found[name][words[0].lower() + words[1:] if words.startswith("The ") else words] = None
    return {name: list(words) for name, words in found.items()}


def template_pairs(seed: str, most: int, sentences: Sequence[SourceSentence] = ()) -> list[Pair]:
    """Pairs of every template, as many true ones as false ones; the same for the same seed.

    Args:
        seed: Where the drawing starts.
        most: How many of each label a template makes.
        sentences: Real ones, for more words and to stand around what is made up.
    """
    real = real_words(sentences)
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    pairs: list[Pair] = []
    for template in _templates()["templates"]:
        for name, label in LABELS.items():
            for _ in range(most):
                slots = _slots(rng, real)
                premise, statement = (_begun(rng.choice(template[key]).format(**slots)) for key in ("said", name))
                if sentences and rng.random() < AROUND:
                    parts = [premise, rng.choice(sentences).text]
                    premise = " ".join(parts[:: rng.choice([1, -1])])
                pairs.append(Pair(premise, statement, label, TEMPLATES, template["kind"]))
    return list(dict.fromkeys(pairs))


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _slots(rng: random.Random, real: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A filling of every slot."""
    words: dict[str, list[str]] = _templates()["words"]
    pairs: dict[str, list[list[str]]] = _templates()["pairs"]

    def draw(name: str, count: int) -> list[str]:
        is_real = len(real.get(name, ())) >= count and rng.random() < FROM_REAL
        return rng.sample(real[name] if is_real else words[name], count)

    def turned(name: str) -> list[str]:
        return rng.choice(pairs[name])[:: rng.choice([1, -1])]

    people = [f"{first} {last}" for first, last in zip(draw("first", 2), draw("last", 2), strict=True)]
    if rng.random() < ONE_NAME:
        people = draw("places" if rng.random() < PLACES_ACT else "last", 2)
    slots = dict(zip("ab", people, strict=True))
    for names, kind in (
        (("x", "y", "z"), "things"), (("p", "q", "r", "r2"), "places"), (("e", "f"), "events"),
        (("s", "t"), "happenings"), (("g1", "g2", "g3", "g4"), "goods"), (("c2",), "last"),
    ):  # fmt: skip
        slots |= dict(zip(names, draw(kind, len(names)), strict=True))
    slots["do"], slots["did"] = rng.choice(pairs["deeds"])
    slots["n"], slots["m"] = map(str, sorted(rng.sample(NUMBERS, 2)))
    slots["year"], slots["later"] = map(str, sorted(rng.sample(YEARS, 2)))
    slots["more"], slots["less"] = turned("degrees")
    slots["most"] = slots["more"].removesuffix("r") + "st"
    slots["q1"], slots["q2"] = turned("qualities")
    slots["unit"], slots["unit2"] = turned("units")
    slots["o"], slots["o0"] = draw("offices", 2)
    slots["o1"], slots["o2"] = draw("ordinals", 2)
    for slot, kind in (
        ("g", "groups"), ("claim", "claims"), ("c", "changed"), ("ben", "benefits"), ("if_", "conditions"),
        ("way", "doings"), ("site", "sites"), ("day", "days"), ("hour", "hours"),
    ):  # fmt: skip
        (slots[slot],) = draw(kind, 1)
    return slots | {_begun(slot): _begun(slots[slot]) for slot in BEGINNING}


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]
