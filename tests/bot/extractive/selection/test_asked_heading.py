"""What stands under a heading that asks the question answers it surely; other headings change nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.selection import QuestionAnalysis
from bot.extractive.selection.asked_heading import ANSWERS, prefer_asked
from bot.types import Answer, Certainty, Question
from retrieval import load_bytes
from tests.bot.fakes import even_weights, make_passages, shipped_selector

FAQ = """# FAQ of Harbour

## Can I play it on a Mac?

No. It runs on Windows and Linux.

## When does the pool open?

At nine, every day but Monday.

## Who may vote in the assembly?

Members who have paid their fee.

## What is the fee for?

It pays the lamps.

## Lamps

How the lamps are lit: with a match.

## Answered by Ada

**How tall is the mill?**

12 metres. It was built in 1911.
"""
REGOLE = """# Domande

## Quando apre la piscina?

Alle nove, tutti i giorni tranne il lunedì.
"""


def answer(question: str, text: str = FAQ) -> Answer:
    passages = make_passages(load_bytes(text.encode(), name="faq.md", uri="test:faq"))
    (found,) = ExtractiveAnswerer(shipped_selector(), even_weights).answer(Question(question), passages)
    return found


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Can I play it on a Mac?", "No. It runs on Windows and Linux."),
        ("can i play on mac", "No. It runs on Windows and Linux."),
        ("When is the pool open?", "At nine, every day but Monday."),
        ("who may vote in the assembly", "Members who have paid their fee."),
        ("What is the fee for?", "It pays the lamps."),
        ("how tall is the mill", "12 metres."),
    ],
)
def test_what_stands_under_the_question_answers_it_surely(question: str, quote: str) -> None:
    found = answer(question)
    assert (found.certainty, [citation.quote.text for citation in found.citations]) == (Certainty.SURE, [quote])
    assert found.confidence >= ANSWERS


@pytest.mark.parametrize(
    "question",
    [
        "Who cannot vote in the assembly?",  # denies
        "What is the fee?",  # too few words to be the same in other words
        "Where does the pool open?",  # another kind of question
        "When does the shop open?",
        "Lamps?",  # a heading that asks nothing
        "How tall is the tower?",
    ],
)
def test_a_heading_that_asks_something_else_makes_nothing_surer(question: str) -> None:
    passages = make_passages(load_bytes(FAQ.encode(), name="faq.md", uri="test:faq"))
    analysis = QuestionAnalysis.of(question)
    selection = shipped_selector().select(analysis, passages, even_weights(analysis.terms, ()))
    assert prefer_asked(analysis, selection) is selection


def test_other_languages_than_the_readers_are_preferred_in_the_same_way() -> None:
    source = load_bytes(REGOLE.encode(), name="regole.md", uri="test:regole")
    passages = make_passages(replace(source, language="it"))
    analysis = QuestionAnalysis.of("Quando apre la piscina?", {"it"})
    selection = shipped_selector().select(analysis, passages, even_weights(analysis.terms, ()))
    preferred = prefer_asked(analysis, selection)
    assert preferred.choices[0].candidate.text == "Alle nove, tutti i giorni tranne il lunedì."
    assert preferred.confidence >= ANSWERS
