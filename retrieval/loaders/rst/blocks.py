"""A document as docutils reads it -> blocks: paragraphs, headings, rows and code, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeGuard

from docutils import nodes

from retrieval.loaders.composer import NOT_TEXT, BlockLabel, TextBlock, clean, clean_verbatim
from retrieval.loaders.markup.block_labels import BlockLabels
from retrieval.loaders.markup.table_rows import table_rows
from retrieval.loaders.rst.directives import BOX, BOX_TITLE
from retrieval.loaders.rst.line_finder import LineFinder

if TYPE_CHECKING:
    from lxml import etree

SILENT = (
    nodes.comment, nodes.substitution_definition, nodes.target, nodes.pending, nodes.meta, nodes.raw, nodes.decoration,
    nodes.transition, nodes.label, nodes.classifier,
)  # fmt: skip
LITERAL = (nodes.literal_block, nodes.doctest_block, nodes.math_block)
# The mark of a note is no word of the sentence; nor is what docutils says of a mistake in it.
UNREAD = (nodes.footnote_reference, nodes.raw, nodes.system_message, nodes.target)
SYSTEM_ERROR = 3
MAX_LEVEL = 6
# The first lines of a directive that could not be read: itself, and its options.
DIRECTIVE_HEAD = re.compile(r"[ \t]*\.\.[^\n]*::[^\n]*\n?(?:[ \t]+:[^\n]*\n)*")
# A line within a paragraph that would be taken for the beginning of another one where the text is divided.
SEEMING_BEGINNING = re.compile(r"\n(?=\s*(?:#{1,6}\s|\||[-*+•–>]|:::|!!!|\?\?\?|\d{1,3}[.)]))")


class Blocks:
    """Goes through one document; ``title`` is then the words of its first heading.

    Args:
        lines: The lines of the file.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = LineFinder(lines)
        self._labels = BlockLabels()
        self._level = 0
        self.title = ""

    def of(self, node: nodes.Node) -> Iterator[TextBlock]:
        """The blocks of an element."""
        if isinstance(node, nodes.title):
            yield from self._heading(node)
        elif isinstance(node, nodes.section):
            self._level += 1
            yield from self._children(node)
            self._level -= 1
        elif isinstance(node, nodes.system_message):
            yield from self._unread_directive(node)
        elif isinstance(node, SILENT) or (isinstance(node, nodes.topic) and "contents" in node["classes"]):
            return
        elif isinstance(node, LITERAL):
            yield from self._code(node)
        elif isinstance(node, nodes.table):
            yield from self._table(node)
        elif isinstance(node, nodes.Admonition | nodes.topic | nodes.sidebar) or _is_box(node):
            yield from self._box(node)
        elif isinstance(node, nodes.field):
            yield from self._field(node)
        elif isinstance(node, nodes.line_block):
            yield from self._paragraph(node, "\n".join(self._line_block(node)))
        elif isinstance(node, nodes.image):
            yield from self._paragraph(node, node.get("alt", ""))
        elif isinstance(node, nodes.term | nodes.option_group):
            yield from self._paragraph(node, _named(node))
        elif isinstance(node, nodes.TextElement):
            yield from self._paragraph(node, words_of(node))
        elif isinstance(node, nodes.Element):
            yield from self._list(node)

    def _children(self, node: nodes.Node) -> Iterator[TextBlock]:
        for child in node.children:
            yield from self.of(child)

    def _list(self, node: nodes.Element) -> Iterator[TextBlock]:
        """A list, one of its items, or something else that holds others."""
        name = next((name for kind, name in LIST_NAMES if isinstance(node, kind)), "")
        self._labels.enter(name)
        yield from self._children(node)
        self._labels.leave(name)

    def _block(self, node: nodes.Node, text: str, **more: object) -> TextBlock:
        return TextBlock(text, line=self._lines.find(node, text), **more)  # type: ignore[arg-type]

    def _heading(self, node: nodes.title) -> Iterator[TextBlock]:
        words = clean(words_of(node))
        self.title = self.title or words
        self._labels.note(None)
        yield self._block(node, words, level=min(max(self._level, 1), MAX_LEVEL))

    def _paragraph(self, node: nodes.Element, words: str) -> Iterator[TextBlock]:
        text = SEEMING_BEGINNING.sub(" ", _tidy(words))
        if not text:
            return
        if isinstance(node, nodes.term | nodes.option_group):
            yield from self._term(node, text)
            return
        bold, labels = self._labels.of_text(text, _tidy(_opening_words(node)))
        block = self._block(node, text, bold=bold or isinstance(node, nodes.rubric), labels=labels)
        self._labels.note(block)
        yield block

    def _term(self, node: nodes.Node, text: str) -> Iterator[TextBlock]:
        self._labels.enter("dt")
        block = self._block(node, text)
        self._labels.note(block)
        self._labels.leave("dt")
        yield block

    def _box(self, node: nodes.Node) -> Iterator[TextBlock]:
        """What has a title, or is of a kind that says something: either is the term that all of it defines."""
        first, *rest = node.children or [nodes.paragraph()]
        titled = isinstance(first, nodes.title) or (isinstance(first, nodes.Element) and BOX_TITLE in first["classes"])
        kind = "" if _is_box(node) else type(node).__name__
        title = clean(words_of(first)) if titled else {"admonition": "", "system_message": ""}.get(kind, kind)
        self._labels.enter("dl")
        if title:
            yield from self._term(node, title)
        self._labels.enter("dd")
        for child in rest if titled else node.children:
            yield from self.of(child)
        self._labels.leave("dd")
        self._labels.leave("dl")

    def _field(self, node: nodes.field) -> Iterator[TextBlock]:
        """A field: what it is called stands before its first paragraph."""
        name, body = clean(words_of(node.children[0])), node.children[-1]
        first = body.children[0] if body.children else None
        if not isinstance(first, nodes.paragraph):
            yield from self._paragraph(nodes.paragraph(), name)
            yield from self._children(body)
            return
        text = SEEMING_BEGINNING.sub(" ", _tidy(f"{name}: {words_of(first)}"))
        _, labels = self._labels.of_text(text, name)
        yield self._block(node, text, labels=labels)
        for child in body.children[1:]:
            yield from self.of(child)

    def _code(self, node: nodes.Node) -> Iterator[TextBlock]:
        text = clean_verbatim(node.astext())
        if text:
            block = self._block(node, text, labels=self._labels.of_code(text))
            self._labels.note(None)
            yield block

    def _line_block(self, node: nodes.Node) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, nodes.line_block):
                yield from self._line_block(child)
            elif words := clean(words_of(child)):
                yield words

    def _table(self, node: nodes.table) -> Iterator[TextBlock]:
        """The rows of a table, or the paragraphs of its cells where these are longer than a row's."""
        rows = table_rows(_as_html(node), lambda cell: cell.text or "")
        if rows is None:
            for part in node.findall(lambda part: isinstance(part, nodes.entry | nodes.title)):
                if isinstance(part, nodes.title):
                    yield from self._paragraph(part, words_of(part))
                else:
                    yield from self._children(part)
            return
        yield from self._labels.of_rows(rows, partial(self._row, node))
        self._labels.note(None)

    def _row(self, table: nodes.table, text: str, labels: tuple[BlockLabel, ...]) -> TextBlock:
        return TextBlock(text, labels=labels, line=self._lines.find(table, text, is_part=True))

    def _unread_directive(self, node: nodes.system_message) -> Iterator[TextBlock]:
        """The words of a directive that is written wrongly: they come with what docutils says of it."""
        if node.get("level", 0) < SYSTEM_ERROR:
            return
        for part in node.findall(nodes.literal_block):
            words = DIRECTIVE_HEAD.sub("", part.astext(), count=1)
            for paragraph in re.split(r"\n\s*\n", words):
                yield from self._paragraph(nodes.paragraph(), "\n".join(map(str.strip, paragraph.split("\n"))))


