"""Tables of an OpenDocument text -> tables of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from retrieval.loaders.markup.table_rows import MAX_REACH
from retrieval.loaders.word.docx_names import number
from retrieval.loaders.word.flow import Flow
from retrieval.loaders.word.odt_names import TABLE

if TYPE_CHECKING:
    from lxml import etree

TABLE_ELEMENT = f"{TABLE}table"
# Cells that say that they are there so many times; in a text they are few, and far more are made to burst. Rows that
# say so are read once: the same again says nothing.
MAX_REPEATED = 50


def write_odt_table(table: etree._Element, flow: Flow, write: Callable[[etree._Element, Flow], None]) -> None:
    """Write a table.

    Args:
        table: The element.
        flow: Where it belongs.
        write: Writes what stands in a cell.
    """
    from lxml import etree

    made = flow.block("table")
    for row, names in _rows(table, names=False):
        line = etree.SubElement(made, "tr")
        for cell in row.iterchildren(f"{TABLE}table-cell"):
            width = str(_number(cell, "number-columns-spanned", MAX_REACH))
            height = str(_number(cell, "number-rows-spanned", MAX_REACH))
            for _ in range(_number(cell, "number-columns-repeated", MAX_REPEATED)):
                inner = etree.SubElement(line, "th" if names else "td", colspan=width, rowspan=height)
                write(cell, Flow(inner))


def _rows(parent: etree._Element, *, names: bool) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table, whatever is wrapped around them, each with whether it names the columns."""
    for child in parent:
        if child.tag == f"{TABLE}table-row":
            yield child, names
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child, names=names or child.tag == f"{TABLE}table-header-rows")


def _number(element: etree._Element, name: str, most: int) -> int:
    return min(max(number(element.get(TABLE + name, ""), 1), 1), most)
