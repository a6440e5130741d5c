"""Questions and answers about places that do not exist, and the statements that they make."""

from __future__ import annotations

import pytest

from bot.training.entailment.answer_pairs import answer_pairs, statement_of
from bot.training.entailment.pairs import PairLabel
from bot.training.question_sets import AnswerKind, Example

TEXT = "Ada Thorne built the mill in 1912. The town paid 40,000 crowns for it. Piet Hallam sold the ferry."


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Who built the mill?", "Ada Thorne", "Ada Thorne built the mill."),
        ("Which town paid for it?", "the town of Sarn", "The town of Sarn paid for it."),
        ("What was the name of the ferry?", "Isel", "Isel was the name of the ferry."),
        ("What causes the noise?", "the wheel", "The wheel causes the noise."),
        # What would have to change its place makes no statement.
        ("When did Ada build the mill?", "1912", None),
        ("What did Ada build?", "the mill", None),
        ("Who was the mill sold by?", "Ada", None),
        ("What was the ferry called?", "Isel", None),
        ("What traits do plants use?", "scent", None),
        ("What type of bridge was built?", "a stone bridge", None),
        ("Who built the mill", "Ada Thorne", None),
    ],
)
def test_a_question_about_its_subject_makes_a_statement(question: str, answer: str, statement: str | None) -> None:
    assert statement_of(question, answer) == statement


def test_another_answer_of_the_text_makes_a_false_statement() -> None:
    examples = [
        Example("Sarn", "Who built the mill?", TEXT, ("Ada Thorne",)),
        Example("Sarn", "Who sold the ferry?", TEXT, ("Piet Hallam",)),
        Example("Sarn", "Who burned the mill?", TEXT, ()),
        Example("Sarn", "What stands there?", TEXT, (TEXT,), AnswerKind.TEXT),
    ]
    pairs = answer_pairs(examples, "1", 50)
    true = {pair.hypothesis for pair in pairs if pair.label is PairLabel.ENTAILMENT}
    false = {pair.hypothesis for pair in pairs if pair.label is PairLabel.NOT_ENTAILED}
    assert true == {"Ada Thorne built the mill.", "Piet Hallam sold the ferry."}
    assert {"Piet Hallam built the mill.", "Ada Thorne sold the ferry."} < false
    assert false & {"Ada Thorne burned the mill.", "Piet Hallam burned the mill."}
    assert answer_pairs(examples, "1", 50) == pairs
    assert sum(pair.label is PairLabel.ENTAILMENT for pair in answer_pairs(examples, "1", 1)) == 1
