"""The second look, by the reader that ships."""

from __future__ import annotations

from bot.reader import SpanReader
from bot.selection.candidates import find_candidates
from bot.selection.second_look import look_again
from retrieval import Span
from tests.bot.fakes import make_passages, make_source

VILLAGE = make_source("The market opens every Tuesday. It was built in 1843 by Ada Thorne. Sheep graze there.")
FIRST, SECOND, _ = find_candidates(make_passages(VILLAGE))


def test_a_sentence_that_answers_does_so_also_by_itself() -> None:
    beside, alone = look_again(SpanReader(), "When does the market open?", FIRST)
    assert min(beside, alone) > 0 > max(look_again(SpanReader(), "Who painted the church?", FIRST))


def test_only_the_sentence_s_own_words_count() -> None:
    reader = SpanReader()
    beside, alone = look_again(reader, "When does the market open?", SECOND)
    assert beside < look_again(reader, "When does the market open?", FIRST)[0]
    _, reading = reader.read("When does the market open?", [VILLAGE.slice(SECOND.neighbours), SECOND.text])
    assert alone == reading.best(Span(0, len(SECOND.text)))[0] / 10
