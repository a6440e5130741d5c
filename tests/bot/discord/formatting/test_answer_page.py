"""Answers as messages: what stands where, what is cut, and what the file has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.discord.formatting.answer_layout import ShownAnswer
from bot.discord.formatting.answer_page import (
    ANSWERED,
    NOT_FOUND,
    PROBLEM,
    UNSURE,
    WRITING,
    AnswerPage,
    AnswerText,
    Presentation,
    answer_page,
    answer_text,
)
from bot.discord.formatting.discord_markdown import units
from bot.discord.formatting.statements import render_statements
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.quotes import cite
from bot.types import EXTRACTIVE, NOT_FOUND_TEXT, Answer, Statement, Status
from retrieval import Span
from tests.bot.discord.formatting.random_answers import CHAT
from tests.bot.discord.formatting.test_answer_page_promises import read_back
from tests.bot.fakes import make_source, place, quoting

ENGLISH, ITALIAN = texts_for("en-GB"), texts_for("it")
EVERY = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
RULES = make_source("# Rules\n\nBe *kind*. Be brief.\n\nNo @everyone.", "House *rules*")
KIND, BRIEF, EVERYONE = place(RULES, "Be *kind*."), place(RULES, "Be brief."), place(RULES, "No @everyone.")


def test_an_extractive_answer_is_its_quotes_each_with_its_place() -> None:
    answer = replace(quoting("Why *so*?\n Or not?", RULES, KIND, EVERYONE), timings_ms={"total": 1234.5})
    assert answer_page(answer, ENGLISH) == AnswerPage(
        r"Why \*so\*? Or not?",
        "“Be \\*kind\\*.” [1]\n-# House \\*rules\\*, line 3\n\n“No \\@everyone.” [2]\n-# House \\*rules\\*, line 5",
        "Quotes checked against the source",
        ANSWERED,
        None,
    )


def test_the_answer_in_short_stands_in_bold_before_its_quote() -> None:
    cited = cite(RULES, KIND, 1, place(RULES, "*kind*"))
    answer = replace(quoting("Be what?", RULES, KIND), citations=(cited,), has_short=True)
    page = answer_page(answer, ENGLISH)
    assert page.description == "**\\*kind\\*** — “Be \\*kind\\*.” [1]\n-# House \\*rules\\*, line 3"
    assert read_back(page, answer) == ShownAnswer("Be what?", "Be *kind*. [1]")


def test_an_answer_in_plain_text_has_the_question_in_bold_and_its_making_as_small_print() -> None:
    assert answer_text(quoting("Why?", RULES, BRIEF), ITALIAN) == AnswerText(
        "**Why?**\n“Be brief.” [1]\n-# House \\*rules\\*, riga 3\n\n-# Citazione verificata sulla fonte",
        None,
    )


def test_a_page_is_named_instead_of_a_line_where_there_is_one() -> None:
    answer = quoting("Why?", RULES, BRIEF)
    answer = replace(answer, citations=(replace(answer.citations[0], page=12),))
    assert answer_page(answer, ENGLISH).description == "“Be brief.” [1]\n-# House \\*rules\\*, page 12"


def test_the_heading_stands_before_the_line_where_there_is_one_and_no_page() -> None:
    answer = quoting("Why?", RULES, BRIEF)
    answer = replace(answer, citations=(replace(answer.citations[0], heading="House *rules* › In *general*"),))
    shown = "“Be brief.” [1]\n-# House \\*rules\\* › In \\*general\\*, line 3"
    assert answer_page(answer, ENGLISH).description == shown


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://discord.com/channels/1/2/3", "[Ada, noon](<https://discord.com/channels/1/2/3>)"),
        ("https://discord.com/channels/@me/2/3", "[Ada, noon](<https://discord.com/channels/@me/2/3>)"),
        ("https://discord.com/channels/1/2/3) [x](https://evil.example", "Ada, noon"),
        ("https://discord.com.evil.example/channels/1/2/3", "Ada, noon"),
        ("https://site.example/page", "Ada, noon"),
        (None, "Ada, noon"),
    ],
)
def test_the_heading_of_a_message_leads_to_it_and_no_other_link_is_shown(link: str | None, shown: str) -> None:
    answer = quoting("Why?", RULES, BRIEF)
    answer = replace(answer, citations=(replace(answer.citations[0], heading="Ada, noon", link=link),))
    assert answer_page(answer, ENGLISH).description == f"“Be brief.” [1]\n-# House \\*rules\\* › {shown}, line 3"


def test_a_chat_models_statements_come_first_and_then_what_they_rest_on() -> None:
    answer = replace(
        quoting("Why?", RULES, KIND, BRIEF),
        mode="some-model",
        statements=(
            Statement("It *says* so.", (1, 2)),
            Statement("In code:\n```py\n**kind** = 1\n```", (2,)),
            Statement("Enough.", (1,)),
        ),
    )
    page = answer_page(answer, ENGLISH)
    assert page.description == (
        "It \\*says\\* so. [1] [2] In code:\n```py\n**kind** = 1\n```\n[2] Enough. [1]\n\n"
        "-# Quotes\n"
        "[1] “Be \\*kind\\*.”\n-# House \\*rules\\*, line 3\n\n"
        "[2] “Be brief.”\n-# House \\*rules\\*, line 3"
    )
    assert page.footer == "Quotes checked against the source"
    assert read_back(page, answer) == ShownAnswer(
        "Why?", "It *says* so. [1] [2] In code:\n```py\n**kind** = 1\n```\n[2] Enough. [1]"
    )


def test_code_is_read_back_as_it_stands() -> None:
    code = "```\n-# no small print\nx = '\\*'\n```"
    answer = replace(quoting("Why?", RULES, KIND), mode=CHAT, statements=(Statement(f"So:\n{code}", (1,)),))
    page = answer_page(answer, ENGLISH)
    assert read_back(page, answer) == ShownAnswer("Why?", f"So:\n{code}\n[1]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```\na*b\n```", "```\na*b\n```\n[1]"),
        ("```c#\na\n```", "```\na\n```\n[1]"),  # no name that Discord knows
        ("~~~\na*b\n~~~", r"\~\~\~" + "\na\\*b\n" + r"\~\~\~ [1]"),
        ("```py\nnever closed", "```py\nnever closed\n```\n[1]"),
        ("```\n\n```", r"\`\`\`" + "\n\n" + r"\`\`\` [1]"),  # Discord would take its end for a beginning
        ("````\n```\n````\nx", r"\`\`\`\`" + "\n" + r"\`\`\`" + "\n" + r"\`\`\`\`" + "\nx [1]"),  # cannot be held
        ("````\n``\n````", "```\n``\n```\n[1]"),
        ("a ``` b ``` c", r"a \`\`\` b \`\`\` c [1]"),
        ("```\na\x07\u202e\n```", "```\na\\x07\\u202e\n```\n[1]"),
    ],
)
def test_a_fence_stays_a_fence_if_discord_can_hold_it(text: str, shown: str) -> None:
    assert render_statements([Statement(text, (1,))]) == shown


@EVERY
def test_a_refusal_never_looks_like_an_answer(texts: Texts) -> None:
    refusal = Answer("Why?", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=cite(RULES, BRIEF, None), on_topic=True)
    page = answer_page(refusal, texts)
    where = texts.place_line.format(title=r"House \*rules\*", line=3)
    assert page.description == f"{texts.not_found}\n\n-# {texts.closest}\n“Be brief.”\n-# {where}"
    assert page.colour == NOT_FOUND != ANSWERED
    assert "[" not in page.description
    assert read_back(page, refusal) == ShownAnswer("Why?", NOT_FOUND_TEXT)


def test_a_refusal_with_nothing_close_claims_no_check() -> None:
    page = answer_page(Answer("Why?", Status.NOT_FOUND, 0.0, EXTRACTIVE), ENGLISH)
    assert (page.description, page.footer) == (NOT_FOUND_TEXT, "")


def test_what_is_written_says_so_and_has_no_file() -> None:
    long = make_source("word " * 2000)
    answer = quoting("Why?", long, Span(0, 9999))
    page = answer_page(answer, ENGLISH, Presentation(final=False))
    assert page == AnswerPage("Why?", "-# [1] rules, line 1 · not shown here\n\n…", "Writing…", WRITING, None)
    assert answer_text(answer, ITALIAN, Presentation(final=False)).content.endswith("\n\n…\n\n-# Sto scrivendo…")


def test_nothing_found_so_far_is_no_refusal() -> None:
    answer = Answer("Why?", Status.NOT_FOUND, 0.0, CHAT)
    assert answer_page(answer, ENGLISH, Presentation(final=False)).description == "…"
    assert answer_page(answer, ENGLISH).description == NOT_FOUND_TEXT


@pytest.mark.parametrize("final", [True, False])
def test_the_footer_says_that_older_messages_were_left_out(final: bool) -> None:
    answer = quoting("Why?", RULES, BRIEF)
    assert answer_page(answer, ENGLISH, Presentation(final=final, older_turns_left_out=True)).footer.endswith(
        " · older messages of this conversation were left out"
    )
    assert "left out" not in answer_page(answer, ENGLISH, Presentation(final=final)).footer


def test_what_fits_beside_a_quote_that_does_not_is_shown() -> None:
    source = make_source("Short one.\n" + "long " * 1000 + "end.\nShort two.")
    long = place(source, source.text.split("\n")[1])
    answer = quoting("Why?", source, place(source, "Short one."), long, place(source, "Short two."))
    page = answer_page(answer, ENGLISH)
    assert page.description == (
        "“Short one.” [1]\n-# rules, line 1\n\n"
        "-# [2] rules, line 2 · not shown here\n\n"
        "“Short two.” [3]\n-# rules, line 3\n\n"
        "-# The whole answer is in answer.md."
    )
    assert page.attachment is not None
    assert page.attachment.startswith(
        "# Why?\n\n[1] rules, line 1\n\n```text\nShort one.\n```\n\n[2] rules, line 2\n\n"
    )
    assert page.attachment.endswith(f"\n\n---\n\n{page.footer}\n")
    assert read_back(page, answer) == ShownAnswer("Why?", "Short one. [1] Short two. [3]")
    denied = answer_page(answer, ENGLISH, Presentation(may_attach=False))
    assert denied.description.endswith(f"\n\n-# {ENGLISH.rest_left_out}")
    assert denied.attachment is None


@pytest.mark.parametrize("mode", [EXTRACTIVE, CHAT])
def test_the_room_is_used_to_the_last_unit_and_not_beyond(mode: str) -> None:
    lengths = []
    for length in range(3900, 4100):
        source = make_source("a" * length + "b" * 5000)
        answer = quoting("Why?", source, Span(0, length), Span(length, length + 5000))
        answer = replace(answer, mode=mode, statements=(Statement("So.", (1, 2)),))
        description = answer_page(answer, ENGLISH, Presentation(may_attach=False)).description
        if f"“{'a' * length}”" in description:
            lengths.append(units(description))
    assert max(lengths) == 4096


@pytest.mark.parametrize("mode", [EXTRACTIVE, CHAT])
def test_thirty_thousand_characters_are_whole_in_the_file(mode: str) -> None:
    long = make_source("Say `this`. " * 2500)
    answer = replace(quoting("Why?", long, Span(0, 30_000)), mode=mode)
    page = answer_page(answer, ENGLISH)
    assert page.attachment is not None
    assert long.text in page.attachment
    assert units(page.description) <= 4096
    assert page.description.endswith("-# [1] rules, line 1 · not shown here\n\n-# The whole answer is in answer.md.")


def test_a_long_statement_is_cut_at_white_space_and_keeps_its_marks_and_room_for_its_quotes() -> None:
    answer = replace(quoting("Why?", RULES, KIND), mode=CHAT, statements=(Statement("word " * 2000, (1,)),))
    said, _, quotes = answer_page(answer, ENGLISH).description.partition("\n\n")
    assert re.fullmatch(r"(word )+word… \[1\]", said)
    assert units(said) > 3900
    assert quotes.startswith("-# Quotes\n[1] “Be \\*kind\\*.”\n")


def test_a_cut_never_falls_inside_a_code_fence() -> None:
    code = "```py\n" + "x = 1\n" * 700 + "```"
    statement = Statement(f"Before.\n{code}\nAfter.", (1,))
    answer = replace(quoting("Why?", RULES, KIND), mode=CHAT, statements=(statement,))
    assert answer_page(answer, ENGLISH).description.startswith("Before.\n… [1]\n\n-# Quotes\n")
    only = replace(answer, statements=(Statement(code, (1,)),))
    page = answer_page(only, ENGLISH)
    assert page.description.startswith("-# Quotes\n[1] “Be")
    assert page.attachment is not None
    assert code in page.attachment
    assert read_back(page, only) == ShownAnswer("Why?", "")


def test_the_file_of_a_chat_models_answer_has_statements_quotes_and_small_print() -> None:
    answer = replace(quoting("Why *so*?", RULES, KIND), mode=CHAT, statements=(Statement("So " + "a" * 5000, (1,)),))
    page = answer_page(answer, ENGLISH)
    assert page.attachment == (
        f"# Why \\*so\\*?\n\nSo {'a' * 5000} [1]\n\n## Quotes\n\n[1] House \\*rules\\*, line 3\n\n"
        f"```text\nBe *kind*.\n```\n\n---\n\n{page.footer}\n"
    )


def test_the_file_of_a_refusal_says_that_it_is_one() -> None:
    long = make_source("word " * 2000)
    refusal = Answer("Why?", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=cite(long, Span(0, 9999), None), on_topic=True)
    page = answer_page(refusal, ENGLISH)
    assert page.description == (
        f"{NOT_FOUND_TEXT}\n\n-# {ENGLISH.closest}\n-# rules, line 1 · not shown here\n\n-# {ENGLISH.rest_attached}"
    )
    assert page.attachment is not None
    assert page.attachment.startswith(
        f"# Why?\n\n{NOT_FOUND_TEXT}\n\n{ENGLISH.closest}\n\nrules, line 1\n\n```text\nword"
    )
    assert read_back(page, refusal) == ShownAnswer("Why?", NOT_FOUND_TEXT)


def test_a_long_question_comes_back_as_it_was_shortened() -> None:
    answer = quoting("why " * 100 + "?", RULES, BRIEF)
    page = answer_page(answer, ENGLISH)
    assert read_back(page, answer) == ShownAnswer(" ".join(["why"] * 64) + "…", "Be brief. [1]")


@pytest.mark.parametrize("colour", [ANSWERED, UNSURE, NOT_FOUND, PROBLEM, WRITING])
@pytest.mark.parametrize("background", [0xFFFFFF, 0xF2F3F5, 0x2B2D31, 0x1A1A1E])
def test_colours_stand_out_on_light_and_dark(colour: int, background: int) -> None:
    lighter, darker = sorted((luminance(colour), luminance(background)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3  # WCAG 2.2, 1.4.11


def luminance(colour: int) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
