"""A PDF's lines -> its paragraphs.

A PDF knows where letters stand, not what a paragraph is. A new one begins where the gap to the line above is larger
than between that size's lines elsewhere, where the size changes, after a line in bold or in capitals, at the mark or
number of an item or clause, at the margin of the mark after an item, and at an indented line after the end of a
sentence. It also begins after a line that ends so early that the next word would have had room: somebody broke it
there. Lines are joined by a blank, so that a sentence is one line; in scripts that are written without blanks, by
nothing.

A sentence that runs over the end of a page or column stays whole, and belongs to the page on which it begins: if a page
ends without the end of a sentence, the paragraph goes on with the next page's first line, provided that it has the same
size and begins with a small letter or at the same margin. Small print at the foot of the page comes after it then.

A word that is broken at a line's end is joined, with its hyphen if that is one of the word's own (``broken_words.py``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.loaders.pdf.broken_words import WORD, BrokenWords
from retrieval.loaders.pdf.lines import Line
from retrieval.loaders.pdf.page_table import PageTable

# Words in a typewriter face among others are often set a tenth smaller; footnotes are smaller than that.
SAME_SIZE = 0.12
USUAL_GAP = 1.2
WIDE_GAP = 1.5
WIDEST_USUAL_GAP = 2.6
COMMON_SHARE = 0.15
GAP_BETWEEN_PARAGRAPHS = 1.2
SMALL_PRINT = 0.88
MAX_PARAGRAPH_CHARACTERS = 50_000
MIN_CAPITALS = 4
HANGING = 0.8
ROOM_TO_SPARE = 2.5

BULLET = re.compile(r"[•◦‣▪■●○–—·*▶➢✓-]\s+\S")
# "1.", "(a)", "iv)", "1.2.3", "§ 4", "Article 5", "（１）", "第３条": what may begin an item, a clause or a heading.
NUMBER = re.compile(
    r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]|[A-Z][.)]|\d{1,3}(?:\.\d{1,3}){1,5}\.?|§+\s?\d+[a-z]?\.?)\s+\S"
    r"|(?:Art(?:icle|icolo|ículo|ikel|\.)|Section|Clause|Rule|Chapter|Paragraph)\s\d+\b"
    r"|（[\d一二三四五六七八九十ア-ン]{1,3}）\s*\S|[①-⑳]\s*\S|[０-９]{1,2}[\s．、]\s*\S|第[\d一二三四五六七八九十百]{1,5}[条條章節款編][\s（]"
)
ENDS_SENTENCE = re.compile(r"[.!?…:;。！？：؟۔।]['\"”’»)\]]*\Z")
BROKEN_WORD = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐]\Z")
# "two- and three-legged", "Vor- und Nachteile": the hyphen stands for the rest of the word.
SHARED_REST = re.compile(r"(?:and|or|to|und|oder|bzw|bis|et|ou|y|o|e|ed|en|of|och|i|и|или)\b")
# Han, kana, Thai, Lao, Myanmar and Khmer, and the punctuation of the first two.
UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
UNSPACED_END = re.compile(f"{UNSPACED}\\Z")
UNSPACED_START = re.compile(UNSPACED)
TIGHT_END = re.compile(r"\S[—/]\Z")


@dataclass(slots=True)
class Paragraph:
    """A paragraph under construction; ``turns`` are where in its text its pages begin, the first one at 0.

    ``hangs`` says that its later lines begin further to the right than its ``first``.
    """

    text: str
    last: Line
    turns: list[tuple[int, int]]
    first: Line
    lines: int = 1
    is_item: bool = False
    hangs: bool = False

    @property
    def table(self) -> PageTable | None:
        """The table that it is, if it is one."""
        return self.first.table

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.turns[0][1]

    def ends_sentence(self) -> bool:
        """Whether what there is of it ends as a sentence does."""
        return ENDS_SENTENCE.search(self.text[-10:]) is not None


@dataclass(slots=True)
class Typesetting:
    """What is usual in a document: the gaps between lines of a size, and its words at the ends of lines."""

    gaps: dict[int, float] = field(default_factory=dict)
    broken_words: BrokenWords = field(default_factory=lambda: BrokenWords(Counter()))

    @classmethod
    def of(cls, pages: Iterable[list[Line]]) -> Typesetting:
        """Learn it from the document itself."""
        found: dict[int, Counter[float]] = defaultdict(Counter)
        onward: dict[int, Counter[float]] = defaultdict(Counter)
        words: Counter[str] = Counter()
        for lines in pages:
            for above, line in pairwise(lines):
                gap = round((above.y - line.y) / line.size, 1)
                if 0.8 <= gap <= WIDEST_USUAL_GAP and _same_size(above, line):
                    found[_size_class(line)][gap] += 1
                    onward[_size_class(line)][gap] += not line.text[0].isupper()
            for line in lines:
                words.update(word.lower() for word in WORD.findall(line.text))
        gaps: dict[int, float] = {}
        for size, counts in found.items():
            common = (gap for gap, count in counts.items() if count >= COMMON_SHARE * counts.total())
            # Lines of a text often begin with a small letter; rows of a table and lines that stand alone do not.
            of_text = [gap for gap in common if gap <= WIDE_GAP or onward[size][gap] >= COMMON_SHARE * counts[gap]]
            if of_text:
                gaps[size] = min(of_text)
        return cls(gaps, BrokenWords(words))

    def begins_paragraph(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether a line of the same page does not go on with the paragraph above it."""
        above = paragraph.last
        if _stands_alone(above) or _stands_alone(line):
            return True
        if line.is_item or BULLET.match(line.text) or not _same_size(above, line) or above.turn != line.turn:
            return True
        if len(paragraph.text) > MAX_PARAGRAPH_CHARACTERS:
            return True
        gap = (above.y - line.y) / line.size
        if gap < -0.5:  # up again: the next column
            return not self.runs_on(paragraph, line)
        ended, short = paragraph.ends_sentence(), _is_short(above, line)
        if _is_heading(paragraph, line) or (line.is_bold and not above.is_bold and (ended or short)):
            return True
        if NUMBER.match(line.text) and (ended or short or paragraph.is_item):
            return True
        if gap > GAP_BETWEEN_PARAGRAPHS * self.gaps.get(_size_class(line), USUAL_GAP):
            return True
        if paragraph.is_item and paragraph.hangs and line.x < paragraph.first.x + 0.5 * line.size:
            return True
        if short and not above.is_bold and not line.text[0].islower():
            return True
        return ended and 0.5 < (line.x - above.x) / line.size < 6

    def runs_on(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether a paragraph goes on with a line on another page or in another column."""
        if _stands_alone(paragraph.last) or _stands_alone(line):
            return False
        if paragraph.ends_sentence() or not _same_size(paragraph.last, line):
            return False
        if line.is_item or BULLET.match(line.text) or NUMBER.match(line.text):
            return False
        first = line.text[0]
        same_margin = paragraph.lines > 1 and abs(paragraph.last.x - line.x) < 1
        return first.islower() or same_margin or (paragraph.lines > 1 and first.isalpha() and not first.isupper())

    def join(self, paragraph: Paragraph, line: Line) -> None:
        """Go on with a paragraph."""
        text = self._glued(paragraph.text, line.text)
        if line.page != paragraph.last.page:
            paragraph.turns.append((len(text) - len(line.text), line.page))
        else:
            paragraph.hangs |= line.x > paragraph.first.x + HANGING * line.size
        paragraph.text = text
        paragraph.last = line
        paragraph.lines += 1

    def _glued(self, before: str, after: str) -> str:
        word = BROKEN_WORD.search(before[-60:])
        if word and after[0].isalnum():
            if SHARED_REST.match(after):
                return f"{before} {after}"
            return (before if self.broken_words.has_own_hyphen(word[1], after) else before[:-1]) + after
        if TIGHT_END.search(before[-2:]) or (UNSPACED_END.search(before[-1:]) and UNSPACED_START.match(after)):
            return before + after
        return f"{before} {after}"


def paragraphs(pages: Iterable[list[Line]]) -> list[Paragraph]:
    """The paragraphs of a document, in order."""
    pages = list(pages)
    usual = Typesetting.of(pages)
    found: list[Paragraph] = []
    current: Paragraph | None = None
    for lines in pages:
        for number, line in enumerate(lines):
            if number == 0:
                current = next((one for one in _open_ends(found, line) if usual.runs_on(one, line)), None)
            elif current is not None and usual.begins_paragraph(current, line):
                current = None
            if current is None:
                is_item = bool(line.is_item or BULLET.match(line.text) or NUMBER.match(line.text))
                current = Paragraph(line.text, line, [(0, line.page)], line, is_item=is_item)
                found.append(current)
            else:
                usual.join(current, line)
    return found


def _open_ends(found: list[Paragraph], line: Line) -> Iterator[Paragraph]:
    """The paragraphs of the page before that may go on with ``line``: its last one, and what is above small print."""
    for paragraph in reversed(found):
        if paragraph.last.page != line.page - 1:
            return
        yield paragraph
        if paragraph.last.size > SMALL_PRINT * line.size:
            return


def _is_heading(paragraph: Paragraph, line: Line) -> bool:
    """Whether what stands above a line is a heading by its look: in bold or in capitals, as the line is not."""
    if paragraph.last.is_bold and not line.starts_bold:
        return True
    capitals = paragraph.text.isupper() and sum(map(str.isalpha, paragraph.text)) >= MIN_CAPITALS
    return capitals and line.text[0].isupper() and not line.text.isupper()


def _stands_alone(line: Line) -> bool:
    return line.is_row or line.table is not None


def _is_short(above: Line, line: Line) -> bool:
    """Whether the first word of a line would have had room at the end of the line above."""
    return above.x1 + line.first_width + ROOM_TO_SPARE * line.size < above.right


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= SAME_SIZE * max(one.size, other.size)


def _size_class(line: Line) -> int:
    return round(2 * line.size)
