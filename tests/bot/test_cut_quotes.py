"""A sentence that is too long for a chunk is quoted in parts, and each face says so outside of the quotation marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.citations import Citation
from bot.discord.formatting.answer_layout import AnswerLayout
from bot.discord.formatting.answer_page import answer_page
from bot.discord.formatting.answer_parser import read_answer
from bot.discord.formatting.attachments import answer_file, verbatim
from bot.discord.texts import LANGUAGES
from bot.quotes import cite
from bot.render import BlockKind, render_answer
from retrieval import CutEnds, Source, cut_ends, quotable_within
from retrieval.text.chunking import chunk_source
from tests.bot.fakes import make_source, quoting

LONG = f"The boats are {'old, '.join(f'number {n} is ' for n in range(150))}new."
TEXT = f"Members row.\n\n{LONG}\n\nGuests watch."


@pytest.fixture
def source() -> Source:
    return make_source(TEXT)


def parts(source: Source) -> list[Citation]:
    """A citation of each sentence, or of each part of one, that a chunk of the source holds."""
    spans = [span for chunk in chunk_source(source) for span in quotable_within(source, chunk.span)]
    return [cite(source, span, number) for number, span in enumerate(spans, start=1)]


def test_a_part_of_a_long_sentence_knows_at_which_ends_it_is_cut(source: Source) -> None:
    first, *others, last = parts(source)
    assert (first.quote.text, first.cut) == ("Members row.", CutEnds(start=False, end=False))
    assert (last.quote.text, last.cut) == ("Guests watch.", CutEnds(start=False, end=False))
    assert len(others) > 2
    assert [other.cut for other in others] == [
        CutEnds(start=False, end=True),
        *[CutEnds(start=True, end=True)] * (len(others) - 2),
        CutEnds(start=True, end=False),
    ]


def test_words_of_a_short_sentence_are_not_called_cut(source: Source) -> None:
    assert cut_ends(source, replace(parts(source)[0].quote.span, start=3)) == CutEnds(start=False, end=False)


@pytest.mark.parametrize(("number", "before", "after"), [(0, "", ""), (1, "", " …"), (2, "… ", " …"), (-2, "… ", "")])
def test_every_face_shows_what_is_cut_outside_of_the_quotation_marks(
    source: Source, number: int, before: str, after: str
) -> None:
    citation = parts(source)[number]
    answer, words = quoting("What are they?", source, citation.quote.span), citation.quote.text
    (shown,) = [block for block in render_answer(answer) if block.kind is BlockKind.QUOTE]
    assert shown.text == f"{before}“{words}”{after} [1]"
    told = answer.to_json(1)["citations"][0]
    assert (told["quote"], told["cut"]) == (words, {"start": bool(before), "end": bool(after)})
    page = answer_page(answer, LANGUAGES["en"])
    assert f"{before}“{words}”{after} [1]\n" in page.description
    turn = read_answer(page.title, page.description, "", AnswerLayout.of(answer))
    assert turn is not None
    assert turn.text == f"{words} [1]"
    fenced = "\n\n".join(filter(None, [before.strip(), verbatim(words), after.strip()]))
    assert fenced in answer_file(answer, LANGUAGES["en"], "")
