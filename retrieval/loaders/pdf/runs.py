"""The words of a page -> runs, which stand together on one line, and rows of runs, which are the lines seen across."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

from retrieval.loaders.pdf.characters import Word
from retrieval.loaders.pdf.page_table import PageTable
from retrieval.loaders.pdf.raised import raised_text

# Words that are further apart than this, in sizes of their letters, may belong to different columns.
GAP = 0.7
SAME_LINE = 0.5
# What is drawn again nearer than this is the same word, made to look bold.
SAME_PLACE = 0.2
# Words are kept by height in steps of this, so that each is compared with few others.
NEARBY = 10
RAISED_SIZE, TINY = 0.85, 0.4
INITIAL = 1.8
# What stands between the raised and the lowered figures of a fraction.
FRACTION = "⁄/"
WORDS_OF_A_LINE = 2.5
# So many dots in one row, each apart from the others, lead to a number and are no words.
LEADER_DOTS = 4
# Something to write on; it says nothing where it stands alone.
BLANK = re.compile("_{5,}")


@dataclass(slots=True)
class Run:
    """Words that follow each other on one line without a wide gap; or a whole table, whose first line is at ``y``."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    table: PageTable | None = None

    @property
    def order(self) -> int:
        """Where in the file it stands."""
        return self.words[0].order


def word_runs(words: Sequence[Word]) -> list[Run]:
    """Put words together that stand beside each other; marks of notes and what is drawn twice are left out."""
    runs: list[Run] = []
    seen: dict[tuple[str, int], list[Word]] = {}
    for word, following in zip_longest(words, words[1:]):
        if _is_again(word, seen):
            continue
        run = runs[-1] if runs else None
        if run and _is_initial(run, word):
            word.text = run.words[0].text + word.text
            runs.pop()
            run = None
        if following and _is_numerator(word, following):
            following.text, following.x0 = word.text + following.text, word.x0
            continue
        if run and _is_raised(run.words[-1], word):
            run.words[-1].text += raised_text(run.words[-1].text, word.text)
            run.x1 = run.words[-1].x1 = max(run.x1, word.x1)
            continue
        if run and abs(run.y - word.y) < 0.2 * word.size:
            last = run.words[-1]
            gap = last.x0 - word.x1 if word.is_right_to_left else word.x0 - last.x1
            if -0.5 * word.size < gap < GAP * max(word.size, last.size) and not last.breaks:
                run.words.append(word)
                run.x0, run.x1 = min(run.x0, word.x0), max(run.x1, word.x1)
                continue
        runs.append(Run([word], word.x0, word.x1, word.y, word.size))
    return [run for run in runs if not all(BLANK.fullmatch(word.text) for word in run.words)]


def _is_again(word: Word, seen: dict[tuple[str, int], list[Word]]) -> bool:
    """Whether a word is drawn a second time almost where it stands, to make it look bold or give it a shadow."""
    height, shift = round(word.y / NEARBY), SAME_PLACE * word.size
    for near in (height - 1, height, height + 1):
        for other in seen.get((word.text, near), ()):
            if abs(word.x0 - other.x0) < shift and abs(word.y - other.y) < shift:
                return True
    seen.setdefault((word.text, height), []).append(word)
    return False


def _is_initial(run: Run, word: Word) -> bool:
    """Whether a run is a large letter that reaches over several lines, and begins the word beside its top."""
    letter = run.words[0]
    return (
        len(run.words) == 1
        and len(letter.text) == 1
        and letter.text.isupper()
        and letter.size > INITIAL * word.size
        and letter.y < word.y - 0.5 * word.size
        and word.y < letter.y + letter.size
        and -word.size < word.x0 - letter.x1 < word.size
    )


def _is_numerator(word: Word, following: Word) -> bool:
    """Whether a word is the raised figures of a fraction, which goes on with the word after it."""
    return (
        following.text[0] in FRACTION
        and word.text.isdecimal()
        and word.size < RAISED_SIZE * following.size
        and abs(following.x0 - word.x1) < 0.3 * following.size
    )


def _is_raised(before: Word, word: Word) -> bool:
    """Whether a word is set small above the line, right after the word before."""
    return (
        TINY * before.size < word.size < RAISED_SIZE * before.size
        and 0.1 * before.size < word.y - before.y < 0.7 * before.size
        and -0.2 * before.size < word.x0 - before.x1 < 0.3 * before.size
    )


def is_running_text(lines: list[list[Run]]) -> bool:
    """Whether lines fill their column with words, as a paragraph does and the cells of a table do not."""
    words = [sum(len(run.words) for run in line) for line in lines]
    if median(words) < WORDS_OF_A_LINE:
        return False
    left, right = min(run.x0 for line in lines for run in line), max(run.x1 for line in lines for run in line)
    full = [line[-1].x1 - line[0].x0 >= 0.7 * (right - left) for line in lines]
    onward = [line[0].words[0].text[:1].islower() for line in lines]
    return 2 * sum(full) > len(lines) and 5 * sum(onward) >= len(lines)


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The lines from top to bottom, whatever stands beside each other in one line."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.x0)):
        above = rows[-1][0] if rows else None
        if above and not (above.table or run.table) and abs(above.y - run.y) < SAME_LINE * min(above.size, run.size):
            rows[-1].append(run)
        elif above and len(rows[-1]) == 1 and _is_raised_before(above, run):
            rows[-1].insert(0, run)
        else:
            rows.append([run])
    return [_without_leader(sorted(row, key=lambda run: run.x0)) for row in rows]


def _is_raised_before(run: Run, following: Run) -> bool:
    """Whether a run is the number of a note, small above the line that it begins."""
    return run.size < RAISED_SIZE * following.size and (
        run.y - following.y < 0.7 * following.size and 0 <= following.x0 - run.x1 < following.size
    )


def _without_leader(row: list[Run]) -> list[Run]:
    dots = [run for run in row if all(word.text == "." for word in run.words)]
    return [run for run in row if run not in dots] or row if len(dots) >= LEADER_DOTS else row
