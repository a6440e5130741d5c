"""XLSX -> text: each row of a sheet a paragraph, its values under the names of their columns, as people see them.

Source of the method: openpyxl reads the values and their formats from an archive made anew (``parts.py``). What it does
not tell while it reads row by row (hidden rows, merged cells) is in ``sheet_layout.py``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import Composer, TextBlock, clean, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import listed, refusing_damage
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.office import sheet_notes
from retrieval.loaders.office.cell_formats import shown
from retrieval.loaders.office.parts import made_anew, main_part, properties, refuse_old, relations
from retrieval.loaders.office.raised_text import write_raised
from retrieval.loaders.office.sheet_layout import MAIN, SheetLayout
from retrieval.loaders.office.sheet_tables import SheetRow, named_rows
from retrieval.loaders.tables.rows import MAX_ROWS, TOO_MANY_ROWS, row_block

if TYPE_CHECKING:
    from lxml import etree
    from openpyxl.workbook import Workbook

KIND = "XLSX"
# What holds no value of a cell.
NEEDLESS = (
    "drawing",
    "chart",
    "media/",
    "comment",
    "pivot",
    "externalLinks/",
    "printerSettings",
    "theme/",
    "customXml",
)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
STRICT_FORM = "{name} is saved as Strict Open XML; save it as a plain Excel workbook (.xlsx) and index that."

HIDDEN_SHEETS = "{name} has hidden sheets, which are left out (%s); unhide them and index it again to have them read."
HIDDEN_CELLS = (
    "{name} has hidden rows or columns, which are left out (sheet %s); unhide them and index it again to have them "
    "read."
)
NEVER_CALCULATED = (
    "{name} has formulas without a stored result, which are left out (sheet %s); open it in its program, save it again "
    "and index that."
)


@dataclass(slots=True)
class _Sheet:
    """A sheet, the part that it is in, and its layout."""

    name: str
    part: str
    layout: SheetLayout = field(default_factory=SheetLayout)


def extract(data: bytes) -> Extracted:
    """Read a workbook.

    Raises:
        SourceError: If it is damaged, protected, without text, or unfolds into too much.
    """
    refuse_old(data, "Excel", ".xlsx")
    with refusing_damage(KIND), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import openpyxl

        archive = Archive(data, KIND)
        main = main_part(archive, KIND)
        there = {name.lower() for name in archive.names}
        cells = {
            number: relation.target
            for number, relation in relations(archive, main, KIND).items()
            if relation.kind == "worksheet" and relation.target.lower() in there
        }
        sheets, hidden = _sheets(parse_xml(archive.read(main), KIND), cells)
        made = made_anew(archive, KIND, NEEDLESS, partial(_prepare, set(cells)))
        parts = ZipFile(made)
        book = openpyxl.load_workbook(made, read_only=True, data_only=True, keep_links=False)
        composer = Composer()
        count = 0
        for sheet in sheets:
            # Beside the archive made anew, the parts of one sheet at a time are in memory.
            sheet.layout = SheetLayout.of(parts.read(sheet.part), KIND)
            count += sheet.layout.filled
            if count > MAX_ROWS:
                raise SourceError(TOO_MANY_ROWS, SourceProblem.TOO_LARGE)
            _add(composer, book, sheet, archive)
        title, _ = properties(archive, KIND)
        return composer.extracted(sensible_title(title), warnings=_warnings(sheets, hidden))


def _prepare(worksheets: set[str], name: str, root: etree._Element) -> None:
    """Take out what the library would take for damage (sheets that are none of cells, empty styles); raise words.

    Args:
        worksheets: The ids of the relations to sheets of cells.
        name: The part.
        root: Its tree, which is changed.
    """
    if root.tag == f"{MAIN}workbook":
        # Named cells and the sheet that is open are counted in sheets.
        needless = [*root.iter(f"{MAIN}definedNames"), *root.iter(f"{MAIN}bookViews")]
        for element in [*needless, *root.iter(f"{MAIN}sheet")]:
            parent = element.getparent()
            if parent is not None and element.get(RELATION) not in worksheets:
                parent.remove(element)
    elif root.tag == f"{MAIN}worksheet":
        for cell in root.iter(f"{MAIN}c"):
            if cell.get("s") == "":
                del cell.attrib["s"]
    for text in root.iter(f"{MAIN}si", f"{MAIN}is"):
        write_raised((run.find(f"{MAIN}t"), _height(run)) for run in text.iterchildren(f"{MAIN}r"))


def _height(run: etree._Element) -> int:
    """Above 0 for raised words, below 0 for lowered ones."""
    align = run.find(f"{MAIN}rPr/{MAIN}vertAlign")
    return {"superscript": 1, "subscript": -1}.get(align.get("val", ""), 0) if align is not None else 0


def _sheets(root: etree._Element, cells: Mapping[str, str]) -> tuple[list[_Sheet], list[str]]:
    """The sheets that are shown, in their order, and the names of the hidden ones.

    Args:
        root: The workbook.
        cells: The parts of the sheets of cells, by the ids of the relations to them.
    """
    if root.tag.startswith(STRICT):
        raise SourceError(STRICT_FORM, SourceProblem.FORMAT)
    seen, hidden = [], []
    for element in root.iter(f"{MAIN}sheet"):
        part = cells.get(element.get(RELATION, ""))
        name = element.get("name", "")
        if part is not None and element.get("state", "visible") == "visible":
            seen.append(_Sheet(name, part))
        elif part is not None:
            hidden.append(clean(name))
    return seen, hidden


def _add(composer: Composer, book: Workbook, sheet: _Sheet, archive: Archive) -> None:
    """The rows of a sheet with the notes on their cells, and its text boxes."""
    notes = sheet_notes.cell_notes(archive, sheet.part, sheet.layout, KIND)
    boxes = sheet_notes.text_boxes(archive, sheet.part, KIND)
    name = clean(sheet.name)
    if not sheet.layout.filled and not notes and not boxes:
        return
    composer.add(TextBlock(name, level=1))
    for number, cells in named_rows(_rows(book[sheet.name], sheet.layout)):
        for place in sorted(row for row in notes if row < number):
            _add_notes(composer, name, place, notes.pop(place))
        composer.set_path((name, f"row {number}"))
        composer.add(row_block(cells))
        if number in notes:
            _add_notes(composer, name, number, notes.pop(number))
    for place in sorted(notes):
        _add_notes(composer, name, place, notes[place])
    composer.set_path((name,))
    for words in boxes:
        composer.add(TextBlock(words))


def _add_notes(composer: Composer, name: str, row: int, notes: list[str]) -> None:
    composer.set_path((name, f"row {row}"))
    for note in notes:
        composer.add(TextBlock(note))


def _rows(cells: Any, layout: SheetLayout) -> Iterator[SheetRow]:
    """The rows that are shown; a cell that was merged with those below stands in each of their rows."""
    kept = [column for column in range(1, layout.columns + 1) if column not in layout.hidden_columns]
    place = {column: index for index, column in enumerate(kept)}
    below: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(cells.iter_rows(max_row=layout.rows, max_col=layout.columns), start=1):
        made = _row(number, [row[column - 1] for column in kept] if row else [])
        for column, (last, words) in list(below.items()):
            if number > last:
                del below[column]
            elif made.filled and column in place:
                made.cells[place[column]] = made.cells[place[column]] or words
        for merged in layout.merged.get(number, ()) if made.filled else ():
            columns = [column for column in kept if merged.left <= column <= merged.right]
            words = made.cells[place[columns[0]]] if columns else ""
            if words and len(columns) > 1:
                made.wide[place[columns[0]]] = place[columns[-1]]
            if words and merged.bottom > number:
                below[columns[0]] = (merged.bottom, words)
                made.tall[place[columns[0]]] = merged.bottom
        if number not in layout.hidden_rows:
            yield made


def _format(cell: Any) -> str | None:
    """The number format of a cell; None where the workbook has no such style."""
    try:
        return cell.number_format  # type: ignore[no-any-return]
    except IndexError:
        return None


def _row(number: int, cells: Sequence[Any]) -> SheetRow:
    row = SheetRow(number, [shown(cell.value, _format(cell)) for cell in cells])
    for place, cell in enumerate(cells):
        if isinstance(cell.value, date):
            row.days[place] = cell.value.isoformat()
    return row


def _warnings(sheets: list[_Sheet], hidden: list[str]) -> Iterator[str]:
    if hidden:
        yield HIDDEN_SHEETS % listed(hidden)
    names = [clean(sheet.name) for sheet in sheets if sheet.layout.hidden_rows or sheet.layout.hidden_columns]
    if names:
        yield HIDDEN_CELLS % listed(names)
    names = [clean(sheet.name) for sheet in sheets if sheet.layout.never_calculated]
    if names:
        yield NEVER_CALCULATED % listed(names)
