"""JSON Lines: each line a record, each record a paragraph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.plain import decode
from retrieval.loaders.tables.rows import Cell, rows_extracted
from retrieval.types import LINE_END

MAX_VALUES = 2_000
BROKEN = "{name} has a line %s that is no JSON (%s); correct or remove it, so that each line holds one whole value."
TOO_DEEP = "{name} has a line %s that is nested too deeply; flatten it and index the file again."
TOO_WIDE = f"{{name}} has a line %s with more than {MAX_VALUES:,} values; split it and index the file again."


def extract(data: bytes) -> Extracted:
    """The records, counted by their lines. Names within names are joined by dots, plain lists by commas.

    Raises:
        SourceError: If it is no text, or one of its lines no JSON of sensible size.
    """
    text, encoding = decode(data)
    return rows_extracted(_rows(text), encoding)


def _rows(text: str) -> Iterator[tuple[int, list[Cell]]]:
    start, number = 0, 0
    while start <= len(text):
        end = LINE_END.search(text, start)
        line = text[start : end.start() if end else len(text)]
        start = end.end() if end else len(text) + 1
        number += 1
        if line.strip():
            yield number, _record(line, number)


def _record(line: str, number: int) -> list[Cell]:
    try:
        # Numbers stay as they are written, so that they can be quoted.
        value = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
        cells = []
        for cell in _cells("", value):
            cells.append(cell)
            if len(cells) > MAX_VALUES:
                raise SourceError(TOO_WIDE % number, SourceProblem.TOO_COMPLEX)
    except RecursionError:
        raise SourceError(TOO_DEEP % number, SourceProblem.TOO_COMPLEX) from None
    except json.JSONDecodeError as error:
        raise SourceError(BROKEN % (number, f"character {error.pos + 1}")) from None
    return cells


def _cells(name: str, value: Any) -> Iterator[Cell]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _cells(f"{name}.{key}" if name else key, part)
    elif isinstance(value, list):
        if any(isinstance(part, dict | list) for part in value):
            for number, part in enumerate(value, start=1):
                yield from _cells(f"{name}.{number}" if name else str(number), part)
        else:
            yield name, ", ".join(_text(part) for part in value if part is not None)
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    """A value as it is written; nothing for null, true and false as JSON has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
