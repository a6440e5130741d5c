"""Words of a document in Discord: exactly these, code to copy, links to click, and nothing else acts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.formatting.answer_layout import ShownAnswer
from bot.discord.formatting.answer_page import answer_page
from bot.discord.formatting.passage_page import passage_page
from bot.discord.formatting.quoted_words import in_marks, linked, read_words, show_words
from bot.discord.texts import texts_for
from bot.quotes import cite
from bot.safe_text import visible
from retrieval import CodeBlock, Span, code_within
from tests.bot.discord.formatting.nasty import nasty_long
from tests.bot.discord.formatting.shown_code import as_quoted, words_of
from tests.bot.discord.formatting.test_answer_page_promises import read_back
from tests.bot.fakes import make_source, place, quoting
from tests.discord.discord_markdown import active, words
from tests.retrieval.strategies import PROPERTY

ENGLISH = texts_for("en-GB")
MESSAGE = "https://discord.com/channels/1/2/3"
LINKS_AND_CODE = [
    "`a`",
    "`x*y`",
    "`\\*`",
    "https://a.example/b_(c)",
    "HTTP://a.example",
    "<https://a.example>",
    "https://",
]


@PROPERTY
@given(st.lists(st.one_of(nasty_long, st.sampled_from(LINKS_AND_CODE)), max_size=6).map("".join))
def test_the_words_are_the_same_and_only_links_and_code_act(text: str) -> None:
    shown = show_words(text)
    assert set(active(shown)) <= {"link", "code"}
    assert words(shown) == visible(text)
    assert read_words(shown) == visible(text)


@PROPERTY
@given(st.lists(st.one_of(nasty_long, st.sampled_from(LINKS_AND_CODE)), max_size=6).map("".join))
def test_blocks_of_code_hold_their_words(text: str) -> None:
    source = make_source(text)
    shown = show_words(text, code_within(source, Span(0, len(text))))
    assert set(active(shown)) <= {"link", "code", "code block"}
    assert as_quoted(words_of(shown)) == as_quoted(visible(text))
    assert as_quoted(read_words(shown)) == as_quoted(visible(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://a.example/b_c.", "See <https://a.example/b_c>."),
        ("(https://a.example/b_(c))", "(<https://a.example/b_(c)>)"),
        ("http://a.example, and", "<http://a.example>, and"),
        ("[here](https://a.example)", "[here]\\(<https://a.example>)"),
        ("<https://a.example>", "\\<<https://a.example>>"),
        ("https://discord.gg/mill", "https\\://discord.gg\\/mill"),
        ("https://discord.com/invite/mill", "https\\://discord.com\\/invite/mill"),
        ("https://www.discord.com/invite/mill", "https\\://www.discord.com\\/invite/mill"),
        ("https://dsc.gg/mill", "https\\://dsc.gg/mill"),
        ("https://discord.com/channels/1/2/3", "<https://discord.com/channels/1/2/3>"),
        ("https://a.example/**x**", "https\\://a.example/\\*\\*x\\*\\*"),
        ("steam://run/1", "steam\\://run/1"),
        ("Use `git pull --rebase`.", "Use `git pull --rebase`."),
        ("`C:\\*`", "`C:\\*`"),
        ("a ` b", "a \\` b"),
        ("``a` b``", "\\`\\`a\\` b\\`\\`"),
        ("` `", "\\` \\`"),
        ("`**kwargs`", "\\`\\*\\*kwargs\\`"),
    ],
)
def test_what_can_be_clicked_or_copied(text: str, shown: str) -> None:
    assert show_words(text) == shown
    assert words(shown) == text


@pytest.mark.parametrize(
    ("block", "indent", "shown"),
    [
        ("```sh\na*b\n```", 0, "```sh\na*b\n```"),
        ("~~~\na\n~~~", 0, "```\na\n```"),
        ("```py title=x\n    a\n```", 4, "```py\na\n```"),
        ("a\n      b\n    c", 4, "```\na\n  b\nc\n```"),
        ("def f():\n    return 1", 0, "```\ndef f():\n    return 1\n```"),
        ("b\n```", 0, "```\nb\n```"),
        ("```\n\n```", 0, "\\`\\`\\`\n\n\\`\\`\\`"),
        ("```c#\na", 0, "```\na\n```"),
    ],
)
def test_a_block_of_code_is_one_in_discord(block: str, indent: int, shown: str) -> None:
    assert show_words(block, [CodeBlock(Span(0, len(block)), indent)]) == shown


def test_a_block_has_its_lines_to_itself_in_the_quote_and_is_read_back() -> None:
    source = make_source("Run this:\n\n```sh\n-# make *all*\n```\n\nDone.")
    answer = quoting("How?", source, Span(0, len(source.text)))
    page = answer_page(answer, ENGLISH)
    assert page.description == ("“Run this:\n```sh\n-# make *all*\n```\nDone.” [1]\n-# rules, line 1")
    assert read_back(page, answer) == ShownAnswer("How?", "Run this:\n```sh\n-# make *all*\n```\nDone. [1]")
    assert in_marks("```\na\n```") == "“\n```\na\n```\n”"


def test_a_passage_shows_code_beside_and_in_its_quote() -> None:
    source = make_source("Before:\n```\na = 1\n```\nThen `b` at https://b.example/c.\n```\nc = 2\n```")
    quote = cite(source, place(source, "Then `b` at https://b.example/c."), None).quote
    page = passage_page(
        source.text,
        quote,
        title="t",
        line=1,
        page=None,
        index=1,
        count=1,
        texts=ENGLISH,
        code=lambda span: code_within(source, span),
    )
    assert page.description == ("Before:\n```\na = 1\n```\n**Then `b` at <https://b.example/c>.**\n```\nc = 2\n```")


@pytest.mark.parametrize(
    ("quote", "answering", "shown"),
    [
        ("Use `make` now.", "`make`", "**Use __`make`__ now.**"),
        ("Use `make all` now.", "make", "**Use \\`__make__ all\\` now.**"),
        ("Use `__all__` now.", "Use `__all__`", "**__Use \\`\\_\\_all\\_\\_\\`__ now.**"),
        ("See https://a.example.", "https://a.example", "**See __<https://a.example>__.**"),
    ],
)
def test_code_and_links_are_underlined_whole_or_shown_as_words(quote: str, answering: str, shown: str) -> None:
    source = make_source(quote)
    start = quote.index(answering)
    cited = cite(source, Span(0, len(quote)), None, Span(start, start + len(answering))).quote
    page = passage_page(quote, cited, title="t", line=1, page=None, index=1, count=1, texts=ENGLISH)
    assert page.description == shown


# Places that lead somewhere


@pytest.mark.parametrize(
    ("words", "link", "shown"),
    [
        ("Ada, noon", MESSAGE, f"[Ada, noon](<{MESSAGE}>)"),
        ("a [b] c](x)", MESSAGE, f"[a (b) c)(x)](<{MESSAGE}>)"),
        ("https\\://b.example", MESSAGE, "https\\://b.example"),
        ("Ada", None, "Ada"),
        ("Ada", "https://a.example", "Ada"),
        ("Ada", "javascript:alert(1)", "Ada"),
        ("Ada", "https://discord.gg/mill", "Ada"),
        ("Ada", f"{MESSAGE})x", "Ada"),
    ],
)
def test_a_place_leads_to_its_message_and_nowhere_else(words: str, link: str | None, shown: str) -> None:
    assert linked(words, link) == shown


def test_the_place_under_a_quote_is_a_link_and_its_passage_leads_there_too() -> None:
    source = make_source("Be brief.")
    answer = quoting("Why?", source, Span(0, 9))
    answer = replace(answer, citations=(replace(answer.citations[0], link=MESSAGE, heading="Ada, noon"),))
    page = answer_page(answer, ENGLISH)
    assert page.description == f"“Be brief.” [1]\n-# rules › [Ada, noon](<{MESSAGE}>), line 1"
    assert read_back(page, answer) == ShownAnswer("Why?", "Be brief. [1]")
    quote = answer.citations[0].quote
    for link, url in ((MESSAGE, MESSAGE), ("https://a.example", None)):
        shown = passage_page(
            source.text, quote, title="t", line=1, page=None, index=1, count=1, texts=ENGLISH, link=link
        )
        assert shown.url == url
