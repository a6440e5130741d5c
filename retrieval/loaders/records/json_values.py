"""Values of JSON that somebody else has written: what is not of the kind that is looked for counts as nothing."""

from __future__ import annotations

from typing import Any


def as_dict(value: object) -> dict[str, Any]:
    """The object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_dicts(value: object) -> list[dict[str, Any]]:
    """The objects of a list, without what else is in it."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def as_text(value: object) -> str:
    """The text; nothing for anything else."""
    return value if isinstance(value, str) else ""
