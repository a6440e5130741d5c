"""The selector as it ships, on small texts whose right sentence is plain."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extractive.reader import open_reader
from bot.extractive.selection import QuestionAnalysis, Selection, Weights
from bot.extractive.selection.features import whole_words
from bot.extractive.words import WordSelector
from retrieval import Source, Span
from tests.bot.fakes import even_weights, make_passages, make_source, shipped_selector

VILLAGE = make_source(
    "The mill of Orrin was built in 1843 by the carpenter Ada Thorne. It burned twice. The village has 312 inhabitants "
    "and two bakeries. The market opens every Tuesday. The bridge was closed because the river had risen."
)


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    shipped_selector()


def select(question: str, *sources: Source) -> Selection:
    analysis = QuestionAnalysis.of(question)
    return shipped_selector().select(analysis, make_passages(*sources), even_weights(analysis.terms, ()))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who built the mill?", "Ada Thorne"),
        ("When was the mill built?", "1843"),
        ("How many people live in the village?", "312"),
        ("On which day does the market open?", "Tuesday"),
        ("Why was the bridge closed?", "the river had risen"),
    ],
)
def test_the_first_choice_answers_and_the_words_that_answer_stand_out(question: str, words: str) -> None:
    best = select(question, VILLAGE).choices[0]
    assert words in best.candidate.text
    assert best.highlight is not None
    assert best.candidate.span.start <= best.highlight.start < best.highlight.end <= best.candidate.span.end
    assert words.split()[-1] in VILLAGE.slice(best.highlight)


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_score_that_compares_nothing_changes_no_answer(language: str) -> None:
    """The weights were fitted where the only chunk of a library scored 0; what is shown of it is 1."""
    (passage,) = make_passages(replace(VILLAGE, language=language))
    analysis = QuestionAnalysis.of("Who built the mill in 1843?")
    weights = even_weights(analysis.terms, ())
    selector = shipped_selector() if language == "en" else WordSelector()
    alone, before, better = (
        selector.select(analysis, [one], weights).confidence
        for one in (replace(passage, uncompared=True), replace(passage, score=0.0), passage)
    )
    assert alone == before != better


def test_what_the_text_says_is_surer_than_what_it_does_not() -> None:
    said = [select(question, VILLAGE).confidence for question in ("Who built the mill?", "When was the mill built?")]
    unsaid = [
        select(question, VILLAGE).confidence
        for question in ("Who painted the church?", "What is the capital of Peru?", "How is a soufflé made?")
    ]
    assert min(said) > max(unsaid)


@given(st.text(max_size=60), st.text(min_size=1, max_size=200))
def test_any_question_to_any_text_gives_probabilities(question: str, text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    selection = select(question.encode("utf-8", "replace").decode("utf-8"), make_source(text))
    assert 0 <= selection.confidence <= 1
    assert [choice.probability for choice in selection.choices] == sorted(
        (choice.probability for choice in selection.choices), reverse=True
    )
    if selection.choices:
        assert sum(choice.probability for choice in selection.choices) == pytest.approx(1)
    for choice in selection.choices:
        if choice.highlight is not None:
            span = choice.candidate.span
            assert span.start <= choice.highlight.start < choice.highlight.end <= span.end


def test_a_file_of_weights_that_knows_other_numbers_is_refused(tmp_path: Path) -> None:
    stored = json.loads(open_reader().selector_weights.read_text())
    del stored["ranking"]["coverage"]
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(stored))
    with pytest.raises(KeyError):
        Weights.load(path)


@pytest.mark.parametrize(
    ("text", "piece", "whole"),
    [
        ("The demolition began.", "demol", "demolition"),
        ("The demolition began.", "lition", "demolition"),
        ("A cafe\u0301 opened.", "cafe", "cafe\u0301"),
        ("It cost $1,200.", "1", "1"),
        ("It opened.", "opened.", "opened."),
    ],
)
def test_words_that_stand_out_are_whole(text: str, piece: str, whole: str) -> None:
    start = text.index(piece)
    span = whole_words(text, Span(start, start + len(piece)), Span(0, len(text)))
    assert text[span.start : span.end] == whole
