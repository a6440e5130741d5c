"""Paragraphs and headings -> Extracted: one text with its labels and the places of its pages and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from retrieval.loaders.extraction import Extracted
from retrieval.loaders.labels import BOLD_LEVEL, MAX_LABELS, SectionHeading, section_labels
from retrieval.loaders.load_errors import MAX_CHARACTERS, empty, too_much
from retrieval.types import PATH_SEPARATOR, Label, LabelKind, Place, Span, Structure

PARAGRAPH_END = "\n\n"
MAX_TITLE_CHARACTERS = 120
# A heading longer than this is a paragraph in a heading's clothes; its path would not fit beside a quote.
MAX_HEADING_CHARACTERS = 200

# Control characters (but line ends and tabs), byte order marks and halves of surrogate pairs are no text. A soft hyphen
# says where a layout may break a word.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff\ud800-\udfff]")
BLANKS = re.compile(r"[ \t\r\n\f]+")
TRAILING_BLANKS = re.compile(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")

# What programs write into a document's title when nobody has: "Microsoft Word - minutes.doc", "Document1", a file name,
# an identifier of an article; or the first line of a form, with its blanks.
PROGRAM_MADE_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|document|dokument|word document|presentation|slide|folie"
    r"|diapositiv[ea]|title|unknown|anonymous)[\s\d]*\Z"
    r"|microsoft \w+ - |.*_{5}|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|dvi|tex|html?|txt|pptx?|xlsx?|epub|pages)\Z"
    r"|https?:|file:|doi:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BlockLabel:
    """As ``Label``, for a part of a block; its words stand in ``block``, an earlier one; None is the same.

    Both spans are counted within their blocks.
    """

    kind: LabelKind
    words: Span
    span: Span
    block: TextBlock | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, or a heading if ``level`` is 1 to 6; ``bold`` is a paragraph that is written like one.

    ``turns`` says at which characters of the text a new page begins (a paragraph may run over a page's end). ``line``
    is the line of the file on which it begins, where the blocks of a document know theirs.
    """

    text: str
    level: int = 0
    bold: bool = False
    turns: tuple[tuple[int, int], ...] = ()
    labels: tuple[BlockLabel, ...] = field(default=(), repr=False, compare=False)
    line: int | None = field(default=None, kw_only=True)


class Composer:
    """Puts blocks together into one text and notes where pages and headings begin.

    Args:
        page_labels: What the document prints as the numbers of its pages, where that is known.

    Raises:
        SourceError: From ``add`` if the text grows too long, from ``extracted`` if there is none.
    """

    def __init__(self, page_labels: Mapping[int, str] | None = None) -> None:
        self._page_labels = page_labels or {}
        self._parts: list[str] = []
        self._length = 0
        self._places: list[Place] = []
        self._path: list[tuple[int, str]] = []
        self._page: int | None = None
        self._heading: str | None = None
        self._link: str | None = None
        # On which line of the file the next block begins if no lines were lost.
        self._following_line = 1
        self._starts: dict[int, tuple[TextBlock, int]] = {}
        self._labels: list[Label] = []
        self._sections: list[SectionHeading] = []

    def add(self, block: TextBlock, path: tuple[str, ...] = ()) -> None:
        """Append one block; its text must be clean.

        Args:
            block: The block.
            path: From here on the path of headings, as ``set_path`` has it, whatever the block's level says.
        """
        if not block.text:
            return
        if self._parts:
            self._parts.append(PARAGRAPH_END)
            self._length += len(PARAGRAPH_END)
            self._following_line += PARAGRAPH_END.count("\n")
        if 0 < len(block.text) <= MAX_HEADING_CHARACTERS and block.level:
            self._path = [(level, text) for level, text in self._path if level < block.level]
            self._path.append((block.level, one_line(block.text)))
            self._heading = PATH_SEPARATOR.join(text for _, text in self._path)
        if path:
            self.set_path(path, self._link)
        turns = dict(block.turns)
        self._note(self._length, turns.pop(0, self._page), block.line)
        for offset, page in turns.items():
            self._note(self._length + offset, page)
        self._label(block)
        self._parts.append(block.text)
        self._length += len(block.text)
        self._following_line += block.text.count("\n")
        if self._length > MAX_CHARACTERS:
            raise too_much()

    def begin_part(self) -> None:
        """A new part of the document begins: up to its first heading, the ones before it say nothing about it."""
        self._heading = None
        self._sections.append(SectionHeading(self._length, self._length, 0, None))

    def set_path(self, headings: tuple[str, ...], link: str | None = None) -> None:
        """From here on the path of headings is this one, known from elsewhere than the text; ``link`` leads here."""
        self._heading = PATH_SEPARATOR.join(headings) or None
        self._link = link

    def extracted(
        self,
        title: str = "",
        encoding: str = "",
        *,
        date: str = "",
        warnings: Iterable[str] = (),
        words_in: int | None = None,
    ) -> Extracted:
        """The whole, with what else is known of the document; see ``Extracted``."""
        if not self._length:
            raise empty()
        labels = [*self._labels, *section_labels(self._sections, self._length)]
        places, inward = Structure.of(self._places, labels)
        return Extracted("".join(self._parts), title, places, encoding, inward, date, tuple(warnings), words_in)

    def _label(self, block: TextBlock) -> None:
        """Note the labels of a block that begins here; those whose words did not come into the text are dropped."""
        start, end = self._length, self._length + len(block.text)
        self._starts[id(block)] = block, start
        if (block.level or block.bold) and len(block.text) <= MAX_HEADING_CHARACTERS:
            self._sections.append(SectionHeading(start, end, block.level or BOLD_LEVEL, Span(start, end)))
        for label in block.labels[: MAX_LABELS - len(self._labels)]:
            _, there = self._starts.get(id(label.block or block), (block, -1))
            if there >= 0:
                self._labels.append(Label(label.kind, label.words.moved(there), label.span.moved(start)))

    def _note(self, start: int, page: int | None, line: int | None = None) -> None:
        self._page = page
        label = self._page_labels.get(page) if page else None
        place = Place(start, page, self._heading, label, line, self._link)
        before = self._places[-1] if self._places else Place(0, line=line and 1)
        if place != replace(before, start=start, line=line) or (line is not None and line != self._following_line):
            self._places.append(place)
        if line is not None:
            self._following_line = line


def clean(text: str) -> str:
    """``text`` without what is no text, blanks collapsed, as one line."""
    return one_line(NOT_TEXT.sub("", text))


def clean_verbatim(text: str) -> str:
    """``text`` without what is no text, blanks kept but at the ends of lines: program listings and the like."""
    lines = NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{2,}", "\n", TRAILING_BLANKS.sub("", lines)).strip("\n")


def clean_paragraphs(text: str) -> str:
    """``text`` as ``clean_verbatim`` has it, but with one empty line between its paragraphs."""
    paragraphs = re.split(r"\n{2,}", TRAILING_BLANKS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return PARAGRAPH_END.join(filter(None, map(clean_verbatim, paragraphs)))


def one_line(text: str) -> str:
    """``text`` with every run of blanks and line ends as one blank."""
    return BLANKS.sub(" ", text).strip()


def sensible_title(text: object) -> str:
    """A title out of a file's metadata, or nothing where a program has made it up."""
    title = clean(text) if isinstance(text, str) else ""
    if not any(character.isalpha() for character in title) or PROGRAM_MADE_TITLE.match(title):
        return ""
    return title[:MAX_TITLE_CHARACTERS].strip()
