"""An overview of several documents names them first, in every language and form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord.formatting.answer_layout import ShownAnswer
from bot.discord.formatting.answer_page import answer_page, answer_text
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.types import Certainty, Statement
from tests.bot.discord.formatting.random_answers import CHAT
from tests.bot.discord.formatting.test_answer_page_promises import read_back
from tests.bot.fakes import make_source, place, quoting

EVERY = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
RULES = make_source("# Rules\n\nBe brief.\n\nBe kind.", "House rules")
QUOTING = quoting("What is this about?", RULES, place(RULES, "Be brief."))
OVERVIEW = replace(QUOTING, certainty=Certainty.SURE, overview=True, documents=("House *rules*", "Menu"))


@EVERY
def test_the_titles_stand_over_the_quotes(texts: Texts) -> None:
    alone = answer_page(replace(OVERVIEW, documents=()), texts)
    page = answer_page(OVERVIEW, texts)
    line = f"{texts.documents(2)}: House \\*rules\\* · Menu"
    assert page.description == f"{line}\n\n{alone.description}"
    assert line in answer_text(OVERVIEW, texts).content
    assert read_back(page, OVERVIEW) == read_back(alone, replace(OVERVIEW, documents=()))
    assert read_back(page, OVERVIEW) == ShownAnswer("What is this about?", "Be brief. [1]")


def test_the_titles_stand_under_what_a_chat_model_says() -> None:
    answer = replace(OVERVIEW, mode=CHAT, statements=(Statement("So.", (1,)),))
    page = answer_page(answer, texts_for("en"))
    assert page.description.startswith("So. [1]\n\n-# 2 documents: House \\*rules\\* · Menu\n-# Quotes\n[1] “")
    assert read_back(page, answer) == ShownAnswer("What is this about?", "So. [1]")


def test_ten_titles_are_named_and_the_rest_is_counted() -> None:
    titles = tuple(f"Title {number}" for number in range(1200))
    page = answer_page(replace(OVERVIEW, documents=titles), texts_for("en"))
    line = page.description.partition("\n")[0]
    assert line == f"1,200 documents: {' · '.join(titles[:10])} · …"
