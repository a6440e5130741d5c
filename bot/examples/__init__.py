"""Questions that a document answers surely, to be offered as examples."""

from bot.examples.verification import MOST_TRIES, sure_questions

__all__ = ["MOST_TRIES", "sure_questions"]
