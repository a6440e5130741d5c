"""What is not an answer, as JSON; keys may be added here, never changed. An ``Answer`` has its own ``to_json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.quotes import Proof
from retrieval import Passage, Source, SourceRecord

if TYPE_CHECKING:  # these take longer to load than an answer to become JSON
    from bot.json_shapes import DocumentJson, ErrorJson, PassagesJson, PlaceJson, ProofJson, SourceJson, SourceNameJson


def passages_to_json(question: str, passages: Sequence[Passage], question_id: Any = None) -> PassagesJson:
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
                "source": _name(passage.source),
            }
            for passage in passages
        ],
    }


def error_to_json(question: str, sentence: str, question_id: Any) -> ErrorJson:
    """A question of a batch that could not be asked."""
    return {"id": question_id, "question": question, "status": "error", "error": sentence}


def source_to_json(source: Source, collection: str) -> SourceJson:
    """A source with its text and its places."""
    return {
        **_name(source),
        "collection": collection,
        "language": source.language,
        "format": source.format,
        "date": source.date,
        "warnings": list(source.warnings),
        "text": source.text,
        "places": _places(source),
    }


def document_to_json(record: SourceRecord, collection: str) -> DocumentJson:
    """A source without its text, as ``sources list --json`` prints it."""
    return {
        **_name(record),
        "chars": record.chars,
        "chunks": record.chunks,
        "language": record.language,
        "format": record.format,
        "encoding": record.encoding,
        "outdated": record.is_outdated,
        "collection": collection,
        "date": record.date,
        "warnings": list(record.warnings),
    }


def proof_to_json(proof: Proof) -> ProofJson:
    """The result of verifying a quote again."""
    return {
        "verified": proof.reason is None,
        "reason": proof.reason,
        "text": proof.text,
        "start": proof.span.start,
        "end": proof.span.end,
        "source": _name(proof.record) if proof.record else None,
        "collection": proof.collection,
    }


def to_line(value: Any) -> str:
    """One ASCII-only line of JSON.

    Raises:
        ValueError: If a number is not finite.
    """
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def _name(source: Source | SourceRecord) -> SourceNameJson:
    return {"id": source.id, "title": source.title, "uri": source.uri, "sha256": source.sha256}


def _places(source: Source) -> list[PlaceJson]:
    starts = [*(place.start for place in source.places), len(source.text)]
    return [
        {
            "start": start,
            "end": end,
            "page": place.page,
            "page_label": place.page_label,
            "heading": place.heading,
            "line": place.line,
            "link": place.link,
        }
        for place, (start, end) in zip(source.places, pairwise(starts), strict=True)
    ]
