"""The FAQ document: each entry holds, whatever its answer looks like, and is read as the entry that it is."""

from __future__ import annotations

import random
from datetime import date

import pytest

from bot.discord.library.faq import FaqEntry, answer_in, contained, question_line, with_entry
from bot.discord.texts import LANGUAGES
from retrieval import load_bytes
from retrieval.types import LabelKind, Source

ENGLISH = LANGUAGES["en"]
DAY = date(2026, 11, 30)
QUESTIONS = ("How tall? ##", "What # is it", "```", "<!-- who", "**When**")
PIECES = (
    *("# x", "## y", "#", "```", "~~~~", "  ```", "   ```py", "<!-- c", "-->", "text", "", "===", "---", "**bold**"),
    *("    ## code", "- item", "> q", "> ```", "::: tip", "1. a", "\x0b## z", "a\rb", "| a |", "Term", ": meaning"),
)


def added(document: str, question: str, answer: str, author: str = "Ada Lovelace") -> str:
    return with_entry(document, FaqEntry(question, answer, author, DAY), "FAQ of Harbour", ENGLISH)


def loaded(document: str) -> Source:
    return load_bytes(document.encode("utf-8"), name="faq.md", uri="faq")


def test_a_document_of_two_entries() -> None:
    document = added(added("", "How tall is the mill?", "It is 12 metres tall.\nNot more."), "Who?", "Carla.", "C*l*o")
    assert document == (
        "# FAQ of Harbour\n\n"
        "## Answered by Ada Lovelace, 2026-11-30\n\n**How tall is the mill?**\n\nIt is 12 metres tall.\nNot more.\n\n"
        "## Answered by C l o, 2026-11-30\n\n**Who?**\n\nCarla.\n\n"
    )
    assert answer_in(document, "How tall is the mill?") == "It is 12 metres tall.\nNot more."
    assert answer_in(document, "Why?") == ""


def test_an_entry_is_replaced_where_it_stands_and_what_people_wrote_around_it_stays() -> None:
    document = "Our own words.\n\n## A\n\n**One?**\n\nOld.\n\n## Two?\n\nTwo.\n"
    assert answer_in(document, "One?") == "Old."
    assert added(document, "One?", "New.") == (
        "Our own words.\n\n## Answered by Ada Lovelace, 2026-11-30\n\n**One?**\n\nNew.\n\n## Two?\n\nTwo.\n"
    )


@pytest.mark.parametrize("seed", range(40))
def test_no_answer_breaks_the_document(seed: int) -> None:
    chance = random.Random(seed)
    document, answers = "", {}
    for question in QUESTIONS * 2:
        answers[question] = "\n".join(chance.choices(PIECES, k=chance.randint(1, 8))) + "\nend"
        document = added(document, question, answers[question])
    source = loaded(document)
    assert source.text == document
    assert source.title == "FAQ of Harbour"
    assert len(source.places) == 1 + len(QUESTIONS)
    authors = [label for label in source.labels if source.slice(label.words).startswith("Answered by Ada")]
    assert {label.kind for label in authors} == {LabelKind.HEADING}
    for answer in answers.values():
        at = document.rindex(contained(answer))
        assert any(label.span.start <= at < label.span.end for label in authors)
    assert {question: answer_in(document, question) for question in QUESTIONS} == {
        question: contained(answer).strip() for question, answer in answers.items()
    }


def test_code_stays_as_it_is_and_other_headings_are_lines() -> None:
    answer = "# Begin\ntext\n===\n**Run**\n```bash\n# comment\n"
    assert contained(answer) == "Begin\ntext\n\n**Run**\n```bash\n# comment\n```"


def test_a_long_question_is_one_line() -> None:
    question = "Why\n" + "so long " * 100
    assert len(question_line(question)) <= 300
    assert answer_in(added("", question, "Because."), question) == "Because."
