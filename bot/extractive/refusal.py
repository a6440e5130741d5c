"""When nothing is answered without a chat model, and what is shown then: the sentence that comes closest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.extractive.selection import Candidate, QuestionAnalysis, QuoteSpan, Selection, with_context
from bot.extractive.selection.question_analysis import WORD
from bot.questions import is_command
from bot.quotes import cite
from bot.types import EXTRACTIVE, Answer, Question, Status
from retrieval import ENGLISH, extract_terms
from retrieval.text.patterns import late_pattern

# "How much did gas cost?" is not about what is much, and "How do I learn to play?" not about who learns or plays.
ONLY_ASKS = late_pattern(
    r"\bhow\s+(?:many|much|often|long|old|far|big|large|tall|high|soon|fast)\b"
    r"|\b(?:do|does|did|can|could|should|shall|may|might|must|will|would)(?:n['’]t)?\s+(?:i|you|we|they|he|she|it)\s+\w+"
    r"(?:\s+to\s+\w+)?"
    r"|\b(?:do|like|learn|want|need|have|try)\s+to\s+\w+",
    re.IGNORECASE,
)


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

    It has one of the question's names then, as a name; where these are none, at least half of its other words.
    """
    near, language = candidate.source.slice(candidate.neighbours), candidate.source.language
    _, *others = _words(analysis.text) or [""]
    names = _terms_of(filter(_is_name, others), language)
    if names:
        return not names.isdisjoint(_terms_of(filter(_is_name, _words(near)), language))
    held = set(extract_terms(near, language))
    silent: frozenset[str] = frozenset()
    if language != ENGLISH:  # whose stop words are no terms; what other languages need is loaded for them alone
        from bot.extractive.words import silent_terms

        silent = silent_terms(language)
    asked = set(extract_terms(analysis.text, language)) - silent
    subject = asked - _terms_of(ONLY_ASKS.findall(analysis.text), language) or asked
    return bool(subject) and 2 * len(subject & (held - silent)) >= len(subject)


def _words(text: str) -> list[str]:
    return [word.group() for word in WORD.finditer(text)]


def _is_name(word: str) -> bool:
    """Whether a word is written as a name; a number alone is none."""
    return any(letter.isupper() for letter in word)


def _terms_of(words: Iterable[str], language: str) -> set[str]:
    return {term for word in words for term in extract_terms(word, language)}
