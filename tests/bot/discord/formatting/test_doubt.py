"""What is not sure says so, in every language and form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord.formatting.answer_layout import ShownAnswer
from bot.discord.formatting.answer_page import ANSWERED, UNSURE, Presentation, answer_page
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.quotes import cite
from bot.types import EXTRACTIVE, NOT_FOUND_TEXT, Answer, Certainty, Statement, Status
from retrieval import Span
from tests.bot.discord.formatting.random_answers import CHAT
from tests.bot.discord.formatting.test_answer_page_promises import read_back
from tests.bot.fakes import make_source, place, quoting

ENGLISH = texts_for("en-GB")
EVERY = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
RULES = make_source("# Rules\n\nBe brief.\n\nNo @everyone.", "House rules")
BRIEF, EVERYONE = place(RULES, "Be brief."), place(RULES, "No @everyone.")


@EVERY
def test_what_is_not_sure_says_so_over_its_quotes(texts: Texts) -> None:
    answer = replace(quoting("Why?", RULES, BRIEF, EVERYONE), certainty=Certainty.UNSURE)
    sure = answer_page(replace(answer, certainty=Certainty.SURE), texts)
    page = answer_page(answer, texts)
    assert page.description == f"{texts.unsure}\n\n{sure.description}"
    assert (sure.colour, page.colour) == (ANSWERED, UNSURE)
    assert read_back(page, answer) == ShownAnswer("Why?", "Be brief. [1] No @everyone. [2]")
    assert texts.unsure not in answer_page(answer, texts, Presentation(final=False)).description


@EVERY
def test_a_chat_models_answer_that_is_not_sure_says_so_under_its_statements(texts: Texts) -> None:
    answer = replace(quoting("Why?", RULES, BRIEF), mode=CHAT, statements=(Statement("So.", (1,)),))
    answer = replace(answer, certainty=Certainty.UNSURE)
    page = answer_page(answer, texts)
    said, _, below = page.description.partition("\n\n")
    assert said == "So. [1]"
    assert below.startswith(f"-# {texts.unsure_remark}\n-# {texts.quotes_heading}\n[1] “Be brief.”")
    assert page.colour == UNSURE
    assert read_back(page, answer) == ShownAnswer("Why?", "So. [1]")


def test_a_closest_sentence_about_something_else_is_not_shown() -> None:
    refusal = Answer("Why?", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=cite(RULES, BRIEF, None))
    page = answer_page(refusal, ENGLISH)
    assert (page.description, page.footer) == (NOT_FOUND_TEXT, "")


def test_the_file_of_an_unsure_answer_says_that_it_is_one() -> None:
    long = make_source("word " * 2000)
    for mode, words in ((EXTRACTIVE, ENGLISH.unsure), (CHAT, ENGLISH.unsure_remark)):
        answer = replace(quoting("Why?", long, Span(0, 9999), mode=mode), certainty=Certainty.UNSURE)
        page = answer_page(answer, ENGLISH)
        assert page.attachment is not None
        assert page.attachment.count(words) == 1
