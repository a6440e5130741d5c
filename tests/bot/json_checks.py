"""The JSON contract, checked key by key and type by type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.types import NOT_FOUND_TEXT

ANSWER_KEYS = {
    "id", "question", "status", "text", "certainty", "confidence", "mode", "citations", "closest", "on_topic",
    "timings_ms", "statements", "left_out", "read_as", "remark", "usage", "prompt_version", "short", "overview",
    "documents",
}  # fmt: skip
CITATION_KEYS = {
    "number",
    "quote",
    "start",
    "end",
    "highlight",
    "line",
    "page",
    "page_label",
    "place",
    "about",
    "heading",
    "link",
    "cut",
    "labels",
    "source",
}
LABEL_KEYS = {"kind", "text", "start", "end", "explains"}
SOURCE_KEYS = {"id", "title", "uri", "sha256"}
ERROR_KEYS = {"id", "question", "status", "error"}
SEARCH_KEYS = {"id", "question", "passages"}
PASSAGE_KEYS = {"text", "start", "end", "score", "source"}
LISTED_KEYS = {
    "id", "title", "uri", "sha256", "chars", "chunks", "format", "encoding", "language", "outdated",
    "collection", "date", "warnings",
}  # fmt: skip


def parse_lines(out: str) -> list[dict[str, Any]]:
    """Every line of standard output as JSON; anything else on it is a failure."""
    assert out.isascii()
    assert out == "" or out.endswith("\n")
    return [json.loads(line, parse_constant=_refuse) for line in out.splitlines()]


def check_answer(result: Mapping[str, Any]) -> None:
    assert set(result) == ANSWER_KEYS
    assert isinstance(result["question"], str)
    assert result["mode"] == "extractive"
    assert type(result["confidence"]) is float
    assert 0 <= result["confidence"] <= 1
    assert set(result["timings_ms"]) == {"retrieve", "answer", "total"}
    assert all(type(value) is float and value >= 0 for value in result["timings_ms"].values())
    assert type(result["overview"]) is bool
    assert all(isinstance(title, str) for title in result["documents"])
    assert result["overview"] or result["documents"] == []
    assert all(set(statement) == {"text", "citations", "verdict"} for statement in result["statements"])
    assert {statement["verdict"] for statement in result["statements"]} <= {"quoted"}
    assert result["left_out"] == []
    assert (result["remark"], result["usage"], result["prompt_version"]) == (None, None, None)
    assert bool(result["statements"]) == (result["status"] == "answered") == (result["certainty"] is not None)
    assert result["certainty"] in {"sure", "unsure", None}
    check_short(result)
    if result["status"] == "reply":
        assert (result["citations"], result["closest"], result["confidence"]) == ([], None, 0)
        check_sentence(result["text"])
    elif result["status"] == "answered":
        assert result["closest"] is None
        assert [citation["number"] for citation in result["citations"]] == list(range(1, len(result["citations"]) + 1))
        assert 1 <= len(result["citations"]) <= 3
        assert all(f"[{citation['number']}]" in result["text"] for citation in result["citations"])
    else:
        assert result["status"] == "not_found"
        assert result["text"] == NOT_FOUND_TEXT == "The document does not say."
        assert result["citations"] == []
        if result["closest"] is None:  # nothing was looked for: a command is no question
            assert result["confidence"] == 0
        else:
            assert result["closest"]["number"] is None
    for citation in [*result["citations"], *([result["closest"]] if result["closest"] else [])]:
        check_citation(citation)


def check_short(result: Mapping[str, Any]) -> None:
    """The answer in short is the highlight of its citation, and only a sure answer has one."""
    short = result["short"]
    if short is None:
        return
    assert result["certainty"] == "sure"
    assert set(short) == {"citation", "text", "start", "end"}
    (citation,) = [citation for citation in result["citations"] if citation["number"] == short["citation"]]
    assert [short["start"], short["end"]] == citation["highlight"]
    assert short["text"] == citation["quote"][short["start"] - citation["start"] : short["end"] - citation["start"]]


def check_citation(citation: Mapping[str, Any]) -> None:
    assert set(citation) == CITATION_KEYS
    assert citation["number"] is None or type(citation["number"]) is int
    assert isinstance(citation["quote"], str)
    assert type(citation["start"]) is int
    assert type(citation["end"]) is int
    assert citation["end"] - citation["start"] == len(citation["quote"]) > 0
    check_highlight(citation)
    assert type(citation["line"]) is int
    assert citation["line"] >= 1
    assert citation["page"] is None or (type(citation["page"]) is int and citation["page"] >= 1)
    assert citation["heading"] is None or (type(citation["heading"]) is str and citation["heading"])
    assert set(citation["cut"]) == {"start", "end"}
    assert all(type(is_cut) is bool for is_cut in citation["cut"].values())
    for label in citation["labels"]:
        check_label(label)
    check_source(citation["source"])


def check_label(label: Mapping[str, Any]) -> None:
    """Words of the document that explain a quote, with their offsets."""
    assert set(label) == LABEL_KEYS
    assert label["kind"] in {"heading", "lead_in", "term", "row", "column", "code"}
    assert label["end"] - label["start"] == len(label["text"]) > 0
    start, end = label["explains"]
    assert start < end


def check_highlight(citation: Mapping[str, Any]) -> None:
    """The words that answer are a part of the quote, counted as its own offsets are."""
    if citation["highlight"] is not None:
        assert type(citation["highlight"]) is list
        start, end = citation["highlight"]
        assert type(start) is int
        assert type(end) is int
        assert citation["start"] <= start < end <= citation["end"]


def check_source(source: Mapping[str, Any]) -> None:
    assert set(source) == SOURCE_KEYS
    assert all(isinstance(value, str) for value in source.values())
    assert len(source["sha256"]) == 64


def check_error(result: Mapping[str, Any]) -> None:
    """An error object of a batch holds one sentence for people."""
    assert set(result) == ERROR_KEYS
    assert result["status"] == "error"
    assert isinstance(result["question"], str)
    check_sentence(result["error"])


def check_sentence(text: str) -> None:
    """One line that a person can read: no traceback, a full stop at its end."""
    line = text.removesuffix("\n")
    assert line.strip()
    assert "\n" not in line
    assert "Traceback" not in line
    assert line.endswith((".", "”"))


def check_passages(result: Mapping[str, Any]) -> None:
    assert set(result) == SEARCH_KEYS
    for passage in result["passages"]:
        assert set(passage) == PASSAGE_KEYS
        assert type(passage["start"]) is int
        assert passage["end"] - passage["start"] == len(passage["text"]) > 0
        assert type(passage["score"]) is float
        check_source(passage["source"])


def _refuse(constant: str) -> float:
    raise AssertionError(f"{constant} is not JSON")
