"""The JSON that other programs read: exact keys, exact types, ASCII, finite numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Answer, Status
from bot.json_output import answer_to_json, error_to_json, passages_to_json, to_line
from bot.quotes import cite
from bot.types import EXTRACTIVE, Certainty
from retrieval import Place, Span
from tests.bot.fakes import make_passages, make_source, place, quoting
from tests.bot.json_checks import check_answer, check_citation, check_error, check_passages, parse_lines

SOURCE = make_source("Zeile eins.\nDer Zar – “so” 👩‍🚀 – kam. Ende.", "Größe")
TIMINGS = {"retrieve": 1.0, "answer": 2.5, "total": 3.5}
ANSWERED = replace(quoting("Wer?", SOURCE, place(SOURCE, "Der Zar – “so” 👩‍🚀 – kam.")), timings_ms=TIMINGS)
REFUSED = Answer(
    "Wo?",
    Status.NOT_FOUND,
    0.01,
    EXTRACTIVE,
    closest=cite(SOURCE, place(SOURCE, "Ende."), None),
    timings_ms=TIMINGS,
)
PLACES = st.integers(0, len(SOURCE.text))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def test_an_answer_that_was_found_has_exactly_these_keys_and_values() -> None:
    result = answer_to_json(ANSWERED, 1)
    check_answer(result)
    assert result == {
        "id": 1,
        "question": "Wer?",
        "status": "answered",
        "text": "Der Zar – “so” 👩‍🚀 – kam. [1]",
        "short": None,
        "certainty": "sure",
        "confidence": 0.5,
        "mode": "extractive",
        "citations": [
            {
                "number": 1,
                "quote": "Der Zar – “so” 👩‍🚀 – kam.",
                "start": 12,
                "end": 37,
                "highlight": None,
                "line": 2,
                "page": None,
                "page_label": None,
                "heading": None,
                "link": None,
                "cut": {"start": False, "end": False},
                "labels": [],
                "source": {"id": SOURCE.id, "title": "Größe", "uri": SOURCE.uri, "sha256": SOURCE.sha256},
            }
        ],
        "closest": None,
        "timings_ms": TIMINGS,
        "statements": [{"text": "Der Zar – “so” 👩‍🚀 – kam.", "citations": [1], "verdict": "quoted"}],
        "left_out": [],
        "read_as": None,
        "remark": None,
        "usage": None,
        "prompt_version": None,
        "overview": False,
        "documents": [],
    }


def test_a_refusal_has_its_sentence_no_citations_and_the_closest_without_a_number() -> None:
    result = answer_to_json(REFUSED, "x")
    check_answer(result)
    assert (result["id"], result["status"], result["text"]) == ("x", "not_found", "The document does not say.")
    assert result["closest"]["quote"] == "Ende."
    assert type(result["status"]) is str


def test_the_answer_in_short_is_the_highlight_of_its_citation() -> None:
    words = place(SOURCE, "“so” 👩‍🚀")
    cited = replace(ANSWERED.citations[0], quote=replace(ANSWERED.citations[0].quote, highlight=words))
    result = answer_to_json(replace(ANSWERED, citations=(cited,), has_short=True), 1)
    check_answer(result)
    assert result["short"] == {"citation": 1, "text": "“so” 👩‍🚀", "start": words.start, "end": words.end}


def test_an_unsure_answer_is_answered_and_says_that_it_is_unsure() -> None:
    result = answer_to_json(replace(ANSWERED, certainty=Certainty.UNSURE), 1)
    check_answer(result)
    assert (result["status"], result["certainty"]) == ("answered", "unsure")
    assert type(result["certainty"]) is str


@given(st.data())
def test_the_words_that_answer_are_named_by_their_place_in_the_source(data: st.DataObject) -> None:
    start, highlight_start, highlight_end, end = sorted(data.draw(st.sets(PLACES, min_size=4, max_size=4)))
    span, highlight = Span(start, end), Span(highlight_start, highlight_end)
    refused = replace(REFUSED, closest=cite(SOURCE, span, None, highlight))
    answered = replace(ANSWERED, citations=(cite(SOURCE, span, 1, highlight),))
    for citation in (answer_to_json(refused, 1)["closest"], *answer_to_json(answered, 1)["citations"]):
        check_citation(citation)
        first, last = citation["highlight"]
        words = SOURCE.text[first:last]
        assert words == SOURCE.slice(highlight) != ""
        assert words in citation["quote"]
        assert words == citation["quote"][first - citation["start"] : last - citation["start"]]
        (read,) = parse_lines(to_line(citation) + "\n")
        assert read["highlight"] == [highlight.start, highlight.end]


def test_passages_have_exactly_these_keys() -> None:
    result = passages_to_json("Wer?", make_passages(SOURCE), 7)
    check_passages(result)
    assert [p["text"] for p in result["passages"]] == [SOURCE.text[p["start"] : p["end"]] for p in result["passages"]]


def test_an_error_has_exactly_these_keys() -> None:
    result = error_to_json("Wer?", "The question is empty.", None)
    check_error(result)
    assert result == {"id": None, "question": "Wer?", "status": "error", "error": "The question is empty."}


@given(JSON)
def test_an_id_of_any_json_value_comes_back_as_it_was(value: Any) -> None:
    (result,) = parse_lines(to_line(answer_to_json(ANSWERED, value)) + "\n")
    assert result["id"] == value
    assert type(result["id"]) is type(value)


@given(JSON)
def test_a_line_is_one_line_of_ascii_that_reads_back(value: Any) -> None:
    line = to_line({"value": value})
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"value": value}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_line(answer_to_json(replace(ANSWERED, timings_ms={"total": number}), 1))


def test_the_page_and_the_heading_of_a_citation_are_told() -> None:
    source = replace(make_source("Be kind."), places=(Place(0, 3, "Rules › Manners"),))
    citation = answer_to_json(quoting("How?", source, Span(0, 8)), None)["citations"][0]
    assert (citation["page"], citation["heading"]) == (3, "Rules › Manners")
    check_citation(citation)
