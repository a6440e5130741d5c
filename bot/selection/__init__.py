"""Answer selection: which sentence of the passages answers, how sure that is, and what it needs to stand on its own."""

from bot.selection.asking import Asking
from bot.selection.candidates import Candidate, find_candidates
from bot.selection.context import Place, join, with_context
from bot.selection.selector import Choice, Selection, Selector, Weights

__all__ = [
    "Asking",
    "Candidate",
    "Choice",
    "Place",
    "Selection",
    "Selector",
    "Weights",
    "find_candidates",
    "join",
    "with_context",
]
