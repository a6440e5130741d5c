"""Messages are read back: those of today whatever their words are, and those of older programs by the words of then."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord import custom_ids
from bot.discord import texts as texts_package
from bot.discord.formatting import answer_parser, legacy_wording
from bot.discord.formatting.answer_layout import AnswerLayout, ShownAnswer
from bot.discord.formatting.answer_page import Presentation, answer_page, answer_text
from bot.discord.formatting.answer_parser import read_answer
from bot.discord.formatting.discord_markdown import unescape
from bot.discord.texts import LANGUAGES, Texts
from bot.safe_text import visible
from bot.types import EXTRACTIVE, NOT_FOUND_TEXT, Answer, Certainty, Statement, Status
from tests.bot.discord.formatting.random_answers import answers, quoted
from tests.bot.discord.formatting.shown_code import compared
from tests.bot.discord.texts.wording import in_other_words, sentences
from tests.retrieval.strategies import PROPERTY

EVERY = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
languages = st.sampled_from(sorted(LANGUAGES))
# Messages as a program has posted them that did not name their layout yet, with what it has read in them.
MESSAGES = json.loads(Path(__file__).with_name("messages_without_layout.json").read_text("utf-8"))
OLD = pytest.mark.parametrize("message", MESSAGES, ids=[message["what"] for message in MESSAGES])


def read(message: dict[str, Any]) -> ShownAnswer | None:
    """What is read in a message that an older program has posted."""
    ids = [found for one in message["custom_ids"] if (found := re.fullmatch(custom_ids.FOLLOW, one))]
    assert [found["layout"] for found in ids] == [None]
    return answer_parser.read_answer(message["title"], message["description"], message["content"], ids[0]["layout"])


@PROPERTY
@given(answers, languages)
def test_a_message_can_be_read_back(answer: Answer, language: str) -> None:
    texts = LANGUAGES[language]
    page, plain = answer_page(answer, texts), answer_text(answer, texts)
    layout = AnswerLayout.of(answer)
    from_page = read_answer(page.title, page.description, "", layout)
    from_text = read_answer(None, None, plain.content, layout)
    assert from_page is not None
    assert from_text is not None
    assert from_page.question == from_text.question == unescape(page.title)
    if answer.status is Status.NOT_FOUND:
        assert from_page.text == from_text.text == NOT_FOUND_TEXT
    elif page.attachment is None and answer.mode == EXTRACTIVE:
        marked = [f"{quote} [{number}]" for number, quote in enumerate(quoted(answer), start=1)]
        assert compared(answer, from_page.text) == compared(answer, " ".join(marked))
    elif page.attachment is None and not any("```" in statement.text for statement in answer.statements):
        # White space around statements aside, it is the answer's own text.
        assert from_page.text.split() == visible(answer.text).split()
    if page.attachment is None and plain.attachment is None:
        assert from_page == from_text


@PROPERTY
@given(answers, languages, st.booleans())
def test_what_is_read_stays_the_same_when_every_sentence_is_edited(
    answer: Answer, language: str, may_attach: bool
) -> None:
    def read(texts: Texts) -> list[ShownAnswer | None]:
        page = answer_page(answer, texts, Presentation(may_attach=may_attach))
        plain = answer_text(answer, texts, Presentation(may_attach=may_attach))
        layout = AnswerLayout.of(answer)
        return [read_answer(page.title, page.description, "", layout), read_answer(None, None, plain.content, layout)]

    edited = read(in_other_words(LANGUAGES[language]))
    assert None not in edited
    assert edited == read(LANGUAGES[language])


def test_a_sentence_that_says_what_a_refusal_says_is_a_statement() -> None:
    words = (Statement(NOT_FOUND_TEXT, ()),)
    statement = Answer("Why?", Status.ANSWERED, 0.5, "chat", statements=words, certainty=Certainty.SURE)
    refusal = Answer("Why?", Status.NOT_FOUND, 0.5, "chat")
    assert [AnswerLayout.of(one) for one in (statement, refusal)] == [AnswerLayout.STATEMENTS, AnswerLayout.REFUSAL]
    said = "“So.” [1]\n-# rules, line 1"
    assert [read_answer("Why?", said, "", layout) for layout in AnswerLayout] == [
        ShownAnswer("Why?", "So. [1]"),
        None,  # there is no line over the quote
        None,
        ShownAnswer("Why?", "“So.” [1]"),
        ShownAnswer("Why?", NOT_FOUND_TEXT),
    ]


def test_the_layout_of_a_newer_program_is_not_guessed_at() -> None:
    assert read_answer("Why?", "“So.” [1]\n-# rules, line 1", "", "quotes-3") is None


# Older programs


@OLD
def test_a_message_of_an_older_program_is_read_as_it_was(message: dict[str, Any]) -> None:
    assert read(message) == ShownAnswer(*message["turn"])


def test_editing_every_sentence_leaves_the_messages_of_older_programs_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts_package, "LANGUAGES", {code: in_other_words(one) for code, one in LANGUAGES.items()})
    for module in (legacy_wording, answer_parser):
        importlib.reload(module)
    assert [read(message) for message in MESSAGES] == [ShownAnswer(*message["turn"]) for message in MESSAGES]


# What is no answer


@EVERY
@pytest.mark.parametrize("layout", [None, AnswerLayout.QUOTES, AnswerLayout.UNSURE, AnswerLayout.OVERVIEW])
def test_what_else_the_bot_says_is_no_turn(texts: Texts, layout: AnswerLayout | None) -> None:
    for name, text in sentences(texts).items():
        if name != "not_found":
            assert read_answer("Title", text, "", layout) is None
        assert read_answer(None, None, text, layout) is None
        assert read_answer(None, text, "", layout) is None
        assert read_answer("Title", None, text, layout) is None


@pytest.mark.parametrize("layout", [None, AnswerLayout.QUOTES, AnswerLayout.UNSURE, AnswerLayout.OVERVIEW])
@pytest.mark.parametrize(
    ("title", "description", "content"),
    [
        (None, None, ""),
        ("", "", ""),
        ("Why?", "", ""),
        ("Why?", "“Be brief.” [1]", ""),  # without its place
        ("Why?", "Be brief. [1]\n-# rules, line 1", ""),  # not in quotation marks
        ("Why?", "-# rules, line 1", ""),
        ("Why?", "“Be brief.” [1]\n-# rules, line 1\n\n“Be kind.” [2]", ""),
        ("Why?", "“Be brief.” [1]\n-# rules, line 1\n\n-# rules, line 2\n\n-# Small print", ""),
        (None, None, "“Be brief.” [1]\n-# rules, line 1\n\nNo small print"),
        (None, None, "**Why?**\n“Be brief.” [1]\n-# rules, line 1\n\nNo small print"),
        (None, None, "**Why?**"),
    ],
)
def test_what_only_resembles_an_answer_is_no_turn(
    title: str | None, description: str | None, content: str, layout: AnswerLayout | None
) -> None:
    assert read_answer(title, description, content, layout) is None


# Answers that stand under their question


@PROPERTY
@given(answers, languages)
def test_an_answer_without_its_question_is_read_back_without_it(answer: Answer, language: str) -> None:
    texts = LANGUAGES[language]
    layout = AnswerLayout.of(answer)
    page, plain = (
        answer_page(answer, texts, Presentation(titled=False)),
        answer_text(answer, texts, Presentation(titled=False)),
    )
    titled = answer_page(answer, texts)
    assert (page.title, page.description) == ("", titled.description)
    with_question = read_answer(titled.title, titled.description, "", layout)
    assert with_question is not None
    assert read_answer(None, page.description, "", layout) == ShownAnswer(None, with_question.text)
    from_text = read_answer(None, None, plain.content, layout)
    assert from_text is not None
    assert from_text.question is None
    if page.attachment is None and plain.attachment is None:
        assert from_text.text == with_question.text


@pytest.mark.parametrize("layout", [None, "quotes-1"])
def test_what_a_program_posted_that_always_showed_the_question_is_no_answer_without_it(layout: str | None) -> None:
    quote = "“Be brief.” [1]\n-# rules, line 1"
    assert read_answer("Why?", quote, "", layout) == ShownAnswer("Why?", "Be brief. [1]")
    assert read_answer(None, quote, "", layout) is None
    assert read_answer(None, None, f"{quote}\n\n-# Small print", layout) is None
    assert read_answer(None, None, f"**Why?**\n{quote}\n\n-# Small print", layout) == ShownAnswer(
        "Why?", "Be brief. [1]"
    )


@EVERY
def test_that_several_documents_do_not_say_is_said_and_read_as_a_refusal(texts: Texts) -> None:
    refusal = Answer("Why?", Status.NOT_FOUND, 0.1, EXTRACTIVE)
    page = answer_page(refusal, texts, Presentation(several_documents=True))
    plain = answer_text(refusal, texts, Presentation(several_documents=True))
    assert page.description == texts.not_found_several != texts.not_found
    assert plain.content == f"**Why?**\n{texts.not_found_several}"
    expected = ShownAnswer("Why?", NOT_FOUND_TEXT)
    assert read_answer("Why?", page.description, "", AnswerLayout.REFUSAL) == expected
    assert read_answer(None, None, plain.content, AnswerLayout.REFUSAL) == expected
