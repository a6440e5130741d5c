"""Whatever the answer: within Discord's limits, every quote whole or not at all, and all of it in the file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.discord.formatting.answer_layout import AnswerLayout, ShownAnswer
from bot.discord.formatting.answer_page import AnswerPage, Presentation, answer_page, answer_text
from bot.discord.formatting.answer_parser import read_answer
from bot.discord.formatting.attachments import documents_line
from bot.discord.formatting.discord_markdown import escape, unescape, units
from bot.discord.formatting.statements import render_statements
from bot.discord.texts import LANGUAGES, Texts
from bot.safe_text import one_line
from bot.types import EXTRACTIVE, Answer, Status
from tests.bot.discord.formatting.random_answers import answers, quoted
from tests.bot.discord.formatting.shown_code import compared, parts_between, words_of
from tests.discord.discord_markdown import active
from tests.retrieval.strategies import PROPERTY

languages = st.sampled_from(sorted(LANGUAGES))
SMALL_LINE = re.compile(r"^-# .*$", re.MULTILINE)


def forms(answer: Answer, texts: Texts, final: bool = True, may_attach: bool = True) -> list[tuple[str, str | None]]:
    """The body of the answer and its file, as an embed and as plain text."""
    page = answer_page(answer, texts, Presentation(final=final, may_attach=may_attach))
    plain = answer_text(answer, texts, Presentation(final=final, may_attach=may_attach))
    head, _, rest = plain.content.partition("\n")
    assert head == f"**{page.title}**"
    body = rest.removesuffix(f"\n\n-# {escape(page.footer)}")
    assert bool(page.footer) == (body != rest)
    return [(page.description, page.attachment), (body, plain.attachment)]


def read_back(page: AnswerPage, answer: Answer) -> ShownAnswer | None:
    return read_answer(page.title, page.description, "", AnswerLayout.of(answer))


def shown_quotes(body: str, answer: Answer, texts: Texts) -> list[str]:
    """The words in quotation marks, each with a place under it; nothing else may stand between the small print.

    Over them may stand titles, or that the answer is not sure, and before the first the answer in short.
    """
    if answer.short is not None:
        body = body.removeprefix(f"**{escape(one_line(answer.short.quote.highlighted))}** — ")
    pieces = parts_between(body.removeprefix(documents_line(answer, texts) or texts.unsure), SMALL_LINE)
    if answer.mode != EXTRACTIVE or answer.status is Status.NOT_FOUND:
        pieces = pieces[1:]  # what was said, or the refusal
    shown = []
    for piece in filter(None, map(str.strip, pieces)):
        match = re.fullmatch(r"(?:\[\d+\] )?(?:… )?“(.*)”(?: …)?(?: \[\d+\])?", piece, re.DOTALL)
        assert match is not None
        shown.append(compared(answer, words_of(match[1])))
    return shown


@PROPERTY
@given(answers, languages, st.booleans(), st.booleans(), st.booleans())
def test_the_limits_are_kept(answer: Answer, language: str, final: bool, may_attach: bool, older: bool) -> None:
    texts = LANGUAGES[language]
    page = answer_page(answer, texts, Presentation(final=final, may_attach=may_attach, older_turns_left_out=older))
    plain = answer_text(answer, texts, Presentation(final=final, may_attach=may_attach, older_turns_left_out=older))
    assert 0 < units(page.title) <= 256
    assert 0 < units(page.description) <= 4096
    assert units(page.title + page.description + page.footer) <= 6000
    assert 0 < units(plain.content) <= 2000
    for text in (page.title, page.description, page.footer, plain.content):
        text.encode("utf-8")
        assert text == text.strip()


@PROPERTY
@given(answers, languages)
def test_a_quote_is_shown_whole_or_not_at_all(answer: Answer, language: str) -> None:
    texts = LANGUAGES[language]
    for body, _ in forms(answer, texts):
        shown = shown_quotes(body, answer, texts)
        remaining = iter([compared(answer, quote) for quote in quoted(answer)])
        assert all(quote in remaining for quote in shown)  # each exactly, and in their order


@PROPERTY
@given(answers, languages, st.booleans())
def test_the_file_is_there_exactly_when_something_is_left_out(answer: Answer, language: str, may_attach: bool) -> None:
    texts = LANGUAGES[language]
    for body, attachment in forms(answer, texts, may_attach=may_attach):
        all_said = answer.mode == EXTRACTIVE or body.startswith(render_statements(answer.statements))
        whole = all_said and shown_quotes(body, answer, texts) == [compared(answer, quote) for quote in quoted(answer)]
        assert (attachment is not None) == (not whole and may_attach)
        notes = {f"-# {texts.rest_attached}": may_attach, f"-# {texts.rest_left_out}": not may_attach}
        assert {note: body.endswith(note) for note in notes} == {
            note: not whole and applies for note, applies in notes.items()
        }


@PROPERTY
@given(answers, languages)
def test_the_file_has_every_quote_exactly(answer: Answer, language: str) -> None:
    texts = LANGUAGES[language]
    citations = answer.citations if answer.offered is None else (answer.offered,)
    for _, attachment in forms(answer, texts):
        if attachment is None:
            continue
        attachment.encode("utf-8")
        for citation in citations:
            assert f"text\n{citation.quote.text}\n`" in attachment
        # To a Markdown reader, each stands in a fence of its own; some characters are not the same to it.
        if not set("\r\0") & set(attachment):
            fences = [token.content for token in MarkdownIt().parse(attachment) if token.info == "text"]
            assert fences == [f"{citation.quote.text}\n" for citation in citations]
        assert unescape(attachment.partition("\n")[0]) == f"# {one_line(answer.question)}"


@PROPERTY
@given(answers, languages, st.booleans())
def test_nothing_acts_but_small_print_code_fences_and_the_bold_question(
    answer: Answer, language: str, may_attach: bool
) -> None:
    texts = LANGUAGES[language]
    page = answer_page(answer, texts, Presentation(may_attach=may_attach))
    plain = answer_text(answer, texts, Presentation(may_attach=may_attach))
    assert active(page.title) == []
    allowed = {"small print", "link", "code", "code block"}
    allowed |= {"bold"} if answer.has_short else set()
    assert set(active(page.description)) <= allowed
    assert active(plain.content)[0] == "bold"
    assert set(active(plain.content)[1:]) <= allowed
    assert page.description.count("```") == 2 * active(page.description).count("code block")
    assert plain.content.count("```") == 2 * active(plain.content).count("code block")
