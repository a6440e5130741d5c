"""The shapes of a slide -> paragraphs: text boxes, tables, charts, diagrams, and what pictures are said to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from retrieval.loaders.composer import BlockLabel, TextBlock, clean
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.office.slide_charts import chart_blocks
from retrieval.loaders.office.slide_order import Box, in_reading_order
from retrieval.loaders.tables.header import header_row
from retrieval.loaders.tables.rows import row_block
from retrieval.types import LabelKind, Span

if TYPE_CHECKING:
    from pptx.table import Table
    from pptx.text.text import TextFrame

MAX_SHAPES = 5_000
# Every slide has these, and they say nothing of it: the date, the footer, the header, the slide's number.
RUNNING = ("DATE", "FOOTER", "HEADER", "SLIDE_NUMBER")
LINE_BREAK = "\v"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DIAGRAM_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
# What programs write for an author who says nothing of a picture: a file's name, or a guess.
NOT_DESCRIBED = re.compile(
    r"\S*\.\w{2,5}\Z|(?:picture|image|grafik|bild|photo|foto|logo|icon|graphic|shape)[\s\d]*\Z|https?:|file:|[a-z]:\\|\\\\",
    re.IGNORECASE,
)
GUESSED = re.compile(
    r"\s*(?:Description automatically generated.*|Automatisch generierte Beschreibung.*"
    r"|(?:AI-generated|KI-generierte).{0,60})\Z",
    re.IGNORECASE | re.DOTALL,
)
LEAST_WORDS = 3

# Gives the paragraphs of a diagram by the id of the slide's relation to it.
Diagrams = Callable[[str], list[str]]


def shape_blocks(shapes: Iterable[Any], diagrams: Diagrams, title: Any = None) -> Iterator[TextBlock]:
    """The paragraphs of the shapes, in the order in which people read them.

    Args:
        shapes: Those of a slide, or of a group on it.
        diagrams: See there.
        title: The shape that is the slide's title, which is no paragraph.
    """
    found: list[tuple[Box, list[TextBlock]]] = []
    for count, shape in enumerate(shapes):
        if count == MAX_SHAPES:
            raise too_much()
        if (title is not None and shape.shape_id == title.shape_id) or _is_running(shape):
            continue
        blocks = [block for block in _blocks(shape, diagrams) if block.text]
        if blocks:
            found.append((_box(shape), blocks))
    for blocks in in_reading_order(found):
        yield from blocks


def frame_blocks(frame: TextFrame) -> Iterator[TextBlock]:
    """The paragraphs of a text; one that others are nested under explains them."""
    above: list[tuple[int, TextBlock]] = []
    for paragraph in frame.paragraphs:
        text = clean(paragraph.text.replace(LINE_BREAK, "\n"))
        if not text:
            continue
        while above and above[-1][0] >= paragraph.level:
            above.pop()
        labels = [
            BlockLabel(LabelKind.LEAD_IN, Span(0, len(block.text)), Span(0, len(text)), block) for _, block in above
        ]
        block = TextBlock(text, labels=tuple(labels))
        above.append((paragraph.level, block))
        yield block


def _blocks(shape: Any, diagrams: Diagrams) -> Iterator[TextBlock]:
    if hasattr(shape, "shapes"):  # a group
        yield from shape_blocks(shape.shapes, diagrams)
    elif getattr(shape, "has_table", False):
        yield from _table(shape.table)
    elif getattr(shape, "has_chart", False):
        yield from chart_blocks(shape.chart.part._element)
    elif shape.has_text_frame and shape.text_frame.text.strip():
        yield from frame_blocks(shape.text_frame)
    else:
        for relations in shape._element.iter(DIAGRAM):
            yield from map(TextBlock, diagrams(relations.get(DIAGRAM_DATA, "")))
        described = _description(shape)
        if described:
            yield TextBlock(f"Picture: {described}")


def _is_running(shape: Any) -> bool:
    return (
        shape.is_placeholder
        and shape.placeholder_format.type is not None
        and (shape.placeholder_format.type.name in RUNNING)
    )


def _box(shape: Any) -> Box:
    left, top = shape.left or 0, shape.top or 0
    return Box(left, top, left + (shape.width or 0), top + (shape.height or 0))


def _table(table: Table) -> Iterator[TextBlock]:
    """The rows under the names of their columns; a cell that was merged with those below stands in each row."""
    rows: list[list[str]] = []
    for number, row in enumerate(table.rows):
        cells = list(row.cells)
        words = [_lines(cell.text_frame) for cell in cells]
        for place, cell in enumerate(cells):
            is_below = cell.is_spanned and number and cell._tc.vMerge
            words[place] = rows[-1][place] if is_below else words[place]
        rows.append(words)
    numbered = list(enumerate(rows, start=1))
    header = header_row(numbered) or int(table.first_row and _are_names(rows))
    names = rows[header - 1] if header else []
    for number, words in numbered:
        if number < header:
            yield row_block([("", word) for word in words])
        elif number > header:
            yield row_block(list(zip_longest(names, words, fillvalue="")))


def _lines(frame: TextFrame) -> str:
    """The paragraphs of a cell, a line each."""
    return "\n".join(filter(None, (clean(one.text.replace(LINE_BREAK, "\n")) for one in frame.paragraphs)))


def _are_names(rows: Sequence[Sequence[str]]) -> bool:
    first = [cell for cell in rows[0] if cell] if len(rows) > 1 else []
    return len(first) > 1 and len(first) == len(set(first))


def _description(shape: Any) -> str:
    """What a picture shows, where somebody has said so."""
    named = next(shape._element.iter("{*}cNvPr"), None)
    words = GUESSED.sub("", clean(named.get("descr", ""))) if named is not None else ""
    is_guess = named is not None and words != clean(named.get("descr", ""))
    return "" if is_guess or NOT_DESCRIBED.match(words) or len(words.split()) < LEAST_WORDS else words
