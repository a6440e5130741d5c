"""Follow-ups: a question that leans on the conversation -> one that stands on its own; bounded history."""

from bot.conversation.bounding import MAX_TOKENS, MAX_TURNS, bound_history
from bot.conversation.reading import read_as
from bot.conversation.repetition import heard_before

__all__ = ["MAX_TOKENS", "MAX_TURNS", "bound_history", "heard_before", "read_as"]
