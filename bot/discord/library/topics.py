"""Questions grouped by meaning, each group with the one that says best what it is about; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]

# Groups whose questions are this similar on average become one. Measured with the bundled model on made groups of
# questions: of 62 in English, 100 of 100 pairs that it joins belong together, and it joins 89 of 100 that do; of 30 in
# Italian, which the model does not know, 87 and 54.
SIMILARITY = 0.55
# More questions are not compared: what is asked most comes first.
MOST_QUESTIONS = 500


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of questions, as positions in what was given: the central one, and all of them."""

    central: int
    members: tuple[int, ...]


def group_by_meaning(vectors: Sequence[Sequence[float]], similarity: float = SIMILARITY) -> list[Topic]:
    """Group questions, as long as two groups are similar on average.

    Source of the method: agglomerative clustering with average linkage (UPGMA; Sokal and Michener, 1958).

    Args:
        vectors: The meaning of each question.
        similarity: From which cosine on two groups are one.
    """
    if not vectors:
        return []
    alike = _cosines(np.asarray(vectors, dtype=np.float64))
    return [_topic(members, alike) for members in _merged(alike, similarity)]


def _merged(alike: Matrix, similarity: float) -> list[list[int]]:
    """The groups, in the order of their first questions."""
    between = alike.copy()
    np.fill_diagonal(between, -np.inf)
    groups: dict[int, list[int]] = {index: [index] for index in range(len(alike))}
    while len(groups) > 1:
        one, other = sorted(divmod(int(between.argmax()), len(alike)))
        if between[one, other] < similarity:
            break
        sizes = len(groups[one]), len(groups[other])
        joined = (between[one] * sizes[0] + between[other] * sizes[1]) / sum(sizes)
        between[one], between[:, one] = joined, joined
        between[one, one] = -np.inf
        between[other], between[:, other] = -np.inf, -np.inf
        groups[one] += groups.pop(other)
    return [sorted(members) for members in groups.values()]


def _topic(members: list[int], alike: Matrix) -> Topic:
    """The group with the question that is most like the others."""
    nearness = alike[np.ix_(members, members)].sum(axis=1)
    return Topic(members[int(nearness.argmax())], tuple(members))


def _cosines(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(lengths == 0, 1, lengths)
    cosines: Matrix = unit @ unit.T
    return cosines
