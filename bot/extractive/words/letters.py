"""The runs of letters of a text: what two forms of one word still share where no stemmer knows the language."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.extractive.words.word_tables import without_accents
from retrieval.text.chunking import UNSPACED

# A word without spaces in it, or a stretch of a script that has none between its words.
WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
LENGTH, UNSPACED_LENGTH = 4, 2
# A question's passages and their sentences, with those beside them.
TEXTS_REMEMBERED = 512


@lru_cache(TEXTS_REMEMBERED)
def letter_runs(text: str) -> frozenset[str]:
    """All runs of four letters inside the words of ``text``, borders counted, or of two where no spaces are written.

    Source of the method: character n-grams for languages with many word forms (McNamee and Mayfield 2004, "Character
    n-gram tokenization for European language text retrieval").
    """
    runs: set[str] = set()
    for word in WORD.findall(without_accents(text)):
        unspaced = UNSPACED_LETTER.match(word)
        letters, length = (word, UNSPACED_LENGTH) if unspaced else (f" {word} ", LENGTH)
        runs.update(letters[i : i + length] for i in range(max(1, len(letters) - length + 1)))
    return frozenset(runs)


def rarity(wanted: frozenset[str], texts: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """How rare each run is among ``texts``: its inverse document frequency, above 0, as that of terms."""
    counts = Counter(run for held in texts for run in held & wanted)
    return {run: math.log(1 + (len(texts) - counts[run] + 0.5) / (counts[run] + 0.5)) for run in wanted}
