"""Words of a document as Discord shows them: exactly these words; code can be copied, and links can be clicked.

A link is shown without a preview, and so that its words are its address; masked links, invitations and whatever else
could act are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.discord.formatting.discord_markdown import escape
from bot.safe_text import visible
from retrieval import CodeBlock, Span

FENCE = "```"
# One character of the visible text, as it stands when escaped.
CHARACTER = re.compile(r"\\?.", re.DOTALL)
OPENING = re.compile(r"[^\S\n]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)(?:\n|\Z)")
CLOSING = re.compile(r"(?:\A|\n)[^\S\n]*(?:`{3,}|~{3,})[^\S\n]*\Z")
# What Discord takes for the language of a fence; with any other it would show the line as code.
LANGUAGE = re.compile(r"[A-Za-z0-9_+.-]*")
# Between single backticks, as Markdown has it; what is bold in a passage must not end in it.
INLINE_CODE = re.compile(r"(?<!`)`(?P<code>[^`\n]*[^`\s][^`\n]*)`(?!`)")
# A bracket ends a link: Discord would make another one of what stands between two of them.
LINK = re.compile(r"(?<!\w)https?://[^\s<>\[\]\\`\"“”„«»]+", re.IGNORECASE)
LINK_END = re.compile(r"[.,;:!?'’…*_~|\]}]+\Z")
# Discord makes an invitation of these wherever they stand.
INVITATION = re.compile(
    r"(?:discord(?:app)?\.(?:gg|gift|io|me|new|link)|dsc\.gg|discord(?:app)?\.com/+invite)(?![\w-])",
    re.IGNORECASE,
)
# The only links that words of ours lead to: what else a document names as its place may lead anywhere.
MESSAGE_LINK = re.compile(r"https://discord\.com/channels/(?:@me|[0-9]{1,20})/[0-9]{1,20}/[0-9]{1,20}")
# Marks that stand around words of ours; a link or code with one in it is shown as words.
MARKS = ("**", "||", "~~")
UNDERLINE = "__"
# What stands for itself among escaped words; there these signs are never without a backslash.
SHOWN = re.compile(r"\\(?P<escaped>[^0-9A-Za-z\s])|(?P<code>`[^`\n]+`)|<(?P<link>https?://[^\s<>]+)>", re.IGNORECASE)


class ShownKind(Enum):
    """How a part of a text is shown."""

    WORDS = "words"
    LINK = "link"
    CODE = "code"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the ``visible`` text, and what Discord is given for it.

    ``shown`` has an entry for each character of words, so that marks can be put between them; other pieces are whole.
    """

    kind: ShownKind
    span: Span
    shown: tuple[str, ...]

    @property
    def text(self) -> str:
        """What Discord is given for the whole of it."""
        return "".join(self.shown)


def show_words(text: str, code: Sequence[CodeBlock] = ()) -> str:
    """The text as Discord shows it.

    Args:
        text: Words of a document.
        code: The blocks of code in them, as offsets into ``text``.
    """
    return join_shown((piece.kind is ShownKind.BLOCK, piece.text) for piece in shown_parts(text, code))


def read_words(shown: str) -> str:
    """What ``show_words`` was given; a block of code has fences, and no blank lines around it."""
    read: list[str] = []
    fenced = False
    for line in shown.split("\n"):
        if line.startswith(FENCE):
            fenced = not fenced
            read.append(line)
        else:
            read.append(line if fenced else SHOWN.sub(_sign, line))
    return "\n".join(read)


def join_shown(parts: Iterable[tuple[bool, str]]) -> str:
    """The parts of a text one after the other; a block of code has its lines to itself, without blank ones around it.

    Args:
        parts: Each with whether it is a block of code.
    """
    joined = ""
    for is_block, text in parts:
        if is_block:
            joined = joined.rstrip() + "\n" if joined.strip() else ""
        elif joined.endswith(FENCE):
            joined += "\n" if text.strip("\n") else ""
        joined += text.lstrip("\n") if joined.endswith(f"{FENCE}\n") else text
    return joined


def _sign(found: re.Match[str]) -> str:
    return str(found["link"] or found["code"] or found["escaped"])


def message_link(link: str | None) -> str | None:
    """The link, if it is one to a message."""
    return link if link and MESSAGE_LINK.fullmatch(link) else None


