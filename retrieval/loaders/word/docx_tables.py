"""Tables of a Word document -> tables of a page, with cells that are merged and rows that are headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from retrieval.loaders.markup.table_rows import MAX_REACH
from retrieval.loaders.word.docx_inlines import LEFT_OUT
from retrieval.loaders.word.docx_names import W, is_on, number, switch, value
from retrieval.loaders.word.docx_styles import Styles
from retrieval.loaders.word.flow import Flow

if TYPE_CHECKING:
    from lxml import etree

FIRST_ROW = 0x20


def write_table(
    table: etree._Element, flow: Flow, styles: Styles, write: Callable[[etree._Element, Flow], None]
) -> None:
    """Write a table.

    Args:
        table: The element.
        flow: Where it belongs.
        styles: The styles of the document.
        write: Writes what stands in a cell.
    """
    from lxml import etree

    made = flow.block("table")
    rows = [row for row in _below(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
    named = _named_rows(table, rows, styles)
    open_cells: dict[int, etree._Element] = {}
    for place, row in enumerate(rows):
        line = etree.SubElement(made, "tr")
        before = _reach(value(row, "trPr/gridBefore"), 0)
        if before:
            etree.SubElement(line, "td", colspan=str(before))
        column = before
        for cell in _below(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            width = _reach(value(properties, "gridSpan"))
            if _goes_on(properties, "hMerge") and len(line):
                line[-1].set("colspan", str(_reach(line[-1].get("colspan", "1")) + width))
            elif _goes_on(properties, "vMerge") and column in open_cells:
                above = open_cells[column]
                above.set("rowspan", str(int(above.get("rowspan", "1")) + 1))
            else:
                inner = etree.SubElement(line, "th" if place < named else "td", colspan=str(width))
                write(cell, Flow(inner))
                open_cells.pop(column, None)
                if properties is not None and properties.find(f"{W}vMerge") is not None:
                    open_cells[column] = inner
            column += width


def _below(parent: etree._Element, name: str) -> list[etree._Element]:
    """The rows or cells below an element, whatever is wrapped around them."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == W + name:
            found.append(child)
        elif child.tag not in LEFT_OUT and child.tag not in (f"{W}tc", f"{W}p"):
            found += _below(child, name)
    return found


def _named_rows(table: etree._Element, rows: list[etree._Element], styles: Styles) -> int:
    """How many rows at the top name the columns: those that every page repeats, or the first where its style tells."""
    properties = table.find(f"{W}tblPr")
    repeated = [bool(switch(row.find(f"{W}trPr"), "tblHeader")) for row in rows]
    count = repeated.index(False) if False in repeated else 0
    if count or len(rows) < 2:
        return count
    look = value(properties, "tblLook", "firstRow")
    mask = value(properties, "tblLook")
    first = is_on(look) if look else bool(mask and _hexadecimal(mask) & FIRST_ROW)
    return int(first and styles.has_bold_first_row(value(properties, "tblStyle")))


def _hexadecimal(written: str) -> int:
    try:
        return int(written, 16)
    except ValueError:
        return 0


def _reach(written: str, least: int = 1) -> int:
    return min(max(number(written, least), least), MAX_REACH)


def _goes_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a cell is only the next part of one that is merged of several."""
    found = None if properties is None else properties.find(W + name)
    return found is not None and found.get(f"{W}val", "continue") == "continue"
