"""What stands on a sheet beside its cells' values: notes on cells, comments with their replies, text boxes."""

from __future__ import annotations

from retrieval.loaders.composer import clean
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.office.parts import DRAWN, drawn_words, relations
from retrieval.loaders.office.sheet_layout import MAIN, SheetLayout, column_of, row_of

# Programs that know no replies are shown these words, and a copy of what is in the part of the comments with replies.
COPY_OF_COMMENT = "[Threaded comment]"
THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
SHAPE = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}sp"


def cell_notes(archive: Archive, sheet: str, layout: SheetLayout, kind: str) -> dict[int, list[str]]:
    """The notes on cells that are shown, by their rows, in the order of the columns."""
    found: list[tuple[int, int, str]] = []
    for relation in relations(archive, sheet, kind).values():
        if relation.target not in archive:
            continue
        if relation.kind == "comments":
            tag, text = f"{MAIN}comment", f"{MAIN}t"
        elif relation.kind == "threadedComment":
            tag, text = f"{THREADED}threadedComment", f"{THREADED}text"
        else:
            continue
        for element in parse_xml(archive.read(relation.target), kind).iter(tag):
            reference = element.get("ref", "")
            words = clean("".join(part.text or "" for part in element.iter(text)))
            row, column = row_of(reference), column_of(reference)
            is_hidden = row in layout.hidden_rows or column in layout.hidden_columns
            if words and row and not is_hidden and not words.startswith(COPY_OF_COMMENT):
                found.append((row, column, f"Note on {clean(reference)}: {words}"))
    notes: dict[int, list[str]] = {}
    for row, _, words in sorted(found, key=lambda note: note[:2]):
        notes.setdefault(row, []).append(words)
    return notes


def text_boxes(archive: Archive, sheet: str, kind: str) -> list[str]:
    """The paragraphs of the text boxes that lie on a sheet."""
    boxes: list[str] = []
    for relation in relations(archive, sheet, kind).values():
        if relation.kind == "drawing" and relation.target in archive:
            for shape in parse_xml(archive.read(relation.target), kind).iter(SHAPE):
                boxes += filter(None, map(drawn_words, shape.iter(f"{DRAWN}p")))
    return boxes
