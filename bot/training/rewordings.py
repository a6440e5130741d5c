"""Questions worded as people type them: in haste, politely, in keywords, with slips.

The sets' questions are written with care, and people's are not. Nothing here changes what is asked.
"""

from __future__ import annotations

import random
import re

OPENINGS = (
    "hey, ", "hi, ", "hello! ", "so ", "ok so ", "um, ", "quick question: ", "question: ", "i was wondering, ",
    "just wondering: ", "does anyone know ", "anyone know ", "do you know ", "can you tell me ", "can someone tell me ",
    "please tell me ", "pls tell me ", "i'd like to know ", "i want to know ", "not sure, but ", "remind me, ",
)  # fmt: skip
CLOSINGS = (" please", " pls", " thanks", " thx", " anyone?", " btw", "??", " again?", "...")
SHORTENED = (
    (r"\bwhat is\b", ("what's", "whats")),
    (r"\bwho is\b", ("who's", "whos")),
    (r"\bwhere is\b", ("where's", "wheres")),
    (r"\bhow is\b", ("how's", "hows")),
    (r"\bit is\b", ("it's", "its")),
    (r"\b(do|does|did|is|are|was|were|has|have|would|should|could) not\b", (r"\1n't", r"\1nt")),
    (r"\bcannot\b", ("can't", "cant")),
    (r"\b(?:in|on|at|during|from|to) (?=(?:what|which|whom)\b)", ("",)),
    (r"\b(what|which) (was|is|were|are) the name of\b", ("who \\2", "what \\2")),
    (r"\bapproximately\b|\broughly\b", ("about", "around")),
    (r"\bbecause\b", ("cause", "cuz", "bc")),
    (r"\bpeople\b", ("ppl",)),
    (r"\byou\b", ("u",)),
    (r"\band\b", ("n", "&")),
)
# What a search by keywords leaves out.
FILLING = re.compile(
    r"\b(?:what|which|who|is|are|was|were|the|a|an|of|do|does|did|it|that|there|to|in|on|by|for|be|has|have|had)\b\s*",
    re.IGNORECASE,
)
LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
# How often each is done; several come together.
OPENED, CLOSED, LOWERED, UNMARKED, SHORTENED_ODDS, IN_KEYWORDS, SLIPPED = 0.3, 0.12, 0.6, 0.5, 0.35, 0.08, 0.3


def reword_question(question: str, rng: random.Random) -> str:
    """The question as somebody might type it who does not look twice."""
    worded = question
    if rng.random() < LOWERED:
        worded = worded.lower()
    if rng.random() < IN_KEYWORDS:
        worded = FILLING.sub("", worded).strip() or worded
    for pattern, shorter in SHORTENED:
        if rng.random() < SHORTENED_ODDS:
            worded = re.sub(pattern, rng.choice(shorter), worded, flags=re.IGNORECASE)
    if rng.random() < SLIPPED:
        worded = _slip(worded, rng)
    if rng.random() < UNMARKED:
        worded = worded.rstrip("?. ")
    if rng.random() < OPENED:
        worded = rng.choice(OPENINGS) + worded[:1].lower() + worded[1:]
    if rng.random() < CLOSED:
        worded = worded.rstrip("?. ") + rng.choice(CLOSINGS)
    return worded.strip() or question


def _slip(question: str, rng: random.Random) -> str:
    """One word with a letter left out, doubled, or in the wrong place; names keep theirs."""
    words = list(LONG_WORD.finditer(question))
    if not words:
        return question
    word = rng.choice(words)
    at = word.start() + rng.randint(1, len(word.group()) - 2)
    one, other = question[at], question[at + 1]
    wrong = rng.choice((other, one + one + other, other + one))
    return question[:at] + wrong + question[at + 2 :]
