"""A text's structure as it is stored: JSON, in a small file beside the text that is named by its own hash."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import astuple
from typing import Any

from retrieval.types import Label, LabelKind, Place, Span, Structure

# Start, page and heading.
STORED_ALWAYS = 3


def structure_to_json(structure: Structure) -> Any:
    """The structure as a value for JSON.

    The places are a list of start, page and heading for each, as they were stored before there were labels; what else
    is known of a place comes after these. Where there are labels, they stand beside the places, by their kinds: where
    the words begin and end, and where what they explain.
    """
    places = [_shortest(place) for place in structure.places]
    if not structure.labels:
        return places
    labels = defaultdict(list)
    for label in structure.labels:
        labels[label.kind].append((label.words.start, label.words.end, label.span.start, label.span.end))
    return {"places": places, "labels": labels}


def structure_from_json(stored: Any) -> Structure:
    """The structure out of what ``structure_to_json`` made of it.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: If it is none.
    """
    if isinstance(stored, list):
        stored = {"places": stored, "labels": {}}
    return Structure.of(
        (Place(start, page, heading, *more) for start, page, heading, *more in stored["places"]),
        (
            Label(LabelKind(kind), Span(words, words_end), Span(start, end))
            for kind, labels in stored["labels"].items()
            for words, words_end, start, end in labels
        ),
    )


def _shortest(place: Place) -> list[Any]:
    values: list[Any] = list(astuple(place))
    while len(values) > STORED_ALWAYS and values[-1] is None:
        values.pop()
    return values


def structure_to_bytes(structure: Structure) -> bytes:
    """The structure as it is stored; nothing at all where there is none."""
    return json.dumps(structure_to_json(structure), separators=(",", ":")).encode() if any(structure) else b""


def structure_from_bytes(data: bytes) -> Structure:
    """The structure out of what ``structure_to_bytes`` made of it. Raises as ``structure_from_json`` does."""
    return structure_from_json(json.loads(data)) if data else Structure()


def structure_sha256(structure: Structure) -> str:
    """The hash by which the structure is stored; empty where there is none."""
    return hashlib.sha256(structure_to_bytes(structure)).hexdigest() if any(structure) else ""
