"""A PDF's page -> the straight lines that are drawn on it, which may rule a table."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

# A page with more of these is a map or a drawing.
MAX_PATHS = 3_000
MAX_SEGMENTS = 6_000
MAX_RULES = 500
# What is thinner than this is a line; what is shorter, part of a letter or an arrow.
THIN = 3.0
SHORT = 6.0
# Forms in forms are looked into so deep.
MAX_DEPTH = 4

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class RulingLine(NamedTuple):
    """A line from left to right (``y0`` is ``y1``) or from bottom to top (``x0`` is ``x1``)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        """Whether it goes from left to right."""
        return self.y0 == self.y1


def ruling_lines(page: Any) -> list[RulingLine]:
    """The lines and the edges of rectangles on a page, none where there are too many to be a table's.

    Args:
        page: A ``FPDF_PAGE`` of PDFium.
    """
    from pypdfium2 import raw

    found: list[RulingLine] = []
    segments = 0
    for number, (path, matrix) in enumerate(_paths(raw, page)):
        segments += raw.FPDFPath_CountSegments(path)
        if number > MAX_PATHS or segments > MAX_SEGMENTS:
            return []
        for x0, y0, x1, y1 in _strokes(raw, path, matrix):
            if (rule := _rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))) is not None:
                found.append(rule)
    kept = [rule for level in (True, False) for rule in _merged([one for one in found if one.is_level == level])]
    return kept if len(kept) <= MAX_RULES else []


def _paths(raw: Any, page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The paths of a page and of the forms on it, each with what places it there."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _paths_of(raw, raw.FPDFPage_GetObject(page, index), IDENTITY, MAX_DEPTH)


def _paths_of(raw: Any, drawn: Any, around: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    kind = raw.FPDFPageObj_GetType(drawn)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield drawn, _matrix(raw, drawn, around)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
        inner = _matrix(raw, drawn, around)
        for index in range(raw.FPDFFormObj_CountObjects(drawn)):
            yield from _paths_of(raw, raw.FPDFFormObj_GetObject(drawn, index), inner, depth - 1)


def _matrix(raw: Any, drawn: Any, around: Matrix) -> Matrix:
    """What places an object on the page, within what places the form that it is in."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, own)
    a, b, c, d, e, f = around
    return (
        a * own.a + c * own.b, b * own.a + d * own.b, a * own.c + c * own.d, b * own.c + d * own.d,
        a * own.e + c * own.f + e, b * own.e + d * own.f + f,
    )  # fmt: skip


def _strokes(raw: Any, path: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path; of one that is bent anywhere none."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    here = start = (0.0, 0.0)
    strokes: list[tuple[float, float, float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = there
        else:
            strokes.append((*here, *there))
        if raw.FPDFPathSegment_GetClose(segment):
            strokes.append((*there, *start))
        here = there
    yield from strokes


def _rule(x0: float, y0: float, x1: float, y1: float) -> RulingLine | None:
    if y1 - y0 < 1 and x1 - x0 > SHORT:
        middle = round((y0 + y1) / 2, 1)
        return RulingLine(round(x0, 1), middle, round(x1, 1), middle)
    if x1 - x0 < 1 and y1 - y0 > SHORT:
        middle = round((x0 + x1) / 2, 1)
        return RulingLine(middle, round(y0, 1), middle, round(y1, 1))
    return None


def _merged(rules: Sequence[RulingLine]) -> list[RulingLine]:
    """The lines with those as one that go on with each other, or are the two long edges of a thin rectangle."""
    merged: list[RulingLine] = []
    for place, stretches in _beside(rules):
        start, end = stretches[0]
        for low, high in [*stretches[1:], (float("inf"), float("inf"))]:
            if low <= end + THIN:
                end = max(end, high)
            else:
                merged.append(
                    RulingLine(start, place, end, place) if rules[0].is_level else RulingLine(place, start, place, end)
                )
                start, end = low, high
    return merged


def _beside(rules: Sequence[RulingLine]) -> Iterator[tuple[float, list[tuple[float, float]]]]:
    """Where lines stand that have hardly any room between them, and from where to where they reach, in order."""
    places = sorted((rule.y0, rule.x0, rule.x1) if rule.is_level else (rule.x0, rule.y0, rule.y1) for rule in rules)
    while places:
        first = places[0][0]
        near = [one for one in places if one[0] - first < THIN]
        yield first, sorted((low, high) for _, low, high in near)
        places = places[len(near) :]