def linked(words: str, link: str | None) -> str:
    """The escaped words as a link to a message, without a preview, where there is one; else the words alone.

    A bracket would end the words too early, whatever stands before it, so that it becomes a round one.
    """
    if message_link(link) is None or "//" in words:
        return words
    return f"[{words.replace('[', '(').replace(']', ')')}](<{link}>)"


def in_marks(shown: str) -> str:
    """The shown words between quotation marks, from which a block of code is a line apart."""
    before, after = ("\n" * at_border for at_border in (shown.startswith(FENCE), shown.endswith(FENCE)))
    return f"“{before}{shown}{after}”"


def shown_parts(text: str, code: Sequence[CodeBlock] = (), whole: Span | None = None) -> list[ShownPart]:
    """The parts of a text that are shown alike, in order.

    Args:
        text: Words of a document.
        code: The blocks of code in them, as offsets into ``text``.
        whole: A part of the ``visible`` text at whose borders marks may stand: what reaches over one is shown as words.
    """
    shown = visible(text)
    escaped = CHARACTER.findall(escape(text))
    pieces: list[ShownPart] = []
    end = 0
    for special in _specials(text, shown, code, whole):
        if special.span.start > end:
            pieces.append(_words(escaped, Span(end, special.span.start)))
        pieces.append(special)
        end = special.span.end
    if end < len(shown):
        pieces.append(_words(escaped, Span(end, len(shown))))
    return pieces


def _words(escaped: Sequence[str], span: Span) -> ShownPart:
    return ShownPart(ShownKind.WORDS, span, tuple(escaped[span.start : span.end]))


def _specials(text: str, shown: str, code: Sequence[CodeBlock], whole: Span | None) -> Iterator[ShownPart]:
    """The pieces that are no words."""
    end = 0
    for block in code:
        span = Span(len(visible(text[: block.span.start])), len(visible(text[: block.span.end])))
        fence = _fence(shown[span.start : span.end], block.indent)
        if fence is not None and span.start >= end:
            yield from _in_words(shown, Span(end, span.start), whole)
            yield ShownPart(ShownKind.BLOCK, span, (fence,))
            end = span.end
    yield from _in_words(shown, Span(end, len(shown)), whole)


def _in_words(shown: str, span: Span, whole: Span | None) -> Iterator[ShownPart]:
    """The links and the code within lines, in order, none in another one."""
    found = [*INLINE_CODE.finditer(shown, span.start, span.end), *LINK.finditer(shown, span.start, span.end)]
    end = span.start
    for match in sorted(found, key=lambda match: match.start()):
        is_code = match.re is INLINE_CODE
        words = match[0] if is_code else _without_end(match[0])
        place = Span(match.start(), match.start() + len(words))
        marked = whole is not None and whole.overlaps(place)
        if place.start < end or any(mark in words for mark in (*MARKS, *([UNDERLINE] if marked else []))):
            continue
        if marked and whole is not None and not (whole.start <= place.start and place.end <= whole.end):
            continue
        if is_code:
            yield ShownPart(ShownKind.CODE, place, (words,))
        elif INVITATION.search(words) or len(words) <= len("https://"):
            continue
        else:
            yield ShownPart(ShownKind.LINK, place, (f"<{words}>",))
        end = place.end


def _without_end(link: str) -> str:
    """A link without what ends the sentence, or the bracket, that it stands in."""
    while True:
        shorter = LINK_END.sub("", link)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == link:
            return link
        link = shorter


def _fence(block: str, indent: int) -> str | None:
    """A block of code with fences as Discord knows them; None where it cannot hold the code."""
    opening = OPENING.match(block)
    language = ""
    if opening is not None:
        language = opening["info"].strip().partition(" ")[0]
        block = block[opening.end() :]
    code = _without_indent(CLOSING.sub("", block), indent, first=opening is not None)
    if FENCE in code or not code.strip():
        return None
    return f"{FENCE}{language if LANGUAGE.fullmatch(language) else ''}\n{code.strip(chr(10))}\n{FENCE}"


def _without_indent(code: str, indent: int, *, first: bool) -> str:
    """The lines without the white space that belongs to the document; ``first`` tells if the first line has it, too."""
    kept = []
    for number, line in enumerate(code.split("\n")):
        blank = len(line) - len(line.lstrip())
        cut = min(indent, blank) if number or first else 0
        kept.append(line[1:] if line.startswith("\t") and cut else line[cut:])
    return "\n".join(kept)
