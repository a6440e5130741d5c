"""MDX -> the pieces of it that are text: no imports, no tags of components, no expressions and no comments.

Source of the method: the MDX documentation. No JavaScript is read for what it does: brackets and quotation marks tell
where it ends, and what does not end is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from retrieval.loaders.labels import MAX_NAME_CHARACTERS
from retrieval.loaders.markdown_admonitions import KINDS
from retrieval.text.line_kinds import LINE

INDENT = re.compile(r"[ \t]*")
FENCE = re.compile(r"(`{3,}(?=[^`\r\n]*(?:[\r\n]|\Z))|~{3,})")
IMPORT = re.compile(
    r"import\s+(?:[\w$*{},\s]{1,2000}?\sfrom\s*)?(?:\"[^\"\r\n]*\"|'[^'\r\n]*')[^\r\n]*(?:\r\n|\r|\n|\Z)"
)
EXPORT = re.compile(r"export\s+(?:default\s|(?:const|let|var|async|function|class|type|interface)\s+[\w${\[]|[{*])")
INLINE = re.compile(r"`+|\\[^\r\n]|\{/\*|\{([\"'`])[ \t]+\1\}|</?(?=[A-Za-z>])|\r\n|\r|\n")
TAG = re.compile(r"</?([A-Za-z](?:[\w.:-]*[\w.-])?)?(?=[\s/>])")
# What ends a tag, or has to be skipped on the way there; and the same for an expression in braces.
IN_TAG = re.compile(r"[\"'{<>]")
NO_BRACKET = r"\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*'|`(?:[^`\\]|\\.){0,1000}`|/\*.{0,1000}?\*/"
IN_BRACES = re.compile(rf"[{{}}]|{NO_BRACKET}", re.DOTALL)
IN_CODE = re.compile(rf"[{{}}()\[\]]|{NO_BRACKET}", re.DOTALL)
TITLE = re.compile(r"\s(?:title|label|header)=\{?([\"'`])([^\"'`{}]+)\1")
TYPE = re.compile(r"\s(?:type|variant|kind|intent|severity)=\{?([\"'`])([\w-]+)\1")
# Tags of HTML that stand within a sentence: what is on their two sides belongs together.
WITHIN = frozenset(
    {
        "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span",
        "strong", "sub", "sup", "u", "var",
    }
)  # fmt: skip
VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
PARAGRAPH = "\n\n"
# An expression or a tag longer than this does not end.
MAX_CODE_CHARACTERS = 100_000


class Piece(NamedTuple):
    """Words of the file, or some that stand for what was left out, and where in the file that is."""

    offset: int
    text: str
    is_code: bool = False


@dataclass(slots=True)
class Component:
    """An element: its name, the pieces that are its title, those that it holds, and how deep these are indented."""

    name: str
    title: int | None
    first: int
    last: int = -1
    indent: int | None = None


@dataclass(slots=True)
class Scanner:
    """Goes through a text once.

    ``pieces`` are what is text, in order; ``components`` are the elements that have a title, in the order of their
    ends.
    """

    text: str
    pieces: list[Piece] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    _open: list[Component] = field(default_factory=list)
    _budget: int = 0
    _last_comment_end: int = -1

    def scan(self, start: int) -> None:
        """Read all that follows ``start``, where a line begins."""
        self._budget = 4 * len(self.text) + MAX_CODE_CHARACTERS
        self._last_comment_end = self.text.rfind("*/}")
        at, after_blank = start, True
        while at < len(self.text):
            skipped = self._module_code(at) if after_blank else at
            if skipped > at:
                self._add(at, PARAGRAPH)
                at = skipped
                continue
            line = LINE.match(self.text, at)
            after_blank = line is not None and not line[0].strip()
            at = self._line(at)
        while self._open:
            self._close(self._open[-1].name)

    def _line(self, at: int) -> int:
        """Read a line, and whatever begins in it; where the next one begins."""
        indent = INDENT.match(self.text, at)
        words = indent.end() if indent else at
        around = self._open[-1] if self._open else None
        if around and around.indent is None and self.text[words : words + 1].strip():
            around.indent = words - at
        at += min(words - at, (around.indent or 0) if around else 0)
        self._add(at, self.text[at:words])
        fence = FENCE.match(self.text, words)
        if fence:
            return self._code_block(words, fence[1], words - at)
        if self.text.startswith("{", words) and not self.text.startswith("{/*", words):
            end = self._braces_end(words)
            rest = LINE.match(self.text, end) if end else None
            if rest and not rest[0].strip():
                self._add(words, PARAGRAPH)
                return rest.end()
        return self._inline(words)

    def _inline(self, at: int) -> int:
        """Read from within a line to its end."""
        line_start = at
        while found := INLINE.search(self.text, at):
            sign = found[0]
            self._add(at, self.text[at : found.start()])
            at = found.end()
            if sign[0] in "\r\n":
                self._add(found.start(), sign)
                return at
            if sign[0] == "`":
                at = self._code_span(found)
            elif sign == "{/*":
                at = self.text.find("*/}", at) + 3 if at <= self._last_comment_end else self._as_text(found)
            elif sign[0] == "{":
                self._add(found.start(), " ")
            elif sign[0] == "<":
                at = self._tag(found.start(), line_start) or self._as_text(found)
            else:
                self._as_text(found)
        self._add(at, self.text[at:])
        return len(self.text)

    def _as_text(self, found: re.Match[str]) -> int:
        self._add(found.start(), found[0])
        return found.end()

    def _add(self, offset: int, words: str, *, is_code: bool = False) -> None:
        if words:
            self.pieces.append(Piece(offset, words, is_code))

    def _code_span(self, opening: re.Match[str]) -> int:
        """Keep a code span, which ends in its paragraph."""
        closing = re.compile(rf"(?<!`){opening[0]}(?!`)|\n[ \t]*\r?\n").search(self.text, opening.end())
        end = closing.end() if closing and closing[0].startswith("`") else opening.end()
        self._add(opening.start(), self.text[opening.start() : end])
        return end

    def _code_block(self, at: int, fence: str, indent: int) -> int:
        """Keep a block of code, which has the indentation of its fence everywhere."""
        closing = re.compile(rf"{re.escape(fence)}{re.escape(fence[0])}*[ \t]*(?:[\r\n]|\Z)")
        deep = self._open[-1].indent or 0 if self._open else 0
        line = LINE.match(self.text, at)
        while line and line[0]:
            cut = min(deep, len(line[0]) - len(line[0].lstrip(" \t"))) if line.start() > at else 0
            self._add(line.start() + cut, line[0][cut:], is_code=True)
            words = line.start() + len(line[0]) - len(line[0].lstrip(" \t"))
            if line.start() > at and closing.match(self.text, words):
                return line.end()
            line = LINE.match(self.text, line.end())
        return len(self.text)

    def _module_code(self, at: int) -> int:
        """Where the imports and exports end that begin here."""
        while True:
            if found := IMPORT.match(self.text, at):
                at = found.end()
            elif EXPORT.match(self.text, at):
                end = self._export_end(at)
                if not end:
                    return at
                at = end
            else:
                return at

    def _export_end(self, at: int) -> int:
        """Where an export ends: at the end of a line, with all its brackets closed; 0 where it does not."""
        depth, end = 0, at
        while (line := LINE.match(self.text, end)) and line[0]:
            if end > at and depth <= 0 and (not line[0].strip() or line[0].startswith(("import ", "export "))):
                return end
            until = line.end()
            for sign in IN_CODE.finditer(self.text, end):
                if sign.start() >= line.end():
                    break
                depth += (sign[0] in "{[(") - (sign[0] in "}])")
                until = max(until, sign.end())
            rest = LINE.match(self.text, until) if until > line.end() else None
            end = rest.end() if rest else until
            if not self._spend(end - at):
                return 0
        return end if depth <= 0 else 0

    def _braces_end(self, at: int) -> int:
        """Where the brace that opens at ``at`` closes; 0 where it does not."""
        if self._budget < 0:
            return 0
        depth = 0
        limit = at + MAX_CODE_CHARACTERS
        for sign in IN_BRACES.finditer(self.text, at, limit):
            depth += (sign[0] == "{") - (sign[0] == "}")
            if depth == 0:
                return sign.end()
        self._spend(min(limit, len(self.text)) - at)
        return 0

    def _spend(self, characters: int) -> bool:
        """Whether so many characters may be looked at in vain once more."""
        self._budget -= characters
        return self._budget > 0

    def _tag(self, at: int, line_start: int) -> int:
        """Leave a tag out, or keep its title; where it ends, or 0 where it is none."""
        name = TAG.match(self.text, at)
        if not name or self._budget < 0:
            return 0
        end = self._tag_end(name.end())
        if not end:
            self._spend(min(len(self.text) - at, MAX_CODE_CHARACTERS))
            return 0
        written, element = self.text[at:end], name[1] or ""
        stands_alone = at == line_start
        if element not in WITHIN:
            self._part(at, end)
        if written.startswith("</"):
            self._close(element)
        elif not written.endswith("/>") and element not in VOID:
            title = self._title(at, written, element) if stands_alone else None
            self._open.append(Component(element, title, len(self.pieces)))
        return end

    def _tag_end(self, at: int) -> int:
        limit = min(at + MAX_CODE_CHARACTERS, len(self.text))
        while sign := IN_TAG.search(self.text, at, limit):
            if sign[0] == ">":
                return sign.end()
            if sign[0] == "<":
                return 0
            end = self._braces_end(sign.start()) if sign[0] == "{" else self.text.find(sign[0], sign.end(), limit) + 1
            if not end:
                return 0
            at = end
        return 0

    def _part(self, at: int, end: int) -> None:
        """What stands on the two sides of a tag are different words."""
        before = self.pieces[-1].text[-1:] if self.pieces else ""
        after = self.text[end : end + 1]
        if before.strip() and (after.isalnum() or (after and after in "*_`[<" and not self.text.startswith("</", at))):
            self._add(at, " ")

    def _title(self, at: int, written: str, element: str) -> int | None:
        """Keep what an element is called, as a paragraph of its own: its title, or the kind of note that it is."""
        if not element[:1].isupper():
            return None
        titled = TITLE.search(written)
        typed = TYPE.search(written)
        kinds = [kind for kind in (typed[2] if typed else "", element) if kind.lower() in KINDS]
        words = " ".join(titled[2].split()) if titled else (kinds or [""])[0]
        if not 0 < len(words) <= MAX_NAME_CHARACTERS:
            return None
        self._add(at, PARAGRAPH)
        self._add(at, words)
        title = len(self.pieces) - 1
        self._add(at, PARAGRAPH)
        return title

    def _close(self, name: str) -> None:
        """An element ends, and with it those in it that were left open."""
        if not any(component.name == name for component in self._open[-50:]):
            return
        while self._open:
            component = self._open.pop()
            component.last = len(self.pieces)
            if component.title is not None:
                self.components.append(component)
            if component.name == name:
                return
