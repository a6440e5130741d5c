"""Two rankings -> one: the min-max-normalised sum."""

from __future__ import annotations

from collections.abc import Sequence


def fuse(dense: Sequence[float], keyword: Sequence[float]) -> list[float]:
    """The mean of both score lists, each first stretched to [0, 1] over the candidates.

    It ranks the right passage first more often than either side alone or reciprocal-rank fusion does
    (docs/measurements.md has the figures). A list of equal scores says nothing and counts 0.

    Args:
        dense: Cosines, one a candidate.
        keyword: BM25 scores of the same candidates.
    """
    return [(a + b) / 2 for a, b in zip(_stretch(dense), _stretch(keyword), strict=True)]


def _stretch(scores: Sequence[float]) -> list[float]:
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    if high <= low:
        return [0.0] * len(scores)
    return [(score - low) / (high - low) for score in scores]