LIST_NAMES: tuple[tuple[type[nodes.Element] | tuple[type[nodes.Element], ...], str], ...] = (
    ((nodes.bullet_list, nodes.enumerated_list), "ul"),
    (nodes.list_item, "li"),
    ((nodes.definition_list, nodes.option_list), "dl"),
    ((nodes.definition, nodes.description), "dd"),
)


def words_of(node: nodes.Node) -> str:
    """The words that people read of an element that stands within a paragraph."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    if isinstance(node, UNREAD) and not (isinstance(node, nodes.target) and node.children):
        return ""
    words = ""
    for child in node.children:
        # The mark of a note stands after a blank that is none of the sentence either.
        words = words.rstrip() if isinstance(child, nodes.footnote_reference) else words + words_of(child)
    return words


def _named(node: nodes.Element) -> str:
    """A term with its classifiers, or an option with its other forms, as they are written."""
    if isinstance(node, nodes.option_group):
        return ", ".join(" ".join(map(words_of, option.children)) for option in node.children)
    siblings = node.parent.children
    following = siblings[siblings.index(node) + 1 :]
    return " : ".join([words_of(node), *(words_of(one) for one in following if isinstance(one, nodes.classifier))])


def _tidy(words: str) -> str:
    """Words without what is no text; the ends of lines stay."""
    return "\n".join(filter(None, (clean(line) for line in NOT_TEXT.sub("", words).split("\n"))))


def _opening_words(node: nodes.Element) -> str:
    """What is written in bold, or as code, at the beginning of a paragraph."""
    first = node.children[0] if node.children else None
    return words_of(first) if isinstance(first, nodes.strong | nodes.literal) else ""


def _is_box(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and BOX in node["classes"]


def _as_html(table: nodes.table) -> etree._Element:
    """A table with the words of its cells, as HTML has it."""
    from lxml import etree

    made = etree.Element("table")
    for title in table.children:
        if isinstance(title, nodes.title):
            etree.SubElement(made, "caption").text = clean(words_of(title))
    for group in table.children:
        columns = [column for column in group.children if isinstance(column, nodes.colspec)]
        stubs = [bool(column.get("stub", 0)) for column in columns]
        for part in group.children:
            if isinstance(part, nodes.thead | nodes.tbody):
                for row in part.children:
                    _add_row(made, row, stubs)
    return made


def _is_entry(node: nodes.Node) -> TypeGuard[nodes.entry]:
    return isinstance(node, nodes.entry)


def _add_row(table: etree._Element, written: nodes.Node, stubs: list[bool]) -> None:
    from lxml import etree

    in_head = isinstance(written.parent, nodes.thead)
    row = etree.SubElement(etree.SubElement(table, "thead") if in_head else table, "tr")
    for number, entry in enumerate(filter(_is_entry, written.children)):
        is_name = in_head or (number < len(stubs) and stubs[number])
        cell = etree.SubElement(row, "th" if is_name else "td")
        cell.text = clean(" ".join(filter(None, map(words_of_block, entry.children))))
        cell.set("colspan", str(entry.get("morecols", 0) + 1))
        cell.set("rowspan", str(entry.get("morerows", 0) + 1))


def words_of_block(node: nodes.Node) -> str:
    """The words of a block in a cell, those of its parts parted by blanks."""
    if isinstance(node, nodes.TextElement | nodes.Text):
        return words_of(node)
    if isinstance(node, SILENT):
        return ""
    return " ".join(filter(None, map(words_of_block, node.children)))
