"""The best sentence read once more, with less around it: a reader that is right says the same."""

from __future__ import annotations

from bot.extractive.reader import SpanReader
from bot.extractive.selection.candidates import Candidate
from bot.extractive.selection.features import LOGIT_SCALE
from retrieval import Span


def look_again(reader: SpanReader, question: str, candidate: Candidate) -> float:
    """How well the reader's best words in the sentence answer when it is read with the sentence before it alone.

    Source of the idea: averaging over views of one example at test time (Krizhevsky et al. 2012, section 4.1); here a
    view is a window of the text.

    Raises:
        ReaderError: If the reader's weights are missing or altered.
    """
    view = Span(candidate.neighbours.start, candidate.span.end)
    (reading,) = reader.read(question, [candidate.source.slice(view)])
    return reading.best(Span(candidate.span.start - view.start, len(view)))[0] / LOGIT_SCALE
