"""A PDF's page -> its words with where they stand. Source of the method: PDFium, through pypdfium2.

PDFium finds the letters, their order in the file and the blanks between them. Asking it for the box of every letter
takes longer than all the rest, so only the first and last letter of a word are asked for.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, degrees, hypot
from typing import Any

from retrieval.loaders.load_errors import MAX_CHARACTERS, too_much
from retrieval.loaders.pdf.composed_letters import NOTHING, composed
from retrieval.loaders.pdf.raised import as_written
from retrieval.loaders.pdf.ruling_lines import RulingLine, ruling_lines
from retrieval.loaders.pdf.tex_symbols import with_tex_symbols

# One glyph for several letters is a matter of the layout, as a soft hyphen is. The bullet has several codes in PDF's
# own encoding (ISO 32000-1, D.2), of which PDFium does not know one, and others in fonts of symbols.
GLYPHS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\x7f": "•", "\uf0a7": "▪", "\uf0b7": "•", NOTHING: ""}
)
# What PDFium puts in the place of a hyphen at the end of a line.
LINE_HYPHEN = "\ufffe"
WORD = re.compile(rf"(?!{NOTHING})(?:[^\s\ufffe]*\ufffe|[^\s\ufffe]+)")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi(?!ng)", re.IGNORECASE)
FORCED_BOLD = 1 << 18  # a font's flag (ISO 32000-1, table 123)
FONT_NAME_BYTES = 128
# Text is set along one of four directions; what is slanted more than this is a stamp across the page.
STRAIGHT_DEGREES = 10
SLANTED = 45


def page_texts(data: bytes) -> Iterator[PageText]:
    """The text of each page of a file, which must open without a password; each has words until the next is asked for.

    Raises:
        PdfiumError: If the file is damaged; a page that cannot be read has no text.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    document = PdfDocument(data)
    try:
        for number in range(len(document)):
            try:
                page = document[number]
                text = page.get_textpage()
            except PdfiumError:
                yield PageText(None, None)
                continue
            read = PageText(text.raw, page.raw)
            try:
                yield read
            finally:
                read.forget()
            text.close()
            page.close()
    finally:
        document.close()


@dataclass(slots=True)
class Word:
    """A word from ``x0`` to ``x1`` on the line at ``y``; turned pages are turned back, so that ``y`` shrinks downward.

    ``bottom`` and ``top`` are of the font's box. ``order`` counts the words in the order of the file. ``bold`` says
    that the whole line is, or the word where it begins one, ``breaks`` that the word ends in a hyphen at a line's end.
    """

    text: str
    x0: float
    x1: float
    y: float
    bottom: float
    top: float
    size: float
    turn: int
    bold: bool
    order: int
    breaks: bool = False
    is_right_to_left: bool = False


@dataclass(slots=True)
class _Style:
    """How a run of words is set; ``height`` is of the font's box, ``descent`` is from the line down to its bottom."""

    size: float
    turn: int
    height: float
    descent: float


