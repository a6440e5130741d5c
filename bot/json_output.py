"""Answers and passages as JSON; keys may be added here, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.notices import notice_on
from bot.types import Answer, Citation
from retrieval import Passage


def answer_to_json(answer: Answer, question_id: Any, *, explain: bool = False) -> dict[str, Any]:
    """An answer as ``ask --json`` prints it.

    What a chat model wrote and no check let pass is told by its verdict; its words only where somebody asks to have the
    answer explained.
    """
    return {
        "id": question_id,
        "question": answer.question,
        "status": str(answer.status),
        "text": answer.text,
        "short": _short(answer.short) if answer.short else None,
        "certainty": answer.certainty and str(answer.certainty),
        "confidence": answer.confidence,
        "mode": answer.mode,
        "citations": [_citation(citation) for citation in answer.citations],
        "overview": answer.overview,
        "documents": list(answer.documents),
        "closest": _citation(answer.closest) if answer.closest else None,
        "timings_ms": dict(answer.timings_ms),
        "statements": [
            {"text": statement.text, "citations": list(statement.numbers), "verdict": statement.verdict}
            for statement in answer.statements
        ],
        "left_out": [{"verdict": one.verdict} | ({"text": one.text} if explain else {}) for one in answer.left_out],
        "read_as": answer.read_as,
        "remark": notice_on(answer),
        "usage": asdict(answer.usage) if answer.usage else None,
        "prompt_version": answer.prompt_version,
    }


def passages_to_json(question: str, passages: Sequence[Passage], question_id: Any) -> dict[str, Any]:
    """Passages as ``search --json`` prints them."""
    return {
        "id": question_id,
        "question": question,
        "passages": [
            {
                "text": passage.text,
                "start": passage.span.start,
                "end": passage.span.end,
                "score": passage.score,
                "source": _source(passage.source.id, passage.source.title, passage.source.uri, passage.source.sha256),
            }
            for passage in passages
        ],
    }


def error_to_json(question: str, sentence: str, question_id: Any) -> dict[str, Any]:
    """A question of a batch that could not be asked."""
    return {"id": question_id, "question": question, "status": "error", "error": sentence}


def to_line(value: Any) -> str:
    """One ASCII-only line of JSON.

    Raises:
        ValueError: If a number is not finite.
    """
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def _short(citation: Citation) -> dict[str, Any] | None:
    """The highlighted words of a citation."""
    highlight = citation.quote.highlight
    if highlight is None:
        return None
    words = citation.quote.highlighted
    return {"citation": citation.number, "text": words, "start": highlight.start, "end": highlight.end}


def _citation(citation: Citation) -> dict[str, Any]:
    quote = citation.quote
    return {
        "number": citation.number,
        "quote": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "highlight": [quote.highlight.start, quote.highlight.end] if quote.highlight else None,
        "line": citation.line,
        "page": citation.page,
        "page_label": citation.page_label,
        "heading": citation.heading,
        "link": citation.link,
        "cut": {"start": citation.cut.start, "end": citation.cut.end},
        "labels": [
            {
                "kind": str(label.kind),
                "text": label.words.text,
                "start": label.words.span.start,
                "end": label.words.span.end,
                "explains": [label.explains.start, label.explains.end],
            }
            for label in citation.labels
        ],
        "source": _source(quote.source_id, citation.title, citation.uri, quote.sha256),
    }


def _source(source_id: str, title: str, uri: str, sha256: str) -> dict[str, str]:
    return {"id": source_id, "title": title, "uri": uri, "sha256": sha256}
