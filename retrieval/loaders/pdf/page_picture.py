"""What a page of a PDF looks like, and in which order its lines are read, for people who check how a file was read."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from retrieval.loaders.load_errors import refusing_damage
from retrieval.loaders.pdf.characters import RIGHT_TO_LEFT, page_texts, turned
from retrieval.loaders.pdf.columns import lines_in_order
from retrieval.loaders.pdf.lines import line_text
from retrieval.loaders.pdf.runs import Run

# Pixels on the longer side of a picture.
PIXELS = 1_600
RED = (200, 0, 0, 255)
NUMBER_SIZE = 7.0
NUMBER_FONT = b"Helvetica"


class LineBox(NamedTuple):
    """A line, or a whole table, as the ``number``-th that is read; the box is in points from the lower left corner."""

    number: int
    box: tuple[float, float, float, float]
    text: str


def reading_order(data: bytes, page: int) -> list[LineBox]:
    """The lines of a page, counted from 1, in the order in which they are read.

    Raises:
        SourceError: If the file is damaged or asks for a password.
    """
    with refusing_damage("PDF"):
        for number, text in enumerate(page_texts(data), start=1):
            if number == page:
                lines = lines_in_order(text.words(), text.rules())
                return [LineBox(at, _box(runs), line_text(runs)) for at, runs in enumerate(lines, start=1)]
        return []


def page_picture(data: bytes, page: int, lines: Sequence[LineBox] = ()) -> bytes:
    """A page as a PNG, with a numbered box around each of the lines.

    Raises:
        SourceError: If the file is damaged or asks for a password, or has no such page.
    """
    from pypdfium2 import PdfDocument

    with refusing_damage("PDF"):
        document = PdfDocument(data)
        try:
            shown = document[page - 1]
            for line in lines:
                _draw(document.raw, shown.raw, line)
            picture = shown.render(scale=PIXELS / max(*shown.get_size(), 1), rev_byteorder=True, prefer_bgrx=True)
            return _png(picture.width, picture.height, picture.stride, bytes(picture.buffer))
        finally:
            document.close()


def _box(runs: Sequence[Run]) -> tuple[float, float, float, float]:
    words = [word for run in runs for word in run.words]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    if right < 0 and any(RIGHT_TO_LEFT.search(word.text) for word in words):
        left, right = -right, -left  # these are kept as seen in a mirror
    box = left, min(word.bottom for word in words), right, max(word.top for word in words)
    return turned(box, (360 - words[0].turn) % 360)


def _draw(document: Any, page: Any, line: LineBox) -> None:
    """Put a frame and a number on a page in memory."""
    from pypdfium2 import raw

    left, bottom, right, top = line.box
    frame = raw.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    raw.FPDFPath_SetDrawMode(frame, raw.FPDF_FILLMODE_NONE, True)
    raw.FPDFPageObj_SetStrokeColor(frame, *RED)
    raw.FPDFPageObj_SetStrokeWidth(frame, 0.5)
    number = raw.FPDFPageObj_NewTextObj(document, NUMBER_FONT, NUMBER_SIZE)
    words = (str(line.number) + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(number, ctypes.cast(ctypes.create_string_buffer(words), raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_SetFillColor(number, *RED)
    raw.FPDFPageObj_Transform(number, 1, 0, 0, 1, max(left - 2 * NUMBER_SIZE, 0), bottom)
    for drawn in (frame, number):
        raw.FPDFPage_InsertObject(page, drawn)


def _png(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """Pixels of four bytes each (red, green, blue, unused) as a PNG file."""
    rows = (pixels[row * stride : row * stride + 4 * width] for row in range(height))
    plain = b"".join(b"\0" + _without_fourth(row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(plain, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )


def _without_fourth(row: bytes) -> bytes:
    kept = bytearray(len(row) // 4 * 3)
    for channel in range(3):
        kept[channel::3] = row[channel::4]
    return bytes(kept)


def draw(data: bytes, page: int) -> bytes:
    """A page as a PNG, with its lines numbered in the order in which they are read.

    Raises:
        SourceError: As from ``page_picture``, and for a page that is not there.
    """
    return page_picture(data, page, reading_order(data, page))
