"""The best run of words is the best, by trying all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extractive.reader import SpanScores
from bot.extractive.reader.span_scores import MAX_ANSWER_TOKENS, UNREAD
from retrieval import Span

TOKENS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), min_size=1, max_size=50)
SCORES = st.floats(-9, 9, width=32)


@given(st.data())
def test_the_best_run_of_words_inside_a_part_is_found(data: st.DataObject) -> None:
    offsets, end = [], 0
    for gap, length in data.draw(TOKENS):
        offsets.append((end + gap, end + gap + length))
        end += gap + length
    scores = st.lists(SCORES, min_size=len(offsets), max_size=len(offsets))
    starts, ends = (np.array(data.draw(scores), dtype=np.float32) for _ in range(2))
    first = data.draw(st.integers(0, end))
    part = Span(first, data.draw(st.integers(first, end)))
    reading = SpanScores(offsets, starts, ends)
    score, place = reading.best(part)
    runs = [
        (float(starts[i] + ends[j]), offsets[i][0], offsets[j][1])
        for i in range(len(offsets))
        for j in range(i, min(i + MAX_ANSWER_TOKENS, len(offsets)))
        if part.start <= offsets[i][0] and offsets[j][1] <= part.end
    ]
    if not runs:
        assert (score, place, reading.share_of_best(part)) == (UNREAD, None, 0)
    else:
        assert place is not None
        assert score == max(run[0] for run in runs)
        assert (score, place.start, place.end) in runs
        odds = np.exp([run[0] - score for run in runs])
        assert reading.share_of_best(part) == pytest.approx(1 / odds.sum(), rel=1e-4)


def test_a_sentence_is_as_likely_evidence_as_its_word_pieces_on_average() -> None:
    nothing, evidence = np.zeros(4, np.float32), np.array([3, 1, -2, -4], np.float32)
    scores = SpanScores([(0, 3), (4, 9), (10, 12), (13, 20)], nothing, nothing, evidence, 0.5)
    assert scores.evidence_in(Span(0, 9)) == 2
    assert scores.evidence_in(Span(10, 20)) == -3
    assert scores.evidence_in(Span(5, 8)) == 0
    assert SpanScores(scores.offsets, nothing, nothing).evidence_in(Span(0, 9)) == 0
