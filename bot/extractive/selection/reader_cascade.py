"""Passages -> what the reader says of them: of the best ones first, of the others only where these do not answer.

The sentence that answers best is read once more, with less around it: a reader that is right says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice

from bot.extractive.reader import Reader
from bot.extractive.selection.candidates import Candidate
from bot.extractive.selection.confidence_features import Look
from bot.extractive.selection.features import LOGIT_SCALE, prepare
from bot.extractive.selection.read_text import Reading, ReadText, parts_of
from retrieval import Passage, Span

# So many are read at once; about half of the questions need no more.
FIRST = 2
# How much better than no answer, in logits, the reader's best words must be for the other passages not to be read
# (docs/measurements.md has what other limits cost).
ANSWERS = 1.0


def read_passages(reader: Reader, question: str, passages: Sequence[Passage]) -> list[Reading]:
    """Read the first ``FIRST`` passages, and the others too unless one of these answers.

    Source of the idea: a cascade stops as soon as it is sure (Viola and Jones 2001, "Rapid object detection using a
    boosted cascade of simple features").

    Returns:
        What the reader says about the first passages, in their order: about all of them or about ``FIRST``.

    Raises:
        ReaderError: If the reader's weights are missing or altered.
    """
    readings: list[Reading] = []
    for some in (passages[:FIRST], passages[FIRST:]):
        parts = [parts_of(question, passage) for passage in some]
        texts = [text.text for texts in parts for text in texts]
        scores = iter(reader.read(question, texts, partial(prepare, some)))
        readings += [Reading(tuple(zip(texts, islice(scores, len(texts)), strict=True))) for texts in parts]
        if any(each.best_score > ANSWERS for each in readings):
            break
    return readings


def look_again(reader: Reader, question: str, candidate: Candidate) -> Look:
    """What the reader says of a sentence when it is read with the sentence before it alone.

    Source of the idea: averaging over views of one example at test time (Krizhevsky et al. 2012, section 4.1); here a
    view is a window of the text.

    Raises:
        ReaderError: If the reader's weights are missing or altered.
    """
    view = ReadText.of(candidate.source, Span(candidate.neighbours.start, candidate.span.end))
    (scores,) = reader.read(question, [view.text])
    within = view.place_of(candidate.span)
    said = scores.best(within)[0], scores.evidence_in(within), scores.answerable or 0.0
    return Look(*(score / LOGIT_SCALE for score in said))
