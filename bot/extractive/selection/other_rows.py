"""Rows of tables that tell what is asked of something else: the longbow's damage, where the spear's is asked."""

from __future__ import annotations

from collections.abc import Collection

from bot.extractive.selection.candidates import Candidate
from retrieval import LabelKind, extract_terms


def is_another_row(terms: Collection[str], candidate: Candidate) -> bool:
    """Whether a row has the column that is asked for, but nothing else of the question.

    Args:
        terms: The terms of the question.
        candidate: The best sentence.
    """
    source = candidate.source
    if not candidate.is_row:
        return False
    columns = [label for label in source.labels_of(candidate.span) if label.kind is LabelKind.COLUMN]
    named = {term for label in columns for term in extract_terms(source.slice(label.words), source.language)}
    asked, others = named & set(terms), set(terms) - named
    return bool(asked and others) and not others & set(extract_terms(candidate.text, source.language))
