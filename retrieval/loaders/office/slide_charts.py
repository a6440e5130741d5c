"""A chart -> the title, and for each of its categories the values of its series, as its own copy has them.

Source of the method: ECMA-376, part 1, section 21.2 (DrawingML charts). python-pptx knows some kinds of charts only;
all of them keep their data alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.loaders.composer import TextBlock, clean
from retrieval.loaders.office.cell_formats import Value, shown
from retrieval.loaders.office.parts import DRAWN, drawn_words
from retrieval.loaders.tables.rows import Cell, row_block

if TYPE_CHECKING:
    from lxml import etree

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MAX_POINTS = 10_000
# Under these names a series keeps what its points are called, and their values.
NAMES, VALUES = ("cat", "xVal"), ("val", "yVal")


def chart_blocks(chart: etree._Element) -> Iterator[TextBlock]:
    """The paragraphs of a chart.

    Args:
        chart: The root of its part.
    """
    for title in chart.iterfind(f"{CHART}chart/{CHART}title"):
        for paragraph in title.iter(f"{DRAWN}p"):
            yield TextBlock(drawn_words(paragraph))
    names: dict[int, str] = {}
    rows: dict[int, list[Cell]] = {}
    for series in chart.iter(f"{CHART}ser"):
        name = clean(" ".join(part.text or "" for part in series.iterfind(f"{CHART}tx//{CHART}v")))
        for place, value in _points(series, NAMES).items():
            names.setdefault(place, value)
        for place, value in _points(series, VALUES).items():
            rows.setdefault(place, []).append((name, value))
    for place in sorted(rows):
        yield row_block([("", names.get(place, "")), *rows[place]])


def _points(series: etree._Element, where: tuple[str, ...]) -> dict[int, str]:
    """What a series keeps by the numbers of its points; of names on several levels the innermost."""
    found: dict[int, str] = {}
    for holder in (part for name in where for part in series.iterfind(f"{CHART}{name}")):
        levels = next(holder.iter(f"{CHART}lvl"), holder)
        code = holder.findtext(f".//{CHART}formatCode")
        for point in levels.iter(f"{CHART}pt"):
            number = point.get("idx", "")
            if number.isdecimal() and int(number) < MAX_POINTS:
                words = point.findtext(f"{CHART}v") or ""
                found.setdefault(int(number), clean(shown(_value(words, code), point.get("formatCode", code))))
    return found


def _value(words: str, code: str | None) -> Value:
    """A value of the type that its format has: a day, a number, or words."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    if code is None:
        return words
    try:
        number = float(words)
        day: Value = from_excel(number) if is_date_format(code) else number
    except (ValueError, OverflowError):
        return words
    return day
