"""Sentences made up whole, for what real ones seldom say, and what follows of each.

``templates.toml`` has frames, which say one thing and are filled with many words. Each file of ``passages`` has short
passages of one field, which say several things that can be confused; some have names and numbers to fill in. Twins are
two passages that differ in little: what is true of the one is false of the other, so that no wording tells which.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.training.entailment.pairs import Pair, PairLabel
from bot.training.entailment.source_sentences import SourceSentence

TEMPLATES, PASSAGES, TWINS = "templates", "passages", "twins"
FILE = Path(__file__).with_suffix(".toml")
PASSAGE_FILES = sorted(Path(__file__).with_name(PASSAGES).glob("*.toml"))
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
BEGINNING = ("x", "y", "z", "e", "f", "s", "t", "g", "g1", "a", "o", "claim", "ben")


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
    drawing = _Drawing(seed, sentences)
    pairs = [
        drawing.pair(template, key, drawing.rng.choice(template[key]), TEMPLATES, template["kind"])
        for template in _templates()["templates"]
        for key in LABELS
        for _ in range(most)
    ]
    return list(dict.fromkeys(pairs))


def passage_pairs(seed: str, times: float, sentences: Sequence[SourceSentence] = ()) -> list[Pair]:
    """Pairs of every statement on every passage; the same for the same seed.

    Args:
        seed: Where the drawing starts.
        times: How often each statement is filled in, on average; where there is nothing to fill in, it may be there
            once.
        sentences: As for ``template_pairs``.
    """
    drawing = _Drawing(seed, sentences)
    pairs = [
        drawing.pair(passage, key, statement, PASSAGES, field)
        for field, passage in _passages()
        for key in LABELS
        for statement in passage[key]
        for _ in range(int(times) + (drawing.rng.random() < times % 1))
    ]
    return list(dict.fromkeys(pairs))


class _Drawing:
    """Fills slots, and puts real sentences around."""

    def __init__(self, seed: str, sentences: Sequence[SourceSentence]) -> None:
        self.rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
        self._sentences, self._real = sentences, real_words(sentences)

    def pair(self, made: Mapping[str, Any], key: str, statement: str, source: str, kind: str) -> Pair:
        """One statement, true or false as its key says, on one wording of what is made up."""
        slots = _slots(self.rng, self._real)
        premise, hypothesis = (_begun(text.format(**slots)) for text in (self.rng.choice(made["said"]), statement))
        if self._sentences and self.rng.random() < AROUND:
            parts = [premise, self.rng.choice(self._sentences).text]
            premise = " ".join(parts[:: self.rng.choice([1, -1])])
        return Pair(premise, hypothesis, LABELS[key], source, kind)


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _passages() -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """Each passage, with the field of its file."""
    for path in PASSAGE_FILES:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        for passage in written.get(PASSAGES, []):
            yield path.stem, passage
        for twins in written.get(TWINS, []):
            for said, of_it, of_other in (("said", "of_said", "of_twin"), ("twin", "of_twin", "of_said")):
                true, false = twins[of_it] + twins.get("of_both", []), twins[of_other] + twins.get("of_none", [])
                yield path.stem, {"said": [twins[said]], "true": true, "false": false}


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
