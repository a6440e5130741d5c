"""The words of a run with the blanks that people see between them.

Letters that are set apart, as headlines have them, look like words of one letter. They are joined where the run has
nothing else, or where it has gaps of two kinds that are far from each other, of which the wide ones are the blanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from retrieval.loaders.pdf.characters import Word

# Gaps between letters that are set apart, and between the words that they make, in sizes of the letters.
NARROW, WIDE = 0.24, 0.45
MIN_LETTERS, MEAN_LETTERS = 3, 3.5
EVEN = 2.5


def spaced(words: Sequence[Word]) -> str:
    """The text of the words of one run."""
    gaps = [(after.x0 - before.x1) / after.size for before, after in pairwise(words)]
    between = _blanks(words, gaps)
    return words[0].text + "".join(
        (" " if blank else "") + word.text for blank, word in zip(between, words[1:], strict=True)
    )


def _blanks(words: Sequence[Word], gaps: Sequence[float]) -> list[bool]:
    """Whether there is a blank in each gap."""
    if len(words) < MIN_LETTERS or any(word.is_right_to_left for word in words):
        return [True] * len(gaps)
    if _are_letters(words) and max(gaps) < min(EVEN * max(min(gaps), 0.05), WIDE):
        return [False] * len(gaps)
    wide = sum(gap >= WIDE for gap in gaps)
    short = sum(len(word.text) for word in words) <= MEAN_LETTERS * len(words)
    if short and 1 < wide < len(gaps) <= 8 * wide and all(gap <= NARROW or gap >= WIDE for gap in gaps):
        return [gap >= WIDE for gap in gaps]
    return [True] * len(gaps)


def _are_letters(words: Sequence[Word]) -> bool:
    """Whether they are capitals that stand alone, or a few together where the layout happens to hold them so."""
    letters = [word.text.rstrip(":.,") for word in words]
    return all(one.isupper() for one in letters) and 2 * sum(len(one) == 1 for one in letters) > len(letters)
