"""Sentences made up whole, for what real ones seldom say: ``templates.toml`` has them, and what follows of each."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.training.entailment.pairs import Pair, PairLabel

TEMPLATES = "templates"
FILE = Path(__file__).with_suffix(".toml")
LABELS = {"true": PairLabel.ENTAILMENT, "false": PairLabel.NOT_ENTAILED}
# How often people are called by one name, and how often they are not people but places.
ONE_NAME, PLACES_ACT = 0.4, 0.3
NUMBERS, YEARS = range(12, 96), range(1790, 2024)
# Slots that may begin a sentence have a form with a capital, too.
BEGINNING = ("x", "y", "e", "f", "s", "t", "g", "o", "claim", "ben")


def template_pairs(seed: str, most: int) -> list[Pair]:
    """Pairs of every template, as many true ones as false ones; the same for the same seed.

    Args:
        seed: Where the drawing starts.
        most: How many of each label a template makes.
    """
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    pairs: list[Pair] = []
    for template in _templates()["templates"]:
        for name, label in LABELS.items():
            for _ in range(most):
                slots = _slots(rng)
                premise, statement = (_begun(rng.choice(template[key]).format(**slots)) for key in ("said", name))
                pairs.append(Pair(premise, statement, label, TEMPLATES, template["kind"]))
    return list(dict.fromkeys(pairs))


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _slots(rng: random.Random) -> dict[str, str]:
    """A filling of every slot."""
    words: dict[str, list[str]] = _templates()["words"]
    pairs: dict[str, list[list[str]]] = _templates()["pairs"]

    def two(name: str) -> list[str]:
        return rng.sample(words[name], 2)

    def turned(name: str) -> list[str]:
        return rng.choice(pairs[name])[:: rng.choice([1, -1])]

    people = [f"{first} {last}" for first, last in zip(two("first"), two("last"), strict=True)]
    if rng.random() < ONE_NAME:
        people = two("places" if rng.random() < PLACES_ACT else "last")
    slots = dict(zip("ab", people, strict=True))
    for names, kind in (("xy", "things"), ("pq", "places"), ("ef", "events"), ("st", "happenings")):
        slots |= dict(zip(names, two(kind), strict=True))
    slots["do"], slots["did"] = rng.choice(pairs["deeds"])
    slots["n"], slots["m"] = map(str, sorted(rng.sample(NUMBERS, 2)))
    slots["year"], slots["later"] = map(str, sorted(rng.sample(YEARS, 2)))
    slots["more"], slots["less"] = turned("degrees")
    slots["most"] = slots["more"].removesuffix("r") + "st"
    slots["q1"], slots["q2"] = turned("qualities")
    slots["unit"], slots["unit2"] = turned("units")
    slots["o"], slots["o0"] = two("offices")
    slots["o1"], slots["o2"] = two("ordinals")
    for slot, kind in (
        ("g", "groups"), ("claim", "claims"), ("c", "changed"), ("ben", "benefits"), ("if_", "conditions"),
        ("way", "doings"), ("site", "sites"), ("day", "days"), ("hour", "hours"),
    ):  # fmt: skip
        slots[slot] = rng.choice(words[kind])
    return slots | {_begun(slot): _begun(slots[slot]) for slot in BEGINNING}


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]
