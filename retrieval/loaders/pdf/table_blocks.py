"""A table of a PDF -> a block for each of its rows, labelled as the rows of an HTML table are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retrieval.loaders.composer import TextBlock
from retrieval.loaders.markup.block_labels import BlockLabels
from retrieval.loaders.markup.table_rows import table_rows
from retrieval.loaders.pdf.page_table import PageTable

if TYPE_CHECKING:
    from lxml import etree


def table_blocks(table: PageTable, page: int, labels: BlockLabels) -> list[TextBlock]:
    """The rows of a table, or its cells one after the other where it only lays out the page.

    Args:
        table: The cells with their words.
        page: The page on which it stands.
        labels: Knows what leads to the table.
    """
    make = partial(TextBlock, turns=((0, page),))
    rows = table_rows(_element(table), lambda cell: "".join(cell.itertext()))
    if rows is None:
        blocks = [make(cell.text) for row in table.rows for cell in row if cell.text]
    else:
        blocks = labels.of_rows(rows, make)
    labels.note(None)
    return blocks


def _element(table: PageTable) -> etree._Element:
    from lxml import etree

    element = etree.Element("table")
    for row in table.rows:
        line = etree.SubElement(element, "tr")
        for cell in row:
            held = etree.SubElement(line, "td", colspan=str(cell.columns), rowspan=str(cell.rows))
            if cell.is_bold:
                held = etree.SubElement(held, "b")
            held.text = cell.text
    return element
