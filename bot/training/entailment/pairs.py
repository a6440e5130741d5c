"""Pairs of a text and a statement, and the public sets of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from bot.training.mixture import is_kept

NLI_SETS = "nli"
SETS = ("conjnli_adv", "esnli", "fever_sub", "mnli", "mnli_sub")
# Sets that tell what follows from what does not, and no more: FEVER's has no third class, and the other was changed by
# a machine that did not know whether the text denies what it had made.
TWO_CLASSES = ("conjnli_adv", "fever_sub")
# Longer statements are refused before any network sees them, and longer texts are cut.
MOST_WORDS = 120
TREEBANK = (
    ("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("-LCB-", "{"), ("-RCB-", "}"),
    ("``", '"'), ("''", '"'), (" --", " –"),
)  # fmt: skip
NO_BLANK_BEFORE = re.compile(r"\s+(?=[,.;:!?%)\]}]|n't\b|'(?:s|re|ve|ll|d|m)?\b)")
NO_BLANK_AFTER = re.compile(r"(?<=[(\[{$£€])\s+")


class PairLabel(IntEnum):
    """What a text says of a statement; the first three are the classes of the network, in their order."""

    ENTAILMENT = 0
    NEUTRAL = 1
    CONTRADICTION = 2
    NOT_ENTAILED = 3  # one of the two before, and nobody says which


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and a statement.

    Attributes:
        premise: What is known to be said.
        hypothesis: The statement.
        label: Whether it follows.
        source: The set, or "made".
        kind: What was done to make it; the set once more where nothing was.
    """

    premise: str
    hypothesis: str
    label: PairLabel
    source: str
    kind: str


def read_pairs(data: Path, *, kept: bool = False, without: str | None = None) -> list[Pair]:
    """The pairs of the public sets.

    Args:
        data: The folder that holds ``nli/``.
        kept: Those of the premises that are kept for calibration, instead of those to learn from.
        without: A set that is left out.

    Raises:
        OSError: If a file cannot be read.
        ValueError: If a file is no such set, or there is none called ``without``.
    """
    if without is not None and without not in SETS:
        raise ValueError(f"There is no set {without}; there are {', '.join(SETS)}.")
    return [
        pair
        for name in SETS
        if name != without
        for pair in read_set(data / NLI_SETS / f"{name}.jsonl")
        if is_kept(pair.premise) == kept
    ]


def read_set(path: Path) -> list[Pair]:
    """The pairs of one set, whose name decides what its labels mean. Raises as ``read_pairs`` does."""
    pairs: dict[Pair, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        label = PairLabel[row["label"].upper()]
        if path.stem in TWO_CLASSES and label is not PairLabel.ENTAILMENT:
            label = PairLabel.NOT_ENTAILED
        hypothesis = without_tokens(row["hypothesis"])
        if 0 < len(hypothesis.split()) <= MOST_WORDS:
            pairs[Pair(without_tokens(row["premise"]), hypothesis, label, path.stem, path.stem)] = None
    return list(pairs)


def without_tokens(text: str) -> str:
    """A text whose words were set apart for a parser, as people write it."""
    for mark, sign in TREEBANK:
        text = text.replace(mark, sign)
    return " ".join(NO_BLANK_AFTER.sub("", NO_BLANK_BEFORE.sub("", text)).split())
