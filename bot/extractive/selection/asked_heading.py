"""A heading or a line in bold that asks what the question asks: what stands under it answers, its author says so.

The reader judges single sentences, and is seldom sure of the short ones of a list of frequent questions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.extractive.selection.question_analysis import WORD, QuestionAnalysis
from bot.extractive.selection.selector import Choice, Selection
from retrieval.types import PATH_SEPARATOR, LabelKind, Source

# How likely it is that what stands under such a heading answers.
ANSWERS = 0.95
# With fewer terms, other words may ask for something else: "What is the fee for?", "What is the fee?".
ENOUGH_TERMS = 2
# How many labels are looked at before a sentence.
NEAR = 20
QUESTION_MARKS = ("?", "？", "؟")


def prefer_asked(analysis: QuestionAnalysis, selection: Selection) -> Selection:
    """The selection with the best sentence under a heading that asks the same first, and sure of it.

    Nothing changes where no heading does.

    Args:
        analysis: The question.
        selection: What the selector made of it.
    """
    under = next((choice for choice in selection.choices if _is_asked_above(analysis, choice)), None)
    if under is None:
        return selection
    others = [choice for choice in selection.choices if choice is not under]
    first = replace(under, probability=max(ANSWERS, under.probability))
    return replace(selection, choices=(first, *others), confidence=max(ANSWERS, selection.confidence))


def _is_asked_above(analysis: QuestionAnalysis, choice: Choice) -> bool:
    source, start = choice.candidate.source, choice.candidate.span.start
    heading = (source.place(start).heading or "").rpartition(PATH_SEPARATOR)[2].rstrip("*_` ")
    return any(
        asked.endswith(QUESTION_MARKS) and _asks_the_same(analysis, asked, source)
        for asked in (heading, _line_in_bold(source, start))
    )


def _line_in_bold(source: Source, start: int) -> str:
    """The line in bold under which a sentence stands, or another name of it; empty where there is none."""
    before = bisect_right(source.labels, start, key=lambda label: label.span.start)
    near = reversed(source.labels[max(0, before - NEAR) : before])
    names = (label for label in near if label.kind is LabelKind.TERM and start < label.span.end)
    return next((source.slice(label.words) for label in names), "")


def _asks_the_same(analysis: QuestionAnalysis, heading: str, source: Source) -> bool:
    if _words(analysis.text) == _words(heading):
        return True
    other = QuestionAnalysis.of(heading, {source.language})
    same = set(analysis.terms) == set(other.terms) and analysis.kind is other.kind
    return same and len(analysis.terms) >= ENOUGH_TERMS and _denies(analysis.text) == _denies(heading)


def _words(text: str) -> Sequence[str]:
    return WORD.findall(text.casefold().replace("’", "'"))


def _denies(text: str) -> bool:
    """Whether a question asks for what is not: "Who may not vote?"."""
    return any(word in DENIALS or word.endswith("n't") for word in _words(text))


DENIALS = frozenset({"not", "no", "never", "cannot", "without", "non", "senza", "mai", "nicht", "kein", "keine", "sin"})
