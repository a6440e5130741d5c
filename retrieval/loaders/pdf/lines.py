"""A PDF's page -> its lines with where they stand; running heads and page numbers are dropped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from retrieval.loaders.composer import clean
from retrieval.loaders.pdf.characters import PageText
from retrieval.loaders.pdf.columns import lines_in_order
from retrieval.loaders.pdf.form_fields import Entry
from retrieval.loaders.pdf.page_table import PageTable
from retrieval.loaders.pdf.placed_entries import with_entries
from retrieval.loaders.pdf.runs import Run
from retrieval.loaders.pdf.spacing import spaced

# The dots that lead to a page's number, and what marks an item apart from its words; "o" is a bullet of some programs.
LEADER = re.compile(r"(?:\s*[.·]){5,}\s*")
MARKER = re.compile(r"[^\w\s]|o")
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
    is. ``is_bold`` says that all of it is, ``starts_bold`` that its first word is. ``is_item`` says that it begins with
    a mark of its own, apart from the words.
    A table is one line.
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
    table: PageTable | None = None


class Identity(NamedTuple):
    """By what a line is known again on other pages: words, height, and how far its number is from the page's."""

    words: str
    height: int
    offset: int | None = None


def page_lines(page: PageText, number: int, entries: Sequence[Entry] = ()) -> list[Line]:
    """The lines of a page, in the order of reading, with what is filled in there."""
    lines = []
    for runs in lines_in_order(with_entries(page.words(), entries), page.rules()):
        if runs[0].table:
            lines.append(_table_line(runs[0], runs[0].table, number))
            continue
        text = LEADER.sub(" ", clean(" ".join(spaced(run.words) for run in runs))).strip()
        if text:
            lines.append(_line(text, runs, number))
    return [replace(line, right=max(other.x1 for other in _around(lines, at))) for at, line in enumerate(lines)]


def _table_line(run: Run, table: PageTable, number: int) -> Line:
    rows = (" ".join(cell.text for cell in row if cell.text) for row in table.rows)
    return Line("\n".join(filter(None, rows)), run.x0, run.y, run.size, number, x1=run.x1, table=table)


def _line(text: str, runs: Sequence[Run], number: int) -> Line:
    words = [word for run in runs for word in run.words]
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    size = sizes.most_common(1)[0][0]
    first, start = next((word for word in words if word.size == size), words[0]), words[0]
    return Line(
        text,
        start.x0,
        first.y,
        size,
        number,
        first.turn,
        x1=words[-1].x1,
        first_width=start.x1 - start.x0,
        is_bold=all(word.bold for word in words),
        starts_bold=start.bold,
        is_item=len(runs) > 1 and len(runs[0].words) == 1 and MARKER.fullmatch(start.text) is not None,
    )


def _around(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """A line and those near it that are set in the same column."""
    line = lines[at]
    for other in lines[max(at - NEARBY, 0) : at + NEARBY + 1]:
        beside = abs(other.x - line.x) < 4 * line.size and abs(other.size - line.size) < 0.2 * line.size
        if other is line or (beside and not other.table):
            yield other


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
