"""Answer selection: which sentence of the passages answers, how sure that is, and what it needs to stand on its own."""

from bot.extractive.selection.candidates import Candidate, find_candidates
from bot.extractive.selection.context import QuoteSpan, join, with_context
from bot.extractive.selection.question_analysis import QuestionAnalysis
from bot.extractive.selection.read_text import ReadText
from bot.extractive.selection.selector import Choice, Selection, Selector, Weights
from bot.extractive.selection.thresholds import Thresholds

__all__ = [
    "Candidate",
    "Choice",
    "QuestionAnalysis",
    "QuoteSpan",
    "ReadText",
    "Selection",
    "Selector",
    "Thresholds",
    "Weights",
    "find_candidates",
    "join",
    "with_context",
]
