"""What the reader says about one text: a score for every run of its words, and one for silence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval import Span

# An answer of more word pieces than this is no answer but a sentence.
MAX_ANSWER_TOKENS = 32
# What a place scores that the reader did not get to see.
UNREAD = -20.0


@dataclass(frozen=True, slots=True)
class SpanScores:
    """Scores for one text, in logits.

    Attributes:
        offsets: Where each word piece stands in the text; they ascend.
        starts: How well an answer begins at each word piece, less how well it begins nowhere.
        ends: The same for where it ends.
    """

    offsets: Sequence[tuple[int, int]]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]

    def best(self, within: Span) -> tuple[float, Span | None]:
        """The best run of words inside a part of the text, and its score: above 0, it beats having no answer.

        Args:
            within: Character offsets into the text.

        Returns:
            The score and the place; ``UNREAD`` and None when no word piece lies there.
        """
        first = bisect_left(self.offsets, within.start, key=lambda offset: offset[0])
        last = bisect_right(self.offsets, within.end, key=lambda offset: offset[1])
        if first >= last:
            return UNREAD, None
        sums = self.starts[first:last, None] + self.ends[None, first:last]
        size = last - first
        distance = np.arange(size)[None, :] - np.arange(size)[:, None]
        sums = np.where((distance >= 0) & (distance < MAX_ANSWER_TOKENS), sums, -np.inf)
        start, end = divmod(int(sums.argmax()), size)
        span = Span(self.offsets[first + start][0], self.offsets[first + end][1])
        return float(sums[start, end]), span
