"""Answers in languages that the reader does not know: sentences ranked by their words."""

from bot.extractive.words.question_words import silent_terms
from bot.extractive.words.word_selector import WordSelector

__all__ = ["WordSelector", "silent_terms"]
