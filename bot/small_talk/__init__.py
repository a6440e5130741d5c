"""Small talk: "hi", "thanks", "help"; what it is told by, and the one line that answers it."""

from bot.small_talk.recognition import find_small_talk, folded, phrases_in, without_small_talk

__all__ = ["find_small_talk", "folded", "phrases_in", "without_small_talk"]
