"""The elements of a page, put together as they are read: paragraphs, items of nested lists, words in a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

HEADINGS = 6
LINE_BREAK = "\n"
MAX_DESCRIPTION_CHARACTERS = 100
# A picture's description that nobody has written: a file's name, or what a program sees in it.
NO_DESCRIPTION = re.compile(r".*\.\w{2,4}\Z|.*automatically generated|.*https?:", re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class _Piece:
    """Some words in one style, or an element that stands for itself (a formula)."""

    words: str
    bold: bool = False
    shift: str = ""
    element: etree._Element | None = None
    is_picture: bool = False


class LineContent:
    """What stands in one paragraph, in order."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    def write(self, words: str, *, bold: bool = False, shift: str = "") -> None:
        """Append words.

        Args:
            words: What is read; ``LINE_BREAK`` alone begins a new line within the paragraph.
            bold: Whether they are written in bold.
            shift: ``sup`` for raised words, ``sub`` for lowered ones.
        """
        last = self._pieces[-1] if self._pieces else None
        if (
            last
            and (last.bold, last.shift) == (bold, shift)
            and LINE_BREAK not in (words, last.words)
            and not _stands_alone(last)
        ):
            last.words += words
        elif words:
            self._pieces.append(_Piece(words, bold, shift))

    def write_box(self, *, checked: bool) -> None:
        """Append a check box, apart from the words around it."""
        self.write(" ☒ " if checked else " ☐ ")

    def add_formula(self, element: etree._Element) -> None:
        """Append a formula, apart from one before."""
        if self._pieces and self._pieces[-1].element is not None:
            self._pieces.append(_Piece(" "))
        self._pieces.append(_Piece("", element=element))

    def add_picture(self, description: str) -> None:
        """Append a picture; its description is text where it stands in the middle of a sentence and is words."""
        words = description.strip()
        if len(words) <= MAX_DESCRIPTION_CHARACTERS and WORD.search(words) and not NO_DESCRIPTION.match(words):
            self._pieces.append(_Piece(f" {words} ", is_picture=True))

    @property
    def has_words(self) -> bool:
        """Whether anything can be read in it; a picture alone cannot."""
        return any(piece.element is not None or _is_read(piece) for piece in self._pieces)

    @property
    def words(self) -> str:
        """What can be read in it, as one line."""
        return " ".join("".join(piece.words for piece in self._pieces if _is_read(piece)).split())

    def fill(self, element: etree._Element, number: str = "") -> None:
        """Put it all into an element, which is empty.

        Args:
            element: A paragraph, heading or item.
            number: What the list or the outline puts in front of the words, with the blank behind it.
        """
        read = [place for place, piece in enumerate(self._pieces) if _is_read(piece)]
        if number:
            first = self._pieces[read[0]] if read else None
            self._pieces.insert(0, _Piece(number, bold=first is not None and first.bold))
            read = [0, *(place + 1 for place in read)]
        for place, piece in enumerate(self._pieces):
            if not piece.is_picture or (read and read[0] < place < read[-1]):
                _put(element, piece)


class Flow:
    """The blocks of one place: a document, a cell or a note. Items of lists are nested by their levels.

    Args:
        parent: The element that they are put into.
    """

    def __init__(self, parent: etree._Element) -> None:
        from lxml import etree

        self._add = etree.SubElement
        self._parent = parent
        self._lists: list[tuple[int, etree._Element]] = []

    def block(self, name: str) -> etree._Element:
        """A new paragraph, heading or table, after all lists."""
        self._lists.clear()
        return self._add(self._parent, name)

    def item(self, level: int) -> etree._Element:
        """A new item of a list, within the item before that is less deep."""
        while self._lists and self._lists[-1][0] > level:
            self._lists.pop()
        if not self._lists or self._lists[-1][0] < level:
            holder = self._lists[-1][1][-1] if self._lists else self._parent
            self._lists.append((level, self._add(holder, "ul")))
        return self._add(self._lists[-1][1], "li")

    def continuation(self) -> etree._Element | None:
        """A new paragraph within the last item, if a list is open."""
        return self._add(self._lists[-1][1][-1], "p") if self._lists else None


def _stands_alone(piece: _Piece) -> bool:
    return piece.element is not None or piece.is_picture


def _is_read(piece: _Piece) -> bool:
    return not _stands_alone(piece) and bool(piece.words.strip())


def _put(element: etree._Element, piece: _Piece) -> None:
    """Append a piece to what the element holds; bold words that follow each other stand in one element."""
    from lxml import etree

    last = element[-1] if len(element) else None
    if piece.element is not None:
        element.append(piece.element)
    elif piece.words == LINE_BREAK:
        etree.SubElement(element, "br")
    elif piece.bold:
        bold = etree.SubElement(element, "b") if last is None or last.tag != "b" or last.tail else last
        _put(bold, replace(piece, bold=False))
    elif piece.shift:
        etree.SubElement(element, piece.shift).text = piece.words
    elif last is None:
        element.text = (element.text or "") + piece.words
    else:
        last.tail = (last.tail or "") + piece.words
