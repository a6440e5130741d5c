"""A row answers a question about what it is a row of, and no question about something else."""

from __future__ import annotations

import pytest

from bot.extractive.selection import QuestionAnalysis
from bot.extractive.selection.candidates import find_candidates
from bot.extractive.selection.other_rows import is_another_row
from bot.extractive.selection.selector import FALSE_PREMISE
from retrieval import load_bytes
from tests.bot.fakes import even_weights, make_passages, shipped_selector

TABLE = "| Boat | Seats | Fee |\n|---|---|---|\n| Heron | 2 | 14 euros |\n| Teal | 4 | 19 euros |\n"
BOATS = load_bytes(f"The club lends boats.\n\n{TABLE}".encode(), name="boats.md", uri="file:///boats.md")


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("What is the fee for the Heron?", False),
        ("Which boat has 2 seats?", False),
        ("What is the fee?", False),
        ("Can I take a dog?", False),
        ("What is the fee for the Curlew?", True),
        ("How many seats does the barge have?", True),
    ],
)
def test_a_row_that_has_only_the_column_that_is_asked_for_is_another(question: str, other: bool) -> None:
    sentence, heron, _ = find_candidates(make_passages(BOATS))
    terms = QuestionAnalysis.of(question).terms
    assert is_another_row(terms, heron) is other
    assert not is_another_row(terms, sentence)


def test_an_answer_from_another_row_is_never_shown() -> None:
    analysis = QuestionAnalysis.of("What is the fee for the Curlew?")
    selection = shipped_selector().select(analysis, make_passages(BOATS), even_weights(analysis.terms, ()))
    assert "euros" in selection.choices[0].candidate.text
    assert selection.confidence <= FALSE_PREMISE
