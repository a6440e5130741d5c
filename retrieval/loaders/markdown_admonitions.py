"""The boxes of Markdown's dialects, notes and warnings -> labels: the title or the kind of each, to what it holds.

Source of the method: the documentation of Docusaurus, GitHub, Obsidian, Pandoc and Python-Markdown, each for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.loaders.labels import MAX_NAME_CHARACTERS, trimmed
from retrieval.loaders.markdown_lines import LineKind, MarkdownLine
from retrieval.types import Label, LabelKind, Span

KINDS = frozenset(
    {
        "abstract", "attention", "bug", "caution", "check", "danger", "deprecated", "error", "example", "failure",
        "faq", "help", "hint", "important", "info", "information", "note", "notice", "question", "quote", "seealso",
        "success", "summary", "tip", "tldr", "todo", "warn", "warning",
    }
)  # fmt: skip
# ":::note Title", ":::tip[Title]", '::: {.callout-note title="Title"}'; nothing but colons closes.
FENCE = re.compile(r"[ \t]*(:{3,})[ \t]*(?:\{?[.#]?(?:callout-)?(\w[\w-]*))?")
TITLE = re.compile(r"[^\r\n]*?\btitle=([\"'])(.*?)\1|[ \t]*\[(.*?)\]|[ \t]*([^\s{}:][^{}\r\n]*)")
# "> [!NOTE]", "> [!tip]- Title", and "> info" with nothing more.
QUOTED = re.compile(r"[ \t]*>[ \t]*(?:\[!([\w-]+)\][+-]?|([a-z]+)[ \t]*\Z)[ \t]*(.*)")
# '!!! note "Title"', "???+ note"; what it holds is indented.
INDENTED = re.compile(r"([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(\w[\w-]*)[^\"\r\n]*(?:\"(.*)\")?")
QUOTE = re.compile(r"[ \t]*>")


@dataclass(slots=True)
class _Box:
    """An open box: what it is called, if anything, where what it holds begins and ends, and how it is written.

    ``colons`` is how many open it, ``indent`` how deep its sign is indented; both are -1 where they say nothing.
    """

    words: Span | None
    start: int
    end: int
    colons: int = -1
    indent: int = -1


def admonition_labels(text: str, lines: Iterable[MarkdownLine]) -> Iterator[Label]:
    """A label for each box that has a name."""
    boxes: list[_Box] = []
    for line in lines:
        yield from _left(text, boxes, line)
        if line.kind is LineKind.ADMONITION:
            box = _opened(line)
            if box:
                boxes.append(box)
            elif (colons := len(line.text.strip())) in {box.colons for box in boxes}:
                while boxes[-1].colons != colons:
                    yield from _label(text, boxes.pop())
                yield from _label(text, boxes.pop())
        elif line.text.strip():
            for box in boxes:
                box.end = line.end
    while boxes:
        yield from _label(text, boxes.pop())


def _left(text: str, boxes: list[_Box], line: MarkdownLine) -> Iterator[Label]:
    """Close the boxes that end where a line begins: it is no part of the quotation, or indented too little."""
    words = line.text.lstrip(" \t")
    indent = len(line.text) - len(words)
    opens_quoted = line.kind is LineKind.ADMONITION and words.startswith(">")
    while boxes and boxes[-1].colons < 0:
        box = boxes[-1]
        goes_on = not words or indent > box.indent if box.indent >= 0 else words.startswith(">") and not opens_quoted
        if goes_on:
            return
        yield from _label(text, boxes.pop())


def _opened(line: MarkdownLine) -> _Box | None:
    """The box that a line opens; None where it closes one."""
    written = line.text
    if fence := FENCE.match(written):
        title = TITLE.match(written, fence.end()) if fence[2] else None
        group = title.lastindex if title else None
        named = _span(line, title, group) if title and group else None
        if not fence[2]:
            return None
        return _Box(named or _kind(line, fence, 2), line.end, line.end, colons=len(fence[1]))
    if quoted := QUOTED.match(written):
        return _Box(_span(line, quoted, 3) or _kind(line, quoted, 1) or _kind(line, quoted, 2), line.end, line.end)
    if indented := INDENTED.match(written):
        named = _span(line, indented, 3) or _kind(line, indented, 2)
        return _Box(named, line.end, line.end, indent=len(indented[1]))
    return None


def _span(line: MarkdownLine, found: re.Match[str], group: int) -> Span | None:
    """Where a group's words stand in the text, if it has any."""
    if not (found[group] or "").strip() or len(found[group]) > MAX_NAME_CHARACTERS:
        return None
    words = found[group]
    start = line.start + found.start(group) + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _kind(line: MarkdownLine, found: re.Match[str], group: int) -> Span | None:
    """Where the kind of the box stands, if it is one that tells something."""
    return _span(line, found, group) if (found[group] or "").lower() in KINDS else None


def _label(text: str, box: _Box) -> Iterator[Label]:
    held = trimmed(text, Span(box.start, box.end))
    if box.words and len(held):
        yield Label(LabelKind.TERM, box.words, held)
