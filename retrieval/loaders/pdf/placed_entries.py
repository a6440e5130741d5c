"""Where what is filled in on a PDF's page stands among the words of the page.

It is read after the words to its left on the same line, or those right above it: its label. A box to be checked is read
before the words to its right. Only where the page says nothing there, the name of the field is read as its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.loaders.load_errors import too_much
from retrieval.loaders.pdf.characters import RIGHT_TO_LEFT, Word, turned
from retrieval.loaders.pdf.form_fields import Box, Entry

# What a form has to be written upon.
LEADERS = re.compile(r"(?:_+|[.…‥·]{2,}|…)([,;:.)]?)")
USUAL_SIZE = 10.0
# A field of one line is higher than its letters; in one of many lines they are of a usual size.
HEIGHT_OF_A_LINE = 1.2
WIDTH_OF_A_LETTER = 0.5
# How far a label is from its field, in sizes of its letters, at most.
FAR_BESIDE = 30
FAR_MARK = 3
FAR_ABOVE = 2.5
GAP = 0.3
NAME_END = ":"
# A page of a real form has some hundred fields and a thousand words.
MAX_COMPARISONS = 20_000_000


def with_entries(words: list[Word], entries: Sequence[Entry]) -> list[Word]:
    """The words of a page, in the order of the file, with what stands over them put where it is read.

    Raises:
        SourceError: If there are too many to be compared with each other.
    """
    if not entries:
        return words
    written = sum(len(line.split()) for entry in entries for line in entry.lines)
    if len(entries) * (len(words) + written) > MAX_COMPARISONS:
        raise too_much()
    turns = Counter(word.turn for word in words)
    turn = turns.most_common(1)[0][0] if turns else 0
    placed = list(words)
    boxes = [turned(entry.box, turn) for entry in entries]
    for entry, box in zip(entries, boxes, strict=True):
        is_alone = sum(_share_line(box, other) for other in boxes) == 1
        _place(placed, entry, box, turn, is_alone=is_alone)
    return [replace(word, order=order) for order, word in enumerate(placed)]


def _place(words: list[Word], entry: Entry, box: Box, turn: int, *, is_alone: bool) -> None:
    inside = [word for word in words if word.turn == turn and _is_inside(word, box)]
    if not entry.is_mark and _squeezed("".join(entry.lines)) in _squeezed("".join(word.text for word in inside)):
        return  # the page says it itself
    lines = entry.lines
    for word in inside:
        if leader := LEADERS.fullmatch(word.text):
            words.remove(word)
            lines = (*lines[:-1], lines[-1] + leader[1])
    beside = [(index, word) for index, word in enumerate(words) if word.turn == turn and _is_beside(word, box)]
    after = _nearest_after(beside, box) if entry.is_mark else None
    label = _nearest_before(beside, box) if after is None else after
    alike = words[label] if label is not None else None
    if label is None:
        label = _nearest_above(words, box, turn)
    if label is None and entry.name:
        lines = _named(lines, entry)
    at = len(words) if label is None else label if after is not None else label + 1
    if alike and after is not None:
        box = _left_of(alike, box)
    elif alike and (is_alone or alike.text.endswith(NAME_END)):
        box = _right_of(alike, box)
    words[at:at] = _words(lines, box, turn, alike)


def _named(lines: tuple[str, ...], entry: Entry) -> tuple[str, ...]:
    """The lines with the name of the field in them."""
    if entry.is_mark:
        return (f"{lines[0]} {entry.name}", *lines[1:])
    return (f"{entry.name.removesuffix(NAME_END)}{NAME_END} {lines[0]}", *lines[1:])


def _left_of(label: Word, box: Box) -> Box:
    """The box next to its label, as one reads it: a wide gap between them would make two cells of a table of them."""
    _, bottom, _, top = box
    return label.x0 - (GAP + WIDTH_OF_A_LETTER) * label.size, bottom, label.x0 - GAP * label.size, top


def _right_of(label: Word, box: Box) -> Box:
    """As above. A row of several fields is left as it is, for it may be one of a table."""
    left, bottom, right, top = box
    return min(left, label.x1 + GAP * label.size), bottom, right, top


def _words(lines: tuple[str, ...], box: Box, turn: int, alike: Word | None) -> Iterator[Word]:
    """The words of an entry, set as those beside them if there are any, one line below the other."""
    left, bottom, right, top = box
    height = (top - bottom) / len(lines)
    size = alike.size if alike else min(round(height / HEIGHT_OF_A_LINE, 1) or 1.0, USUAL_SIZE)
    first = alike.y if alike else top - (height if height < 2 * size else HEIGHT_OF_A_LINE * size) + 0.2 * size
    for number, line in enumerate(lines):
        y = first - number * min(height, HEIGHT_OF_A_LINE * size)
        width = min((right - left) / len(line), WIDTH_OF_A_LETTER * size)
        for match in re.finditer(r"\S+", line):
            start, end = (left + width * place for place in match.span())
            is_mirrored = RIGHT_TO_LEFT.search(match[0]) is not None
            yield Word(
                match[0], start, end, y, y - 0.2 * size, y + 0.8 * size, size, turn, False, 0, False, is_mirrored
            )


def _is_inside(word: Word, box: Box) -> bool:
    left, bottom, right, top = box
    return word.x0 >= left - 1 and word.x1 <= right + 1 and bottom - 1 <= (word.bottom + word.top) / 2 <= top + 1


def _share_line(box: Box, other: Box) -> bool:
    return min(box[3], other[3]) - max(box[1], other[1]) > 0.4 * min(box[3] - box[1], other[3] - other[1])


def _is_beside(word: Word, box: Box) -> bool:
    """Whether a word stands on the same line as the box, or as one of its lines."""
    return _share_line(box, (word.x0, word.bottom, word.x1, word.top))


def _nearest_before(beside: list[tuple[int, Word]], box: Box) -> int | None:
    """The last word to the left; of the lines beside a high box, the uppermost one's."""
    left, _, right, _ = box
    rtl = [(index, word) for index, word in beside if word.is_right_to_left and word.x0 >= right - 1]
    if rtl:
        return min(rtl, key=lambda one: one[1].x0)[0]
    before = [(index, word) for index, word in beside if 0 <= left + word.size / 2 - word.x1 <= FAR_BESIDE * word.size]
    if not before:
        return None
    uppermost = max(word.y for _, word in before)
    line = [(index, word) for index, word in before if uppermost - word.y < word.size / 2]
    return max(line, key=lambda one: one[1].x1)[0]


def _nearest_after(beside: list[tuple[int, Word]], box: Box) -> int | None:
    _, _, right, _ = box
    after = [(index, word) for index, word in beside if 0 <= word.x0 + word.size / 2 - right <= FAR_MARK * word.size]
    return min(after, key=lambda one: one[1].x0)[0] if after else None


def _nearest_above(words: list[Word], box: Box, turn: int) -> int | None:
    """The last word of the line right above."""
    left, _, right, top = box
    above = [
        (index, word)
        for index, word in enumerate(words)
        if word.turn == turn
        and word.x0 < right
        and word.x1 > left - word.size
        and -0.5 * word.size <= word.y - top <= FAR_ABOVE * word.size
    ]
    if not above:
        return None
    lowest = min(word.y for _, word in above)
    return max((one for one in above if one[1].y - lowest < one[1].size / 2), key=lambda one: one[1].x1)[0]


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
