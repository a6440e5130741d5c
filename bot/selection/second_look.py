"""The best sentence read once more, with less around it: a reader that is right says the same."""

from __future__ import annotations

from bot.reader import SpanReader
from bot.selection.candidates import Candidate
from bot.selection.features import LOGIT_SCALE
from retrieval import Span


def look_again(reader: SpanReader, question: str, candidate: Candidate) -> tuple[float, float]:
    """How well the reader's best words in the sentence answer: read with its neighbours, and alone.

    Source of the idea: averaging over views of one example at test time (Krizhevsky et al. 2012, section 4.1); here a
    view is a window of the text.

    Raises:
        ReaderError: If the reader's weights are missing or altered.
    """
    near = candidate.neighbours
    views = (
        (near, Span(candidate.span.start - near.start, candidate.span.end - near.start)),
        (candidate.span, Span(0, len(candidate.text))),
    )
    readings = reader.read(question, [candidate.source.slice(view) for view, _ in views])
    beside, alone = (reading.best(place)[0] / LOGIT_SCALE for reading, (_, place) in zip(readings, views, strict=True))
    return beside, alone
