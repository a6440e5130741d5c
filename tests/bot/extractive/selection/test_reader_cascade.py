"""Which passages are read, and which sentence once more, by the reader that ships."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.extractive.reader import SpanScores
from bot.extractive.reader.span_reader import SpanReader
from bot.extractive.selection import QuestionAnalysis, Selector
from bot.extractive.selection.candidates import find_candidates
from bot.extractive.selection.features import measure, prepare
from bot.extractive.selection.reader_cascade import FIRST, look_again, read_passages
from bot.extractive.selection.selector import FALSE_PREMISE
from retrieval import Source, Span, extract_terms
from tests.bot.fakes import even_weights, make_passages, make_source

MARKET = make_source("The market opens every Tuesday.", "market")
CHURCH = make_source("The church has two towers and a garden.", "church")
BRIDGE = make_source("The bridge was closed because the river had risen.", "bridge")
MILL = make_source("The mill was built in 1843 by Ada Thorne.", "mill")
VILLAGE = make_source("The market opens every Tuesday. It was built in 1843 by Ada Thorne. Sheep graze there.")
OPENED, BUILT, _ = find_candidates(make_passages(VILLAGE))
SOURCES = (MARKET, CHURCH, BRIDGE, MILL)


class CountingReader(SpanReader):
    """Remembers what it was given to read."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        self.texts += texts
        return super().read(question, texts, meanwhile)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("When does the market open?", FIRST),
        ("How many towers does the church have?", FIRST),
        ("Why was the bridge closed?", len(SOURCES)),
        ("Who built the mill?", len(SOURCES)),
        ("What is the capital of Peru?", len(SOURCES)),
    ],
)
def test_no_more_is_read_once_one_of_the_first_passages_answers(question: str, read: int) -> None:
    reader, passages = CountingReader(), make_passages(*SOURCES)
    readings = read_passages(reader, question, passages)
    texts = [passage.text for passage in passages[:read]]
    assert reader.texts == texts
    alone = [reader.read(question, [text])[0] for text in texts]
    assert [reading.parts[0][1].starts.tolist() for reading in readings] == [
        reading.starts.tolist() for reading in alone
    ]


@pytest.mark.parametrize("count", range(FIRST + 1))
def test_few_passages_are_all_read_once(count: int) -> None:
    reader, passages = CountingReader(), make_passages(*SOURCES)[:count]
    assert len(read_passages(reader, "Who built the mill?", passages)) == count
    assert reader.texts == [passage.text for passage in passages]


def test_only_sentences_of_what_was_read_are_chosen_from() -> None:
    analysis = QuestionAnalysis.of("When does the market open?")
    selector = Selector(SpanReader())
    choices = selector.select(analysis, make_passages(*SOURCES), even_weights(analysis.terms, ())).choices
    assert [choice.candidate.source for choice in choices] == [MARKET, CHURCH]


def test_a_deed_is_looked_for_in_all_passages_before_a_question_is_refused_for_it() -> None:
    others = make_source("Marek Vale resigned in 1843, when Ada Thorne was ill.", "others")
    named = make_source("Ada Thorne also resigned, years later.", "named")
    analysis, selector = QuestionAnalysis.of("When did Ada Thorne resign?"), Selector(SpanReader())

    def confidence(*sources: Source) -> float:
        passages = make_passages(*sources)
        assert len(read_passages(SpanReader(), analysis.text, passages)) == FIRST
        return selector.select(analysis, passages, even_weights(analysis.terms, ())).confidence

    assert confidence(others, CHURCH, BRIDGE) <= FALSE_PREMISE < confidence(others, CHURCH, named)


def test_what_measuring_asks_of_the_texts_is_prepared_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: set[str] = set()
    measured: set[str] = set()

    def remember(place: set[str]) -> None:
        def extracting(text: str, language: str) -> list[str]:
            place.add(text)
            return extract_terms(text, language)

        monkeypatch.setattr("bot.extractive.selection.features.extract_terms", extracting)

    analysis, passages = QuestionAnalysis.of("What is the capital of Peru?"), make_passages(*SOURCES)
    remember(prepared)
    prepare(passages)
    readings = read_passages(SpanReader(), analysis.text, passages)
    remember(measured)
    found = measure(analysis, find_candidates(passages), passages, readings, even_weights(analysis.terms, ()))
    answers = {each.candidate.source.slice(each.highlight) if each.highlight else "" for each in found}
    assert prepared
    assert measured - answers <= prepared


def test_a_sentence_that_answers_does_so_with_less_around_it() -> None:
    assert look_again(SpanReader(), "When does the market open?", OPENED).read > 0
    assert look_again(SpanReader(), "Who painted the church?", OPENED).read < 0


def test_the_sentence_before_it_is_read_with_it_and_only_its_own_words_count() -> None:
    reader, question = SpanReader(), "When does the market open?"
    look = look_again(reader, question, BUILT)
    assert look.read < look_again(reader, question, OPENED).read
    view = Span(OPENED.span.start, BUILT.span.end)
    (reading,) = reader.read(question, [VILLAGE.slice(view)])
    within = Span(BUILT.span.start, view.end)
    said = reading.best(within)[0], reading.evidence_in(within), reading.answerable or 0.0
    assert look == tuple(score / 10 for score in said)
