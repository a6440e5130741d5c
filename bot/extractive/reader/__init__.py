"""The span reader: which words of a passage answer a question, and whether any do."""

from bot.extractive.reader.span_reader import SpanReader, shipped_reader
from bot.extractive.reader.span_scores import SpanScores
from bot.extractive.reader.weights import check_files, documents_trained_on

__all__ = ["SpanReader", "SpanScores", "check_files", "documents_trained_on", "shipped_reader"]
