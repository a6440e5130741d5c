"""What explains a quote stands beside it in every face, proven like the quote, and outside of its quotation marks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot import Answer, Statement, Status, verify_answer
from bot.chat.claims import Claim
from bot.chat.draft import Draft
from bot.chat.verification import StatementChecker, open_judge
from bot.citations import MAX_LABEL_CHARACTERS
from bot.discord.formatting.answer_layout import AnswerLayout, ShownAnswer
from bot.discord.formatting.answer_page import answer_page
from bot.discord.formatting.answer_parser import read_answer
from bot.discord.formatting.attachments import answer_file
from bot.discord.texts import texts_for
from bot.extractive.selection import find_candidates
from bot.json_output import to_line
from bot.quotes import cite
from bot.render import Block, BlockKind, render_citation
from bot.types import EXTRACTIVE, SUPPORTED, Certainty
from retrieval import Label, LabelKind, Source, Span, load_bytes
from tests.bot.fakes import MemoryTexts, make_passages, make_source, place
from tests.bot.json_checks import check_answer

RULES = """# Club

## Races

| Year | Men | Women |
|---|---|---|
| | **won** | **won** |
| 2001 | 3 | 4 |

You must not bring:

- dogs
- cats, such as
  - lions

**Oars.** You bring your own. They are long.
"""
ENGLISH = texts_for("en-GB")


@pytest.fixture(scope="module")
def rules() -> Source:
    return load_bytes(RULES.encode(), name="rules.md", uri="file:///rules.md")


def quoting(source: Source, words: str) -> Answer:
    cited = cite(source, place(source, words), 1)
    return Answer(
        "What?", Status.ANSWERED, 0.9, EXTRACTIVE, (Statement(words, (1,)),), (cited,), certainty=Certainty.SURE
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("| 2001 | 3 | 4 |", "Year | Men won | Women won"),
        ("3", "2001 › Men won"),
        ("- lions", "You must not bring: › cats, such as"),
        ("- cats, such as\n  - lions", "You must not bring:"),
        ("They are long.", "Oars"),
        ("**Oars.** You bring your own.", ""),
        ("You must not bring:", ""),
    ],
)
def test_labels_stand_over_a_quote_unless_they_stand_in_it(rules: Source, words: str, shown: str) -> None:
    *over, quote, where = render_citation(cite(rules, place(rules, words), 1))
    assert over == ([Block(BlockKind.LABEL, shown)] if shown else [])
    assert quote.text == f"“{words}” [1]"
    assert where.text.startswith("Club › Races, line")


def test_marks_of_markdown_are_not_shown_in_a_label() -> None:
    source = load_bytes(b"Run `pull` with **both** of *2 * 3*:\n\n- a rope\n", name="a.md", uri="file:///a.md")
    over, *_ = render_citation(cite(source, place(source, "a rope"), 1))
    assert over.text == "Run pull with both of 2 * 3:"


def test_a_label_is_one_line_that_fits_and_is_safe_to_show() -> None:
    source = make_source("A\u202e \n " + "long " * 100 + "\n\nWords.")
    words = place(source, "Words.")
    source = replace(source, labels=(Label(LabelKind.TERM, Span(0, words.start), words),))
    over, *_ = render_citation(cite(source, words, 1))
    assert over.text.startswith("A\\u202e long")
    assert len(over.text) <= MAX_LABEL_CHARACTERS
    assert "\n" not in over.text


def test_json_tells_each_label_with_its_offsets(rules: Source) -> None:
    result = json.loads(to_line(replace(quoting(rules, "| 2001 | 3 | 4 |"), timings_ms={}).to_json(1)))
    result["timings_ms"] = {"retrieve": 0.0, "answer": 0.0, "total": 0.0}
    check_answer(result)
    labels = result["citations"][0]["labels"]
    assert [(label["kind"], label["text"], RULES[slice(*label["explains"])].strip()[:4]) for label in labels] == [
        ("heading", "Club", "## R"),
        ("heading", "Races", "| Ye"),
        ("column", "Year", "2001"),
        ("column", "Men", "3"),
        ("column", "won", "3"),
        ("column", "Women", "4"),
        ("column", "won", "4"),
    ]
    assert all(RULES[label["start"] : label["end"]] == label["text"] for label in labels)


def test_a_message_has_labels_in_the_small_print_and_is_read_back_without(rules: Source) -> None:
    answer = quoting(rules, "- lions")
    page = answer_page(answer, ENGLISH)
    assert page.description == "“\\- lions” [1]\n-# Club › Races, line 14 · You must not bring: › cats, such as"
    assert read_answer(page.title, page.description, "", AnswerLayout.of(answer)) == ShownAnswer("What?", "- lions [1]")
    assert "[1] Club › Races, line 14 · You must not bring: › cats, such as\n" in answer_file(answer, ENGLISH, "")


def test_a_label_that_is_not_in_the_stored_text_is_not_shown(rules: Source) -> None:
    answer = quoting(rules, "- lions")
    assert verify_answer(answer, MemoryTexts(rules).read) == answer
    (cited,) = answer.citations
    forged = replace(cited.labels[-1], words=replace(cited.labels[-1].words, text="You may bring:"))
    lying = replace(answer, citations=(replace(cited, labels=(*cited.labels[:-1], forged)),))
    (proven,) = verify_answer(lying, MemoryTexts(rules).read).citations
    assert proven == replace(cited, labels=cited.labels[:-1])


@pytest.mark.parametrize(
    ("statement", "passes"),
    [("You must not bring dogs.", True), ("You may bring dogs.", False), ("Dogs are fast.", False)],
)
def test_what_a_chat_model_says_is_compared_with_the_quote_and_what_explains_it(
    rules: Source, statement: str, passes: bool
) -> None:
    sentences = find_candidates(make_passages(rules))
    number = 1 + next(i for i, one in enumerate(sentences) if one.text == "- dogs")
    draft = Draft("What must I leave at home?", sentences, StatementChecker(open_judge()))
    draft.add(Claim(statement, (number,)))
    assert [(one.text, one.verdict) for one in draft.statements] == ([(statement, SUPPORTED)] if passes else [])
