"""In which order people read the shapes of a slide: by where they stand, columns and rows apart.

Source of the method: recursive cuts along white space (Nagy and Seth, "Hierarchical representation of optically scanned
documents", 1984).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

# So far shapes may reach over a border and still stand on one side of it: a tenth of an inch.
OVERLAP = 91_440
# In a grid with more rows than these, people read along the rows.
ROWS_OF_COLUMNS = 2


class Box(NamedTuple):
    """Where a shape stands, from the top left corner, in any unit."""

    left: int
    top: int
    right: int
    bottom: int


Item = TypeVar("Item")


def in_reading_order(items: Sequence[tuple[Box, Item]]) -> list[Item]:
    """The items from the top left to the bottom right; columns with a gap between them one after the other."""
    if len(items) < 2:
        return [item for _, item in items]
    columns = _cut(items, lambda box: (box.left, box.right))
    rows = _cut(items, lambda box: (box.top, box.bottom))
    is_grid = sum(len(row) > 1 for row in rows) > ROWS_OF_COLUMNS
    groups = columns if len(columns) > 1 and not is_grid else rows
    if len(groups) == 1:
        return [item for _, item in sorted(items, key=lambda one: (one[0].top, one[0].left))]
    return [item for group in groups for item in in_reading_order(group)]


def _cut(items: Sequence[tuple[Box, Item]], sides: Callable[[Box], tuple[int, int]]) -> list[list[tuple[Box, Item]]]:
    """The items in groups that have a gap between them, along one direction."""
    groups: list[list[tuple[Box, Item]]] = []
    end = 0
    for item in sorted(items, key=lambda one: sides(one[0])):
        start, stop = sides(item[0])
        if not groups or start < end - OVERLAP:
            end = max(end, stop) if groups else stop
            if not groups:
                groups.append([])
        else:
            groups.append([])
            end = max(end, stop)
        groups[-1].append(item)
    return groups
