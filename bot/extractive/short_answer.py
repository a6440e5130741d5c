"""The words of a quote that answer by themselves: which questions want them, and when the reader is sure of them."""

from __future__ import annotations

import re

from bot.extractive.selection import Choice, QuestionAnalysis
from bot.extractive.selection.question_analysis import NUMBER, NUMBER_WORD, AnswerType, has_kind
from retrieval import Source, Span, extract_terms

# The words must be more likely than all others of the sentence together.
SURE = 0.5
# More words are no short answer, nor is most of a sentence.
MOST_WORDS, MOST_OF_A_SENTENCE = 10, 0.5
ASKS_FOR_WORDS = re.compile(r"\b(?:what|which|whose)\b", re.IGNORECASE)
YES_OR_NO = re.compile(
    r"\W*(?:is|are|am|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had)(?:n['’]t)?\b",
    re.IGNORECASE,
)
# "What is a quorum?", "What does LPG mean?", "Who is Ada Thorne?", "What happened in Almaty?"
WANTS_MORE = re.compile(
    r"\W*what(?:['’]s|\s+(?:is|are|was|were))\s+(?:an?\s+)?"
    r"(?!(?:the|this|that|my|your|our|their|his|her|its)\b)[\w’'-]+(?:\s+[\w’'-]+)?\W*\Z"
    r"|\W*who(?:['’]s|\s+(?:is|was|are|were))\s+(?-i:[A-Z][\w’'-]*\s*)+\W*\Z"
    r"|.*\bwhat\s+(?:happen\w*|about|if)\b|.*\bwhat\s+do(?:es)?\b.*\bmean\b",
    re.IGNORECASE,
)
# What is counted: the noun behind "how many", and where it stands behind a number: "eight security force officers".
HOW_MANY = re.compile(
    r"\bhow\s+many\s+(?P<noun>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|will"
    r"|would|of|in|on|at|from|to|for|there|that|who|which)\b)[^\W\d_][\w’'-]*\s*){1,4})",
    re.IGNORECASE,
)
BEHIND = re.compile(r"(?:[^\S\n]+[^\W\d_][\w’'-]*){1,3}")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
# "How much is a ticket?" is not answered by "one year".
PRICE = re.compile(r"\bhow\s+much\s+(?:is|are|was|were|does|do|did|will|would)\b", re.IGNORECASE)
DURATION = re.compile(r"\b(?:second|minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
MARKS = re.compile(r"[*_`]+")
# A word with what belongs to it: "double-click", "`setup.exe`".
FULL_WORD = re.compile(r"[^\s,;:()“”\"]+")


def wants_short_answer(analysis: QuestionAnalysis) -> bool:
    """Whether a few words can answer: not why and how, yes or no, what something is, or what happened; in English."""
    if YES_OR_NO.match(analysis.text) or WANTS_MORE.match(analysis.text):
        return False
    if analysis.kind is AnswerType.OTHER:
        return bool(ASKS_FOR_WORDS.search(analysis.text))
    return analysis.kind in {AnswerType.TIME, AnswerType.NUMBER, AnswerType.NAME}


def is_short_answer(analysis: QuestionAnalysis, choice: Choice, highlight: Span | None) -> bool:
    """Whether the reader is sure of the words at ``highlight``, and they say a little that is not in the question."""
    if highlight is None or choice.share <= SURE:
        return False
    source = choice.candidate.source
    words = source.slice(highlight)
    if len(words.split()) > MOST_WORDS or len(highlight) > MOST_OF_A_SENTENCE * len(choice.candidate.span):
        return False
    if set(extract_terms(words, source.language)) <= set(analysis.terms):
        return False
    if analysis.kind is AnswerType.NUMBER:
        is_duration = PRICE.search(analysis.text) and DURATION.search(words) and not NUMBER.search(words)
        return has_kind(words, AnswerType.NUMBER) > 0 and not is_duration
    return analysis.kind is not AnswerType.NAME or not has_kind(words, AnswerType.TIME)


def pointed_words(analysis: QuestionAnalysis, choice: Choice) -> Span | None:
    """The words that the reader finds better than no answer; behind a number with what it counts, if that is asked."""
    source = choice.candidate.source
    if choice.highlight is None or not choice.answers:
        return None
    highlight = _with_closing_marks(source.text, choice.highlight, choice.candidate.span.end)
    if set(extract_terms(source.slice(highlight), source.language)) <= set(analysis.terms):
        return None  # what the question says itself does not answer it
    highlight = _without_names_asked(analysis, source, highlight)
    counted = HOW_MANY.search(analysis.text)
    *_, last = source.slice(highlight).split() or [""]
    behind = BEHIND.match(source.text, highlight.end, choice.candidate.span.end)
    if counted is None or behind is None or not (NUMBER.search(last) or NUMBER_WORD.fullmatch(last)):
        return highlight
    noun = extract_terms(counted["noun"].split()[-1], source.language)
    for word in WORD.finditer(source.text, highlight.end, behind.end()):
        if noun and extract_terms(word.group(), source.language) == noun:
            return Span(highlight.start, word.end())
    return highlight


def _without_names_asked(analysis: QuestionAnalysis, source: Source, span: Span) -> Span:
    """The words between the names that the question itself has, unless these are parts of longer names."""
    found = FULL_WORD.finditer(source.text, span.start, span.end)
    words = [Span(word.start(), word.end()) for word in found]
    terms = [extract_terms(source.slice(word), source.language) for word in words]
    first, last = next((number for number, held in enumerate(terms) if held), 0), len(words)
    opening = first  # behind the "on" of "on Windows"
    while first < last - 1 and _is_asked(analysis, source, words[first], words[first + 1]):
        first += 1
    while first < last - 1 and _is_asked(analysis, source, words[last - 1], words[last - 2]):
        last -= 1
    if (first, last) == (opening, len(words)):
        return span
    first = 0 if first == opening else first
    while first < last - 1 and last < len(words) and not terms[last - 1]:
        last -= 1
    return Span(words[first].start, words[last - 1].end)


def _is_asked(analysis: QuestionAnalysis, source: Source, word: Span, beside: Span) -> bool:
    """Whether a word is one of the question's names, and the word beside it does not go on with it, as "11" does."""
    terms = set(extract_terms(source.slice(word), source.language))
    letters = [character for character in source.slice(beside) if character.isalnum()]
    return bool(terms) and terms <= analysis.names and bool(letters) and letters[0].islower()


def _with_closing_marks(text: str, span: Span, end: int) -> Span:
    """The span with the marks right behind it that close what is opened in it: "the *Sentinel" of "the *Sentinel*"."""
    closing = MARKS.match(text, span.end, end)
    opened = MARKS.findall(text, span.start, span.end)
    return Span(span.start, closing.end()) if closing and len(opened) == 1 and opened[0] == closing[0] else span
