"""The second look, by the reader that ships."""

from __future__ import annotations

from bot.extractive.reader import SpanReader
from bot.extractive.selection.candidates import find_candidates
from bot.extractive.selection.second_look import look_again
from retrieval import Span
from tests.bot.fakes import make_passages, make_source

VILLAGE = make_source("The market opens every Tuesday. It was built in 1843 by Ada Thorne. Sheep graze there.")
FIRST, SECOND, _ = find_candidates(make_passages(VILLAGE))


def test_a_sentence_that_answers_does_so_with_less_around_it() -> None:
    assert look_again(SpanReader(), "When does the market open?", FIRST) > 0
    assert look_again(SpanReader(), "Who painted the church?", FIRST) < 0


def test_the_sentence_before_it_is_read_with_it_and_only_its_own_words_count() -> None:
    reader, question = SpanReader(), "When does the market open?"
    look = look_again(reader, question, SECOND)
    assert look < look_again(reader, question, FIRST)
    view = Span(FIRST.span.start, SECOND.span.end)
    (reading,) = reader.read(question, [VILLAGE.slice(view)])
    assert look == reading.best(Span(SECOND.span.start, view.end))[0] / 10
