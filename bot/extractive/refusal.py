"""When nothing is answered without a chat model, and what is shown then: the sentence that comes closest."""

from __future__ import annotations

from bot.extractive.selection import QuoteSpan, Selection, with_context
from bot.questions import is_command
from bot.quotes import cite
from bot.types import EXTRACTIVE, Answer, Question, Status


def asks_for_something_else(question: Question) -> bool:
    """Whether the question is a command to the bot, which no document answers."""
    return any(is_command(text) for text in (question.text, question.wording or question.text))


def is_too_unsure(selection: Selection, threshold: float) -> bool:
    """Whether the best sentence is not sure enough to be an answer, or there is none.

    Args:
        selection: The sentences, best first, and how sure the first one is.
        threshold: The least confidence of an answer, in [0, 1]: the setting ``answer_threshold``.
    """
    return not selection.choices or selection.confidence < threshold


def refuse(question: Question, selection: Selection | None = None) -> Answer:
    """The answer that says that the document does not say, with the closest sentence where there is one."""
    if selection is None or not selection.choices:
        return Answer(question.text, Status.NOT_FOUND, 0.0, EXTRACTIVE)
    best = selection.choices[0].candidate
    place = with_context(QuoteSpan(best.source, best.span), set())
    closest = cite(place.source, place.span, None)
    return Answer(question.text, Status.NOT_FOUND, selection.confidence, EXTRACTIVE, closest=closest)
