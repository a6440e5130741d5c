"""The reader: which words of a passage answer a question, and whether any do."""

from bot.extractive.reader.interface import Reader, open_reader
from bot.extractive.reader.span_scores import SpanScores

__all__ = ["Reader", "SpanScores", "open_reader"]
