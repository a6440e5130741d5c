"""MDX: Markdown with components -> its Markdown, as it is written, and the titles of the components."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from retrieval.loaders.extraction import Extracted
from retrieval.loaders.front_matter import read_front_matter
from retrieval.loaders.labels import MAX_LABELS, trimmed
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.markdown import extract_from
from retrieval.loaders.mdx_scanner import Component, Piece, Scanner
from retrieval.loaders.plain import decode
from retrieval.loaders.shortened_text import FileLine, ShortenedText
from retrieval.types import LINE_END, Label, LabelKind, Span

# A place is kept for each line that does not follow the one before it.
MAX_JOINTS = 100_000


def extract(data: bytes) -> Extracted:
    """The Markdown below the front matter, without what only a program reads; see ``Scanner``."""
    text, encoding = decode(data)
    front = read_front_matter(text)
    scanner = Scanner(text)
    scanner.scan(front.end)
    lines = _Lines([0, *(end.end() for end in LINE_END.finditer(text))])
    for piece in scanner.pieces:
        lines.add(piece)
    lines.end()
    shortened = ShortenedText.of(lines.kept)
    if len(shortened.joints) > MAX_JOINTS:
        raise too_much()
    labels = list(_labels(shortened.text, scanner.components, lines.starts))
    return replace(extract_from(shortened, front, labels), encoding=encoding, words_in=len(text.split()))


@dataclass(slots=True)
class _Lines:
    """Puts pieces together into lines: of several empty ones in a row outside of code, one is kept.

    ``starts`` are where each piece begins in what is kept.
    """

    line_starts: list[int]
    kept: list[FileLine] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    _length: int = 0
    _line: str = ""
    _offset: int | None = None
    _is_code: bool = False

    def add(self, piece: Piece) -> None:
        """Append a piece."""
        self.starts.append(self._length + len(self._line))
        end = 0
        for found in LINE_END.finditer(piece.text):
            self._append(piece, end, found.end())
            self.end()
            end = found.end()
        self._append(piece, end, len(piece.text))

    def end(self) -> None:
        """The line is whole."""
        line = self._line
        if not line.strip() and not self._is_code:
            after_blank = not self.kept or not self.kept[-1].text.strip()
            line = "" if after_blank else line.lstrip(" \t")
        if line:
            self.kept.append(FileLine(bisect_right(self.line_starts, self._offset or 0), line))
            self._length += len(line)
        self._line, self._offset, self._is_code = "", None, False

    def _append(self, piece: Piece, start: int, end: int) -> None:
        words = piece.text[start:end]
        if words and (self._offset is None or not self._line.strip()):
            self._offset = piece.offset + start
        self._line += words
        self._is_code = self._is_code or piece.is_code


def _labels(text: str, components: Iterable[Component], starts: list[int]) -> Iterator[Label]:
    """The title of each component, to what it holds."""
    for component, _ in zip(components, range(MAX_LABELS), strict=False):
        if component.title is None:
            continue
        starts_to = [*starts[component.title : component.title + 2], len(text), len(text)][:2]
        words = trimmed(text, Span(*starts_to))
        first, last = (starts[n] if n < len(starts) else len(text) for n in (component.first, component.last))
        held = trimmed(text, Span(first, max(first, last)))
        if len(words) and len(held):
            yield Label(LabelKind.TERM, words, held)