class PageText:
    """The text of one page as PDFium has read it.

    Args:
        page: A ``FPDF_TEXTPAGE`` of PDFium; None if it could not be read.
        drawn: The ``FPDF_PAGE`` that it is of.
    """

    def __init__(self, page: Any, drawn: Any) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._get_box = raw.FPDFText_GetLooseCharBox
        self._page, self._drawn = page, drawn
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(FONT_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.text = with_tex_symbols(composed(self._read(), self._ink_of), self._font_of)
        self._is_mixed = RIGHT_TO_LEFT.search(self.text) is not None

    def words(self) -> list[Word]:
        """The words in the order of the file, which is that of reading in most files, but not in all."""
        found: list[Word] = []
        line: list[Word] = []
        style, end, first = None, 0, 0
        for match in WORD.finditer(self.text):
            start, stop = match.span()
            if line and "\n" in self.text[end:start]:
                self._set_bold(line, first, end - 1)
                found += line
                line, style, first = [], None, start
            elif not line:
                first = start
            box = self._box_of(start)
            style = self._style_of(start, box, style)
            head = self._raised_head(start, stop, box, style) if self.text[start].isdigit() else 0
            if head:
                line.append(self._word(start, start + head, box, style, len(found) + len(line)))
                start += head
                box = self._box_of(start)
                style = self._style_of(start, box, style)
            line.append(self._word(start, stop, box, style, len(found) + len(line)))
            end = stop
        if line:
            self._set_bold(line, first, end - 1)
        return found + line

    def forget(self) -> None:
        """The page is closed; from now on it has no words, since PDFium breaks down if it is asked for them."""
        self._page = self._drawn = None
        self.text = ""

    def rules(self) -> list[RulingLine]:
        """The straight lines on the page."""
        return ruling_lines(self._drawn) if self._drawn is not None else []

    def _boxes(self, start: int, stop: int) -> Iterator[tuple[float, float, float, float]]:
        return (self._box_of(index) for index in range(start, stop))

    def _read(self) -> str:
        count = self._raw.FPDFText_CountChars(self._page)
        if count <= 0:
            return ""
        if count > MAX_CHARACTERS:
            raise too_much()
        units = (ctypes.c_ushort * (count + 1))()
        written = self._raw.FPDFText_GetText(self._page, 0, count, units)
        text = bytes(units)[: 2 * (written - 1)].decode("utf-16-le", "replace") if written > 0 else ""
        if len(text) == count:
            return text
        # Letters without a code, and those beyond 16 bits, shift what follows.
        codes = (self._raw.FPDFText_GetUnicode(self._page, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\x01" for code in codes)

    def _box_of(self, index: int) -> tuple[float, float, float, float]:
        box = self._box
        self._get_box(self._page, index, box)
        return box.left, box.bottom, box.right, box.top

    def _ink_of(self, index: int) -> tuple[float, float, float, float]:
        """Where a letter itself is, which its font's box is larger than."""
        edges = [ctypes.c_double() for _ in range(4)]
        self._raw.FPDFText_GetCharBox(self._page, index, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        return left, bottom, right, top

    def _font_of(self, index: int) -> bytes:
        length = self._raw.FPDFText_GetFontInfo(self._page, index, self._name, FONT_NAME_BYTES, self._flags)
        return self._name.value if 0 < length <= FONT_NAME_BYTES else b""

    def _style_of(self, index: int, box: tuple[float, float, float, float], before: _Style | None) -> _Style:
        if before:
            height = box[3] - box[1] if before.turn in (0, 180, SLANTED) else box[2] - box[0]
            if abs(height - before.height) < 0.05:
                return before
        raw, matrix = self._raw, self._matrix
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        turn = _direction(degrees(atan2(matrix.b, matrix.a)))
        size = raw.FPDFText_GetFontSize(self._page, index) * hypot(matrix.c, matrix.d)
        _, bottom, _, top = turned(box, turn)
        x, y = self._x.value, self._y.value
        _, line, _, _ = turned((x, y, x, y), turn)
        return _Style(round(size, 1) or 1.0, turn, top - bottom, line - bottom)

    def _word(self, start: int, stop: int, box: tuple[float, float, float, float], style: _Style, order: int) -> Word:
        text = self.text[start:stop]
        x0, bottom, x1, top = turned(box, style.turn)
        if stop - start > 1:
            left, lower, right, upper = turned(self._box_of(stop - 1), style.turn)
            if upper - lower < 0.9 * style.height and lower > bottom + 0.1 * style.height:
                heights = [turned(one, style.turn) for one in self._boxes(start, stop)]
                text = as_written(text, [one[1] > bottom + 0.1 * style.height for one in heights])
            x0, x1 = min(x0, left), max(x1, right)
        breaks = text.endswith(LINE_HYPHEN)
        if breaks:
            text = text[:-1] + "-"
        text = paired(text).translate(GLYPHS)
        mirrored = self._is_mixed and RIGHT_TO_LEFT.search(text) is not None
        y = bottom + style.descent
        return Word(text, x0, x1, y, bottom, top, style.size, style.turn, False, order, breaks, mirrored)

    def _raised_head(self, start: int, stop: int, box: tuple[float, float, float, float], style: _Style) -> int:
        """How many figures at the beginning of a word are the number of a note, set small above the line."""
        head = len(self.text[start:stop]) - len(self.text[start:stop].lstrip("0123456789"))
        if head == stop - start or not self.text[start + head].isalpha():
            return 0
        _, lower, _, upper = turned(self._box_of(start + head), style.turn)
        _, bottom, _, _ = turned(box, style.turn)
        return head if style.height < 0.9 * (upper - lower) and bottom > lower + 0.1 * (upper - lower) else 0

    def _set_bold(self, line: list[Word], first: int, last: int) -> None:
        """Note whether the first word of a line is bold, and whether the whole line is."""
        line[0].bold = self._is_bold(first)
        if line[0].bold and self._is_bold(last):
            for word in line:
                word.bold = True

    def _is_bold(self, index: int) -> bool:
        raw = self._raw
        if raw.FPDFText_GetFontWeight(self._page, index) >= 600:
            return True
        name = self._font_of(index)
        return bool(self._flags.value & FORCED_BOLD or BOLD_NAME.search(name))


def _direction(angle: float) -> int:
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= STRAIGHT_DEGREES else SLANTED


def turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box as it lies where the page is turned so that the text is upright."""
    if turn in (0, SLANTED):
        return box
    left, bottom, right, top = box
    if turn == 90:
        return bottom, -right, top, -left
    if turn == 270:
        return -top, left, -bottom, right
    if turn == 180:
        return -right, -top, -left, -bottom
    return box


def paired(text: str) -> str:
    """The text with each pair of surrogates, of which PDFium makes two letters, as the one letter that it is."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
