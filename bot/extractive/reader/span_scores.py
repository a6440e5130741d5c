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
        evidence: How likely the sentence around each word piece holds the answer; None where a reader does not say.
        answerable: How likely any sentence of the text does; None where a reader does not say.
    """

    offsets: Sequence[tuple[int, int]]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    evidence: NDArray[np.float32] | None = None
    answerable: float | None = None

    def best(self, within: Span) -> tuple[float, Span | None]:
        """The best run of words inside a part of the text, and its score: above 0, it beats having no answer.

        Args:
            within: Character offsets into the text.

        Returns:
            The score and the place; ``UNREAD`` and None when no word piece lies there.
        """
        first, last = self._held(within)
        if first >= last:
            return UNREAD, None
        sums = self._sums(first, last)
        start, end = divmod(int(sums.argmax()), last - first)
        span = Span(self.offsets[first + start][0], self.offsets[first + end][1])
        return float(sums[start, end]), span

    def share_of_best(self, within: Span) -> float:
        """How likely the best run of words inside a part of the text is the one that answers, if any run there does.

        Source of the method: the softmax over runs of words of Lee et al. 2016, "Learning Recurrent Span
        Representations for Extractive Question Answering", section 2.
        """
        first, last = self._held(within)
        if first >= last:
            return 0.0
        sums = self._sums(first, last)
        return float(1 / np.exp(sums - sums.max()).sum())

    def evidence_in(self, within: Span) -> float:
        """How likely a sentence holds the answer: the mean of its word pieces; 0 where nothing is known of it."""
        first, last = self._held(within)
        return float(self.evidence[first:last].mean()) if self.evidence is not None and first < last else 0.0

    def _sums(self, first: int, last: int) -> NDArray[np.float32]:
        """The score of every run of words from one word piece (row) to another (column); -inf where there is none."""
        sums = self.starts[first:last, None] + self.ends[None, first:last]
        size = last - first
        distance = np.arange(size)[None, :] - np.arange(size)[:, None]
        return np.where((distance >= 0) & (distance < MAX_ANSWER_TOKENS), sums, -np.inf)

    def _held(self, within: Span) -> tuple[int, int]:
        """The first word piece that lies inside a part of the text, and the one behind the last."""
        first = bisect_left(self.offsets, within.start, key=lambda offset: offset[0])
        return first, bisect_right(self.offsets, within.end, key=lambda offset: offset[1])
