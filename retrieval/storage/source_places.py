"""A source's places as they are stored: a small file beside its text, named by its own hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from retrieval.types import Place


def places_to_bytes(places: Sequence[Place]) -> bytes:
    """The places as JSON: a list of start, page and heading for each; nothing at all where there are none."""
    if not places:
        return b""
    return json.dumps([(place.start, place.page, place.heading) for place in places], separators=(",", ":")).encode()


def places_from_bytes(data: bytes) -> tuple[Place, ...]:
    """The places out of what ``places_to_bytes`` made of them, once its hash has been proven."""
    return tuple(Place(start, page, heading) for start, page, heading in json.loads(data)) if data else ()


def places_sha256(places: Sequence[Place]) -> str:
    """The hash by which the places are stored; empty where there are none."""
    return hashlib.sha256(places_to_bytes(places)).hexdigest() if places else ""
