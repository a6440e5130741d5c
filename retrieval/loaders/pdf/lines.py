"""A PDF's page -> its lines with where they stand; running heads and page numbers are dropped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.loaders.composer import clean
from retrieval.loaders.load_errors import MAX_CHARACTERS, too_much

if TYPE_CHECKING:
    from pypdf import PageObject

SOFT_HYPHEN = "\u00ad"
# One glyph for several letters is a matter of the layout, as a soft hyphen is. The bullet has several codes in PDF's
# own encoding (ISO 32000-1, D.2), of which pypdf does not know this one.
GLYPHS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x7f": "•"})

# Running heads and feet stand in the two outermost lines of a page, above or below.
EDGE_LINES = 2
PAGES_THAT_MAKE_A_HABIT = 3
NUMBER_FIRST = re.compile(r"(\d{1,4})\b(.*)")
NUMBER_LAST = re.compile(r"(.*?)\b(\d{1,4})(?:\s*(?:/|of|von|de|di|sur|van|из)\s*\d{1,4})?(\W*)")
ROMAN = re.compile(r"\W*[ivxlcdm]{1,8}\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``x`` grows along it, ``y`` shrinks down the page, whichever way the page is turned.

    ``broken`` says that it ends in a soft hyphen, which is no longer in the text.
    """

    text: str
    x: float
    y: float
    size: float
    page: int
    turn: int = 0
    broken: bool = False


class Identity(NamedTuple):
    """By what a line is known again on other pages: words, height, and how far its number is from the page's."""

    words: str
    height: int
    offset: int | None = None


def page_lines(page: PageObject, number: int) -> list[Line]:
    """The lines of a page, in the order in which the file draws them, which is that of reading in most files."""
    reader = _LineReader(number)
    page.extract_text(visitor_text=reader.piece)
    return reader.finish()


class _LineReader:
    """Puts lines together from the pieces that pypdf finds; a piece ends where the font or the line does."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._lines: list[Line] = []
        self._characters = 0
        self._begin()

    def piece(self, text: str, page_matrix: list[float], text_matrix: list[float], _font: Any, size: float) -> None:
        if not text:
            return
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise too_much()
        *whole, rest = text.split("\n")
        for part in whole:
            self._add(part, page_matrix, text_matrix, size)
            self._end()
        self._add(rest, page_matrix, text_matrix, size)

    def finish(self) -> list[Line]:
        self._end()
        return self._lines

    def _begin(self) -> None:
        self._parts: list[str] = []
        self._sizes: Counter[float] = Counter()
        self._where: tuple[float, float, int] | None = None

    def _add(self, text: str, page_matrix: list[float], text_matrix: list[float], size: float) -> None:
        self._parts.append(text)
        if not text.strip():
            return
        a, b, c, d, x, y = _product(text_matrix, page_matrix)
        self._sizes[round(abs(size) * hypot(c, d), 1)] += len(text)
        if self._where is None:
            if abs(b) > abs(a):
                self._where = (y, -x, 90) if b > 0 else (-y, x, 270)
            else:
                self._where = (x, y, 0) if a >= 0 else (-x, -y, 180)

    def _end(self) -> None:
        raw = "".join(self._parts)
        text = clean(raw.translate(GLYPHS))
        if text and self._where is not None:
            x, y, turn = self._where
            size = self._sizes.most_common(1)[0][0]
            broken = raw.rstrip().endswith(SOFT_HYPHEN)
            self._lines.append(Line(text, x, y, size or 1.0, self._number, turn, broken))
        self._begin()


def _product(inner: list[float], outer: list[float]) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without running heads, running feet and page numbers.

    What is dropped: a line among the two outermost of its page that stands with the same words at the same height on
    at least three pages, where a number at its beginning or end may count up with the pages. Where such numbers stand,
    another line at that height with the page's number goes too: the head of a short chapter. In a document of two
    pages, a counting number is enough.
    """
    known = [(line, known_again) for lines in pages for line in _edges(lines) for known_again in _identities(line)]
    seen: dict[Identity, set[int]] = defaultdict(set)
    for line, identity in known:
        seen[identity].add(line.page)
    few = min(PAGES_THAT_MAKE_A_HABIT, max(len(pages), 2))
    habits = {
        identity
        for identity, on_pages in seen.items()
        if len(on_pages) >= (PAGES_THAT_MAKE_A_HABIT if identity.offset is None else few)
    }
    numbered = {(habit.height, habit.offset) for habit in habits if habit.offset is not None}
    running = {
        id(line) for line, identity in known if identity in habits or (identity.height, identity.offset) in numbered
    }
    return [[line for line in lines if id(line) not in running] for lines in pages]


def _edges(lines: list[Line]) -> list[Line]:
    heights = sorted({round(line.y) for line in lines})
    outermost = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
    return [line for line in lines if round(line.y) in outermost]


def _identities(line: Line) -> Iterator[Identity]:
    height = round(line.y)
    yield Identity(line.text, height)
    if first := NUMBER_FIRST.fullmatch(line.text):
        yield Identity(first[2].strip(), height, int(first[1]) - line.page)
    if last := NUMBER_LAST.fullmatch(line.text):
        yield Identity(last[1].strip(), height, int(last[2]) - line.page)
    if ROMAN.fullmatch(line.text):
        yield Identity("", height)
