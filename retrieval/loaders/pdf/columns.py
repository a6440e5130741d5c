"""The words of a page -> its lines in the order of reading, column by column.

A gutter is an upright strip that no words cross, between text on both sides of it. It makes two columns where the file
draws one side after the other, or where both sides are running text; elsewhere it parts the cells of a table, whose
rows are read across. What crosses it, a heading or a wide figure, ends the columns above it and begins new ones below.

Where most words are written from right to left, the order of the file stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.loaders.pdf.aligned_tables import with_tables
from retrieval.loaders.pdf.characters import Word
from retrieval.loaders.pdf.ruled_tables import ruled_tables
from retrieval.loaders.pdf.ruling_lines import RulingLine
from retrieval.loaders.pdf.runs import SAME_LINE, Run, is_running_text, rows_of, word_runs

# In sizes of the letters.
GUTTER = 0.6
LINES_OF_A_COLUMN = 3
# "a.", "(iv)", "2.1.": a column of them are the marks of the items beside it.
MARK = re.compile(r"\(?\w{1,4}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|[^\w\s]")
MAX_DEPTH = 12
MAX_GUTTERS = 12


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip that ends at ``right``, and the runs on its two sides between ``top`` and ``bottom``."""

    right: float
    left_runs: list[Run]
    right_runs: list[Run]

    @property
    def top(self) -> float:
        """The highest line."""
        return max(run.y for run in self.left_runs + self.right_runs)

    @property
    def bottom(self) -> float:
        """The lowest line."""
        return min(run.y for run in self.left_runs + self.right_runs)

    @property
    def weight(self) -> float:
        """How much text the smaller side has."""
        return min(sum(run.x1 - run.x0 for run in runs) for runs in (self.left_runs, self.right_runs))


def lines_in_order(words: Sequence[Word], rules: Sequence[RulingLine] = ()) -> list[list[Run]]:
    """The lines of a page, each as its runs from left to right; text that is turned otherwise comes last.

    A table is a line of its own. ``rules`` are the straight lines on the page.
    """
    turns = Counter(word.turn for word in words)
    found: list[list[Run]] = []
    for turn, _ in turns.most_common():
        upright = [word for word in words if word.turn == turn]
        if 2 * sum(word.is_right_to_left for word in upright) > len(upright):
            for word in upright:  # seen in a mirror, they begin at the left
                word.x0, word.x1, word.is_right_to_left = -word.x1, -word.x0, False
            found += _as_drawn(word_runs(upright))
        else:
            tables, outside = ruled_tables(rules, upright) if turn == 0 and rules else ([], upright)
            found += _ordered([*word_runs(outside), *tables], MAX_DEPTH)
    return found


def _as_drawn(runs: Iterable[Run]) -> list[list[Run]]:
    """The lines in the order of the file."""
    lines: list[list[Run]] = []
    for run in runs:
        if lines and abs(lines[-1][-1].y - run.y) < SAME_LINE * min(lines[-1][-1].size, run.size):
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _ordered(runs: list[Run], depth: int) -> list[list[Run]]:
    runs = [run for row in with_tables(rows_of(runs), min_columns=3) for run in row]
    gutter = _best_gutter(runs) if depth and len(runs) > LINES_OF_A_COLUMN else None
    if gutter is None:
        return with_tables(rows_of(runs), min_columns=2)
    inside = {id(run) for run in gutter.left_runs + gutter.right_runs}
    rest = [run for run in runs if id(run) not in inside]
    above = [run for run in rest if run.y > gutter.bottom]
    below = [run for run in rest if run.y <= gutter.bottom]
    parts = (above, gutter.left_runs, gutter.right_runs, below)
    return [line for part in parts if part for line in _ordered(part, depth - 1)]


def _best_gutter(runs: list[Run]) -> Gutter | None:
    size = median(run.size for run in runs)
    found = [gutter for right in _left_edges(runs) for gutter in _gutters(runs, right, GUTTER * size)]
    found.sort(key=lambda gutter: gutter.weight, reverse=True)
    return next(filter(_are_columns, found), None)


def _left_edges(runs: list[Run]) -> list[float]:
    """Where several lines begin that are not those furthest to the left, and where all the runs leave a strip free."""
    free: list[float] = []
    reached = float("inf")
    for run in sorted(runs, key=lambda run: run.x0):
        if run.x0 > reached:
            free.append(run.x0)
        reached = run.x1 if reached == float("inf") else max(reached, run.x1)
    edges: dict[int, float] = {}
    counts: Counter[int] = Counter()
    for run in runs:
        key = round(run.x0 / 3)
        counts[key] += 1
        edges[key] = min(edges.get(key, run.x0), run.x0)
    common = [edges[key] for key, count in counts.most_common(MAX_GUTTERS) if count >= LINES_OF_A_COLUMN]
    return sorted({*common, *free[:MAX_GUTTERS]})


def _gutters(runs: list[Run], right: float, width: float) -> Iterable[Gutter]:
    """The stretches of a strip that no run crosses, each as long as can be."""
    left_runs: list[Run] = []
    right_runs: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if run.x0 >= right - 1:
            right_runs.append(run)
        elif run.x1 <= right - width:
            left_runs.append(run)
        else:
            if left_runs and right_runs:
                yield Gutter(right, left_runs, right_runs)
            left_runs, right_runs = [], []
    if left_runs and right_runs:
        yield Gutter(right, left_runs, right_runs)


def _are_columns(gutter: Gutter) -> bool:
    """Whether the two sides are read one after the other."""
    left, right = rows_of(gutter.left_runs), rows_of(gutter.right_runs)
    if min(len(left), len(right)) < 2 or _are_marks(left):
        return False
    sides = sorted([(run.order, 0) for run in gutter.left_runs] + [(run.order, 1) for run in gutter.right_runs])
    turns = sum(one[1] != other[1] for one, other in pairwise(sides))
    if turns == 1 and max(len(left), len(right)) >= LINES_OF_A_COLUMN:
        return True
    if min(len(left), len(right)) < LINES_OF_A_COLUMN:
        return False
    running = [is_running_text(side) for side in (left, right)]
    return all(running) or (any(running) and not _share_lines(left, right))


def _are_marks(rows: list[list[Run]]) -> bool:
    """Whether lines of a side are nothing but marks of items, beside others that begin with one."""
    marked = [row for row in rows if MARK.fullmatch(row[0].words[0].text)]
    alone = any(len(row) == 1 and len(row[0].words) == 1 for row in marked)
    return alone and 2 * len(marked) > len(rows)


def _share_lines(left: list[list[Run]], right: list[list[Run]]) -> bool:
    """Whether most lines of the shorter side stand beside one of the other, as the cells of a row do."""
    fewer, more = sorted((left, right), key=len)
    beside = [any(abs(line[0].y - other[0].y) < 0.15 * line[0].size for other in more) for line in fewer]
    return 2 * sum(beside) > len(beside)
