"""Which sentences say most of what a text says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray


def most_central(
    vectors: NDArray[np.float64],
    anchor: NDArray[np.float64],
    terms: Sequence[Collection[str]],
    count: int,
    *,
    first: int | None = None,
) -> list[int]:
    """The sentences that stand for all of them, best first.

    A sentence is central when it is near to all of them, near to the ``anchor``, and stands early; what repeats the
    words of those before it counts for less. The three count alike, so that nothing is tuned.

    Source of the method: MEAD (Radev, Jing, Styś and Tam 2004, "Centroid-based summarization of multiple documents"):
    centroid, position and overlap with the first sentence in equal parts, less the redundancy; here with the vectors of
    sentences in place of tf-idf.

    Args:
        vectors: The sentences' vectors in the order of the document, of unit length; (sentences, dimension).
        anchor: The vector of what they should be near to, the first sentence or a subject; (dimension,).
        terms: The terms of each sentence.
        count: How many, at most.
        first: The sentence that is taken first; the most central one where none is given.
    """
    centroid = vectors.mean(axis=0)
    to_centroid = vectors @ centroid / (np.linalg.norm(centroid) or 1.0)
    position = 1 - np.arange(len(vectors)) / len(vectors)
    scores = to_centroid / (to_centroid.max() or 1.0) + position + vectors @ anchor
    chosen = [int(scores.argmax()) if first is None else first]
    while len(chosen) < min(count, len(vectors)):
        redundancy = np.array([max(_overlap(held, terms[other]) for other in chosen) for held in terms])
        left = scores - scores.max() * redundancy
        left[chosen] = -np.inf
        chosen.append(int(left.argmax()))
    return chosen


def _overlap(one: Collection[str], other: Collection[str]) -> float:
    """How many terms two sentences share, from 0 to 1 (Dice's coefficient)."""
    both = len(one) + len(other)
    return 2 * len(set(one) & set(other)) / both if both else 0.0
