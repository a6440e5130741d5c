"""A Jupyter notebook -> text in Markdown: its cells, its code in fences, and what came out as text."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from retrieval.errors import SourceError
from retrieval.loaders import markdown
from retrieval.loaders.composer import PARAGRAPH_END, clean, clean_paragraphs, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.front_matter import FrontMatter
from retrieval.loaders.labels import MAX_WORDS_CHARACTERS, last_sentence
from retrieval.loaders.load_errors import MAX_CHARACTERS, damaged, empty, refusing_damage, too_much
from retrieval.loaders.markdown_lines import COMMENT_END, LineKind, read_lines
from retrieval.loaders.plain import decode
from retrieval.loaders.records.json_values import as_dict, as_dicts
from retrieval.loaders.shortened_text import ShortenedText
from retrieval.types import PATH_SEPARATOR, Label, LabelKind, Place, Span, Structure

KIND = "a notebook"
# Pictures and programs for a browser, which are most of a file.
NOT_READ = re.compile(r"(?:image|video|audio|application)/|(?:png|jpeg|svg|pdf|javascript)\Z")
# An output may be a whole table of data; the beginning shows what it is.
MAX_OUTPUT_LINES, MAX_OUTPUT_CHARACTERS = 40, 4_000
CUT = "…"
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# A line that was written over, as a bar of progress is.
OVERWRITTEN = re.compile(r"^[^\n]*\r(?!\n)", re.MULTILINE)
# What Python says of an object that can only be drawn: "<Figure size 640x480 with 1 Axes>".
DRAWN = re.compile(r"[\[(]?<[^<>\n]*>(?:,\s*<[^<>\n]*>)*[\])]?\Z")
# A picture within a text; of its letters nobody reads any.
PICTURE_DATA = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=%]*")
LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
FENCE_MARK = "`"
SHORTEST_FENCE = 3
BACKTICKS = re.compile("`+")
# What begins a block of Markdown that is no plain paragraph.
OTHER_BLOCK = re.compile(r"[ \t]|[#>|<]|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|\$\$")


@dataclass(slots=True)
class _Part:
    """A part of a cell as Markdown; ``is_code`` is what was run."""

    cell: int
    text: str
    is_code: bool = False


@dataclass(slots=True)
class _Notebook:
    """The parts in order, where each begins, and how long all of them are."""

    parts: list[_Part] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    length: int = 0
    words: int = 0

    def add(self, part: _Part) -> None:
        if not part.text:
            return
        self.length += len(PARAGRAPH_END) if self.parts else 0
        self.starts.append(self.length)
        self.parts.append(part)
        self.length += len(part.text)
        if self.length > MAX_CHARACTERS:
            raise too_much()


def extract(data: bytes) -> Extracted:
    """The cells in their order, the headings above and the number of the cell at each place.

    Source of the format: nbformat 4, and 2 and 3, which have sheets of cells.

    Raises:
        SourceError: If it is no notebook, or has no words.
    """
    with refusing_damage(KIND):
        text, encoding = decode(data)
        whole = json.loads(text, object_hook=_kept, parse_int=str, parse_float=str)
        del text
        cells = _cells(whole)
        notebook = _Notebook()
        language = _language(whole)
        for number, cell in enumerate(cells, start=1):
            _add(notebook, number, cell, language)
        if not notebook.parts:
            raise empty()
        extracted = _composed(notebook)
        title = extracted.title or sensible_title(as_dict(whole.get("metadata")).get("title"))
        return replace(extracted, title=title, encoding=encoding, words_in=notebook.words)


def _kept(value: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if not NOT_READ.match(key)}


def _cells(whole: Any) -> list[dict[str, Any]]:
    sheets = [whole, *as_dicts(as_dict(whole).get("worksheets"))]
    lists = [sheet["cells"] for sheet in map(as_dict, sheets) if isinstance(sheet.get("cells"), list)]
    if not lists:
        raise SourceError(damaged(KIND))
    return [cell for cells in lists for cell in map(as_dict, cells)]


def _language(whole: dict[str, Any]) -> str:
    """What the code is written in, as a fence names it; Python was the only one once."""
    about = as_dict(whole.get("metadata"))
    names = (as_dict(about.get(key)).get(name) for key, name in (("language_info", "name"), ("kernelspec", "language")))
    return next((name for name in names if isinstance(name, str) and LANGUAGE.fullmatch(name)), "python")


def _add(notebook: _Notebook, number: int, cell: dict[str, Any], language: str) -> None:
    source = PICTURE_DATA.sub("", _joined(cell.get("source", cell.get("input"))))
    notebook.words += len(source.split())
    kind = cell.get("cell_type")
    if kind == "markdown":
        notebook.add(_Part(number, _closed(clean_paragraphs(source))))
    elif kind == "heading":
        level = cell.get("level")
        marks = "#" * int(level if isinstance(level, str) and re.fullmatch("[1-6]", level) else 1)
        notebook.add(_Part(number, f"{marks} {clean(source)}" if clean(source) else ""))
    elif kind == "code":
        notebook.add(_Part(number, _fenced(clean_paragraphs(source), language), is_code=True))
        for output in as_dicts(cell.get("outputs")):
            for words in _outputs(output):
                notebook.words += len(words.split())
                notebook.add(_Part(number, _fenced(_shortened(words), "")))


def _outputs(output: dict[str, Any]) -> Iterator[str]:
    """What came out as text; of an error, what it says."""
    kind = output.get("output_type")
    if kind in ("error", "pyerr"):
        yield clean(COLOUR.sub("", f"{_joined(output.get('ename'))}: {_joined(output.get('evalue'))}"))
    elif kind == "stream":
        if "stderr" not in (output.get("name"), output.get("stream")):
            yield _written(_joined(output.get("text")))
    else:
        data = as_dict(output.get("data")) or output
        words = _written(_joined(data.get("text/plain", data.get("text"))))
        if not DRAWN.match(words):
            yield words


def _written(text: str) -> str:
    """As it stands on the screen in the end."""
    return clean_paragraphs(OVERWRITTEN.sub("", COLOUR.sub("", text)))


def _shortened(text: str) -> str:
    lines = text.split("\n")
    kept = "\n".join(lines[:MAX_OUTPUT_LINES])[:MAX_OUTPUT_CHARACTERS].rstrip()
    return text if kept == text else f"{kept}\n{CUT}"


def _fenced(text: str, language: str) -> str:
    if not text:
        return ""
    longest = max(map(len, BACKTICKS.findall(text)), default=0)
    fence = FENCE_MARK * max(SHORTEST_FENCE, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _closed(text: str) -> str:
    """Markdown whose last block of code or comment is closed, so that the next cell is no part of it."""
    lines = list(read_lines(text))
    last = lines[-1] if lines else None
    if last and last.kind in (LineKind.OPENING, LineKind.CODE):
        opening = next(line for line in reversed(lines) if line.kind is LineKind.OPENING).text.strip()
        return text + "\n" + opening[: len(opening) - len(opening.lstrip(opening[0]))]
    if last and last.kind is LineKind.COMMENT and COMMENT_END not in last.text:
        return f"{text} {COMMENT_END}"
    return text


def _composed(notebook: _Notebook) -> Extracted:
    text = PARAGRAPH_END.join(part.text for part in notebook.parts)
    extracted = markdown.extract_from(ShortenedText(text), FrontMatter())
    labels = [*extracted.labels, *_announced(notebook, {label.span for label in extracted.labels})]
    places, inward = Structure.of(_places(notebook, extracted.places), labels)
    return replace(extracted, places=places, labels=inward)


def _places(notebook: _Notebook, headings: Sequence[Place]) -> Iterator[Place]:
    """Each heading and each cell, as a path of headings and the cell's number."""
    known = [heading.start for heading in headings]
    before = ""
    for start in sorted({*notebook.starts, *known}):
        above = bisect_right(known, start)
        path = headings[above - 1].heading if above else None
        cell = notebook.parts[bisect_right(notebook.starts, start) - 1].cell
        told = PATH_SEPARATOR.join(filter(None, [path, f"cell {cell}"]))
        if told != before:
            yield Place(start, heading=told)
        before = told


def _announced(notebook: _Notebook, labelled: set[Span]) -> Iterator[Label]:
    """The last sentence of the paragraph right before a cell with code: it tells what that does, colon or not."""
    for number, part in enumerate(notebook.parts[1:], start=1):
        above = notebook.parts[number - 1]
        whole = Span(notebook.starts[number], notebook.starts[number] + len(part.text))
        if part.is_code and not above.is_code and above.cell < part.cell and whole not in labelled:
            first = above.text.rfind(PARAGRAPH_END) + len(PARAGRAPH_END) if PARAGRAPH_END in above.text else 0
            words = last_sentence(above.text, Span(first, len(above.text)))
            if not OTHER_BLOCK.match(above.text, first) and 0 < len(words) <= MAX_WORDS_CHARACTERS:
                yield Label(LabelKind.CODE, words.moved(notebook.starts[number - 1]), whole)


def _joined(source: object) -> str:
    """A text, which may be given as a list of its lines."""
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""
