"""Where a text has code: blocks that are announced as such, fenced ones, and indented ones in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from retrieval.types import LabelKind, Source, Span

# The formats whose text keeps its fences ("" is text that came without a file), and those where indented text is code.
WITH_FENCES = frozenset({"", "text", "markdown", "mdx", "notebook", "discord"})
WITH_INDENTED_CODE = frozenset({"markdown", "mdx"})
FENCE = re.compile(r"^[^\S\r\n]*(?P<fence>`{3,}(?=[^`\r\n]*$)|~{3,})(?P<info>[^\r\n]*)$", re.MULTILINE)
LINE = re.compile(r"^(?P<indent>[^\S\r\n]*)(?P<words>[^\r\n]*)$", re.MULTILINE)
ITEM = re.compile(r"(?:[-*+•–]|\d{1,9}[.)])\s")
CODE_INDENT = 4
TAB = 4


class CodeBlock(NamedTuple):
    """A block of code, or as much of it as lies where it was looked for.

    ``span`` is its place in the source's text, with its fences if it has any; ``indent`` is how many columns its lines
    are indented there, which belong to the document and not to the code.
    """

    span: Span
    indent: int = 0


def code_within(source: Source, span: Span) -> tuple[CodeBlock, ...]:
    """The blocks of code in ``span``, in order, none in another one."""
    found = [_part(label.span, span) for label in source.labels_of(span) if label.kind is LabelKind.CODE]
    if source.format in WITH_FENCES:
        found += [_part(block, span) for block in _fenced(source.text) if block.overlaps(span)]
    if source.format in WITH_INDENTED_CODE:
        found += [_part(block, span) for block in _indented(source.text, span) if block.overlaps(span)]
    blocks: list[CodeBlock] = []
    for block in sorted(found, key=lambda block: (block.start, -block.end)):
        if len(block) and not (blocks and blocks[-1].span.overlaps(block)):
            blocks.append(CodeBlock(block, _indent_at(source.text, block.start)))
    return tuple(blocks)


def _part(block: Span, span: Span) -> Span:
    return Span(max(block.start, span.start), max(block.start, span.start, min(block.end, span.end)))


@lru_cache(maxsize=16)
def _fenced(text: str) -> tuple[Span, ...]:
    """The fenced blocks, each with its fences; the last texts are remembered, because one is asked about many times."""
    found: list[Span] = []
    opened: re.Match[str] | None = None
    for fence in FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence["fence"].startswith(opened["fence"]) and not fence["info"].strip():
            found.append(Span(opened.start("fence"), fence.end()))
            opened = None
    if opened is not None:
        found.append(Span(opened.start("fence"), len(text)))
    return tuple(found)


def _indented(text: str, span: Span) -> Iterator[Span]:
    """The runs of indented lines around and in ``span`` that a blank line parts from a text that is no list."""
    start = max(text.rfind("\n\n", 0, span.start), 0)
    lines = [line for line in LINE.finditer(text, start, len(text)) if line.start() <= span.end]
    run: list[re.Match[str]] = []
    after_blank = True
    for line in lines:
        if line["words"] and _columns(line["indent"]) >= CODE_INDENT and (run or after_blank):
            run.append(line)
        elif line["words"]:
            if run and not _in_list(text, run[0].start()):
                yield Span(run[0].start("words"), run[-1].end())
            run = []
        after_blank = not line["words"]
    if run and not _in_list(text, run[0].start()):
        yield Span(run[0].start("words"), run[-1].end())


def _in_list(text: str, start: int) -> bool:
    """Whether the last text before ``start`` that is less indented is an item of a list."""
    for line in reversed(text[:start].splitlines()):
        words = line.lstrip()
        if words and _columns(line[: len(line) - len(words)]) < CODE_INDENT:
            return ITEM.match(words) is not None
    return False


def _indent_at(text: str, start: int) -> int:
    """How many columns of white space stand before ``start`` in its line; 0 where words do."""
    before = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    return 0 if before.strip() else _columns(before)


def _columns(blank: str) -> int:
    return len(blank.expandtabs(TAB))
