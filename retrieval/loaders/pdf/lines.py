"""A PDF's page -> its lines with where they stand; running heads and page numbers are dropped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from retrieval.loaders.composer import clean
from retrieval.loaders.pdf.characters import RIGHT_TO_LEFT, PageText
from retrieval.loaders.pdf.columns import lines_in_order
from retrieval.loaders.pdf.form_fields import Entry
from retrieval.loaders.pdf.page_table import PageTable
from retrieval.loaders.pdf.placed_entries import with_entries
from retrieval.loaders.pdf.runs import Run
from retrieval.loaders.pdf.spacing import spaced

# The dots that lead to a page's number, and what marks an item apart from its words; "o" is a bullet of some programs,
# and so is any letter that is there again and again: fonts of symbols have their bullets at the places of letters.
LEADER = re.compile(r"(?:\s*[.]){5,}\s*")
LEADER_DOTS = (". .", "....")
MARKER = re.compile(r"[^\w\s]|o")
# The number of an item or heading, which may stand apart from its words as well.
NUMBER = re.compile(r"\(?\w{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|\w{1,2}")
# Han and kana, of which each may begin a line; a bracket that opens stays with what it holds.
UNSPACED = re.compile(
    "[（「『【〔〈《]*[々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff07\uff09-\uffef]"
)
WIDE_GAP = 1.8
# So many lines above and below tell how long lines are.
NEARBY = 8

# Running heads and feet stand in the two outermost lines of a page, above or below.
EDGE_LINES = 2
PAGES_THAT_MAKE_A_HABIT = 3
NUMBER_FIRST = re.compile(r"(\d{1,4})\b(.*)")
NUMBER_LAST = re.compile(r"(.*?)\b(\d{1,4})(?:\s*(?:/|of|von|de|di|sur|van|из)\s*\d{1,4})?(\W*)")
ROMAN = re.compile(r"\W*[ivxlcdm]{1,8}\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``x`` grows along it, ``y`` shrinks down the page, whichever way the page is turned.

    It ends at ``x1``; ``right`` is where the longest lines around it end, and ``first_width`` how long its first word
    is, or what of it may stand alone. ``is_bold`` says that all of it is, ``starts_bold`` that its first word is.
    ``is_item`` says that it begins with a mark of its own, apart from the words.
    ``is_row`` says that there is a wide gap between its words. A table is one line.
    """

    text: str
    x: float
    y: float
    size: float
    page: int
    turn: int = 0
    x1: float = 0.0
    right: float = 0.0
    first_width: float = 0.0
    is_bold: bool = False
    starts_bold: bool = False
    is_item: bool = False
    is_row: bool = False
    table: PageTable | None = None


class Identity(NamedTuple):
    """By what a line is known again on other pages: words, height, and how far its number is from the page's."""

    words: str
    height: int
    offset: int | None = None


def page_lines(page: PageText, number: int, entries: Sequence[Entry] = ()) -> list[Line]:
    """The lines of a page, in the order of reading, with what is filled in there."""
    found = []
    for runs in lines_in_order(with_entries(page.words(), entries), page.rules()):
        text = line_text(runs)
        if text:
            found.append((text, runs, _size(runs)))
    marks = Counter((runs[0].words[0].text, round(runs[0].x0)) for _, runs, _ in found if _begins_apart(runs))
    ends = [(runs[0].x0, max(run.x1 for run in runs), size) for _, runs, size in found]
    lines = []
    for at, (text, runs, size) in enumerate(found):
        first = runs[0].words[0].text
        repeated = marks[first, round(runs[0].x0)] > 1 and first.isalpha()
        is_item = _begins_apart(runs) and (repeated or MARKER.fullmatch(first) is not None)
        lines.append(_line(text, runs, size, _right(ends, at), number, is_item=is_item))
    return lines


def _has_wide_gap(runs: Sequence[Run], size: float) -> bool:
    words = runs[0].words
    marked = len(words) == 1 and NUMBER.fullmatch(words[0].text) is not None
    if RIGHT_TO_LEFT.search("".join(word.text for run in runs for word in run.words)):
        return False  # words of the other direction among them stand where they would not be looked for
    return any(after.x0 - before.x1 > WIDE_GAP * size for before, after in pairwise(runs[1 if marked else 0 :]))


def _begins_apart(runs: Sequence[Run]) -> bool:
    """Whether a line begins with a single character that stands apart from its words."""
    return len(runs) > 1 and len(runs[0].words) == 1 and len(runs[0].words[0].text) == 1


def line_text(runs: Sequence[Run]) -> str:
    """The words of a line, or of the rows of a table."""
    if runs[0].table:
        return _table_text(runs[0].table)
    text = clean(" ".join(spaced(run.words) for run in runs))
    return LEADER.sub(" ", text).strip() if any(dots in text for dots in LEADER_DOTS) else text


def _table_text(table: PageTable) -> str:
    rows = (" ".join(cell.text for cell in row if cell.text) for row in table.rows)
    return "\n".join(filter(None, rows))


def _size(runs: Sequence[Run]) -> float:
    """The size in which most of a line is set."""
    sizes: dict[float, int] = {}
    for run in runs:
        for word in run.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    return max(sizes, key=sizes.__getitem__)


def _right(ends: Sequence[tuple[float, float, float]], at: int) -> float:
    """Where the longest line ends of those near a line that are set in the same column."""
    x, right, size = ends[at]
    for other_x, end, other_size in ends[max(at - NEARBY, 0) : at + NEARBY + 1]:
        if end > right and abs(other_x - x) < 4 * size and abs(other_size - size) < 0.2 * size:
            right = end
    return right


def _line(text: str, runs: Sequence[Run], size: float, right: float, number: int, *, is_item: bool) -> Line:
    words = [word for run in runs for word in run.words]
    first, start = next((word for word in words if word.size == size), words[0]), words[0]
    if runs[0].table:
        return Line(text, runs[0].x0, first.y, size, number, x1=runs[0].x1, right=right, table=runs[0].table)
    return Line(
        text,
        start.x0,
        first.y,
        size,
        number,
        first.turn,
        x1=max(word.x1 for word in words),
        right=right,
        first_width=size if UNSPACED.match(start.text) else start.x1 - start.x0,
        is_bold=all(word.bold for word in words),
        starts_bold=start.bold,
        is_item=is_item,
        is_row=not is_item and _has_wide_gap(runs, size),
    )


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
