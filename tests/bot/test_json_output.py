"""The JSON that other programs read: exact keys, exact types, ASCII, finite numbers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot import Answer, Status
from bot.json_output import (
    document_to_json,
    error_to_json,
    passages_to_json,
    proof_to_json,
    source_to_json,
    to_line,
)
from bot.json_shapes import ProofJson
from bot.notices import Trouble
from bot.quotes import cite, prove_quote
from bot.types import EXTRACTIVE, Certainty, LeftOut, Usage
from docs.answer_schema import FILE, schema
from retrieval import Library, Place, SourceRecord, Span
from tests.bot.fakes import make_passages, make_source, place, quoting
from tests.bot.json_checks import (
    ANSWER_KEYS,
    LISTED_KEYS,
    check_answer,
    check_citation,
    check_error,
    check_passages,
    check_sentence,
    parse_lines,
)

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
    result = ANSWERED.to_json(1)
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
                "place": "Größe, line 2",
                "about": "",
                "cut": {"start": False, "end": False},
                "labels": [],
                "source": {"id": SOURCE.id, "title": "Größe", "uri": SOURCE.uri, "sha256": SOURCE.sha256},
            }
        ],
        "closest": None,
        "on_topic": False,
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
    result = REFUSED.to_json("x")
    check_answer(result)
    assert (result["id"], result["status"], result["text"]) == ("x", "not_found", "The document does not say.")
    assert result["closest"] is not None
    assert result["closest"]["quote"] == "Ende."
    assert type(result["status"]) is str


def test_the_answer_in_short_is_the_highlight_of_its_citation() -> None:
    words = place(SOURCE, "“so” 👩‍🚀")
    cited = replace(ANSWERED.citations[0], quote=replace(ANSWERED.citations[0].quote, highlight=words))
    result = replace(ANSWERED, citations=(cited,), has_short=True).to_json(1)
    check_answer(result)
    assert result["short"] == {"citation": 1, "text": "“so” 👩‍🚀", "start": words.start, "end": words.end}


def test_an_unsure_answer_is_answered_and_says_that_it_is_unsure() -> None:
    result = replace(ANSWERED, certainty=Certainty.UNSURE).to_json(1)
    check_answer(result)
    assert (result["status"], result["certainty"]) == ("answered", "unsure")
    assert type(result["certainty"]) is str


@given(st.data())
def test_the_words_that_answer_are_named_by_their_place_in_the_source(data: st.DataObject) -> None:
    start, highlight_start, highlight_end, end = sorted(data.draw(st.sets(PLACES, min_size=4, max_size=4)))
    span, highlight = Span(start, end), Span(highlight_start, highlight_end)
    refused = replace(REFUSED, closest=cite(SOURCE, span, None, highlight))
    answered = replace(ANSWERED, citations=(cite(SOURCE, span, 1, highlight),))
    for citation in (refused.to_json(1)["closest"], *answered.to_json(1)["citations"]):
        assert citation is not None
        check_citation(citation)
        assert citation["highlight"] is not None
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
    (result,) = parse_lines(to_line(ANSWERED.to_json(value)) + "\n")
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
        to_line(replace(ANSWERED, timings_ms={"total": number}).to_json(1))


def test_the_page_and_the_heading_of_a_citation_are_told() -> None:
    source = replace(make_source("Be kind."), places=(Place(0, 3, "Rules › Manners"),))
    citation = quoting("How?", source, Span(0, 8)).to_json(None)["citations"][0]
    assert (citation["page"], citation["heading"]) == (3, "Rules › Manners")
    check_citation(citation)


def test_the_published_schema_is_that_of_the_answers() -> None:
    assert FILE.read_text(encoding="utf-8") == schema(), "Run `python docs/answer_schema.py`."
    published = json.loads(schema())
    Draft202012Validator.check_schema(published)
    answers = Draft202012Validator(published)
    unsure = replace(ANSWERED, certainty=Certainty.UNSURE, left_out=(LeftOut("It rained.", "no quote says so"),))
    chat = replace(unsure, usage=Usage(1, 2, 3), trouble=Trouble.UNPROVEN, prompt_version="a")
    for answer in (ANSWERED, REFUSED, unsure, chat):
        answers.validate(json.loads(to_line(answer.to_json())))
        assert answer.to_json().keys() == ANSWER_KEYS == published["properties"].keys()
    assert not answers.is_valid({**ANSWERED.to_json(), "status": "perhaps"})


def test_a_source_has_its_text_and_the_places_in_it() -> None:
    source = replace(SOURCE, places=(Place(0, 1, "One"), Place(12, 2, None, "ii")), format="pdf", date="2022-01-05")
    told = source_to_json(source, "news")
    assert hashlib.sha256(told["text"].encode()).hexdigest() == told["sha256"]
    assert [told["text"][place["start"] : place["end"]] for place in told["places"]] == [
        SOURCE.text[:12],
        SOURCE.text[12:],
    ]
    assert [(place["page"], place["page_label"], place["heading"]) for place in told["places"]] == [
        (1, None, "One"),
        (2, "ii", None),
    ]
    listed = document_to_json(SourceRecord.of(source, 3), "news")
    assert set(listed) == LISTED_KEYS
    alike = ("id", "title", "uri", "sha256", "collection", "language", "format", "date", "warnings")
    assert [dict(listed)[key] for key in alike] == [dict(told)[key] for key in alike]


def test_a_quote_is_proven_anew_or_told_why_not(fast_library: Library) -> None:
    (record,) = fast_library.records("default")
    text = fast_library.texts.read(record.sha256)
    span = Span(10, 25)

    def prove(**given: Any) -> ProofJson:
        told: dict[str, Any] = {
            "sha256": record.sha256,
            "text": text[10:25],
            "source_id": record.id,
            "span": span,
        } | given
        proof = proof_to_json(prove_quote(fast_library, **told))
        assert proof["verified"] is (proof["reason"] is None)
        return proof

    assert prove() == prove(collection="default") == prove(text=None) == prove(sha256=None)
    assert prove() == {
        "verified": True,
        "reason": None,
        "text": text[10:25],
        "start": 10,
        "end": 25,
        "source": {"id": record.id, "title": record.title, "uri": record.uri, "sha256": record.sha256},
        "collection": "default",
    }
    wrong: dict[str, dict[str, Any]] = {
        "gone": {"source_id": "0" * 12},
        "elsewhere": {"collection": "other"},
        "changed": {"sha256": "0" * 64},
        "forged": {"text": "never written!!"},
        "beyond": {"span": Span(len(text), len(text) + 5)},
        "nothing": {"span": Span(3, 3), "text": ""},
    }
    reasons = {}
    for name, changes in wrong.items():
        proof = prove(**changes)
        check_sentence(proof["reason"] or "")
        reasons[name] = (proof["reason"], proof["text"])
    assert reasons["gone"] == reasons["elsewhere"] == ("The library has no source of that id.", None)
    assert reasons["changed"][1] == reasons["forged"][1] == text[10:25]
    assert reasons["beyond"] == reasons["nothing"] == ("The source has no words at that place.", None)
    assert len(set(reasons.values())) == 4
    (stored,) = (fast_library.settings.home / "texts").glob("*.txt")
    stored.write_text(text.replace("a", "o"), encoding="utf-8")
    assert "missing or damaged" in (prove()["reason"] or "")
    assert prove()["text"] is None
