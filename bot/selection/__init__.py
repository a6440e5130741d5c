"""Answer selection: which sentence of the passages answers, how sure that is, and what it needs to stand on its own."""

from bot.selection.asking import Asking
from bot.selection.context import Place, join, with_context
from bot.selection.selector import Choice, Selection, Selector, Weights

__all__ = ["Asking", "Choice", "Place", "Selection", "Selector", "Weights", "join", "with_context"]
