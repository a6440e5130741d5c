"""When nothing is answered without a chat model, and what is shown then: the sentence that comes closest."""

from __future__ import annotations

import re

from bot.extractive.selection import Candidate, QuestionAnalysis, QuoteSpan, Selection, with_context
from bot.questions import is_command
from bot.quotes import cite
from bot.types import EXTRACTIVE, Answer, Question, Status
from retrieval import ENGLISH, extract_terms

# "How much did gas cost?" is not about what is much.
MEASURES = re.compile(r"\bhow (many|much|often|long|old|far|big|large|tall|high|soon|fast)\b", re.IGNORECASE)


def asks_for_something_else(question: Question) -> bool:
    """Whether the question is a command to the bot, which no document answers."""
    return any(is_command(text) for text in (question.text, question.wording or question.text))


def refuse(question: Question, analysis: QuestionAnalysis | None = None, selection: Selection | None = None) -> Answer:
    """The answer that says that the document does not say, with the closest sentence where there is one."""
    if analysis is None or selection is None or not selection.choices:
        return Answer(question.text, Status.NOT_FOUND, 0.0, EXTRACTIVE)
    best = selection.choices[0].candidate
    place = with_context(QuoteSpan(best.source, best.span), set())
    return Answer(
        question.text,
        Status.NOT_FOUND,
        selection.confidence,
        EXTRACTIVE,
        closest=cite(place.source, place.span, None),
        on_topic=_is_about(analysis, best),
    )


def _is_about(analysis: QuestionAnalysis, candidate: Candidate) -> bool:
    """Whether a sentence, with those beside it, is about the same thing as a question.

    It has one of the question's names and numbers then, or where these are none, one of its other words.
    """
    near, language = candidate.source.slice(candidate.neighbours), candidate.source.language
    held = set(extract_terms(near, language))
    if language != ENGLISH:  # whose stop words are no terms; what other languages need is loaded for them alone
        from bot.extractive.words import silent_terms

        held -= silent_terms(language)
    only_ask = {term for words in MEASURES.findall(analysis.text) for term in extract_terms(words)}
    return not held.isdisjoint(analysis.names or set(analysis.terms) - only_ask or analysis.terms)
