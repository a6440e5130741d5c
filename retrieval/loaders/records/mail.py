"""Mail, one message or a whole mailbox -> text: who wrote to whom, when and about what, and what they said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache
from itertools import pairwise, zip_longest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders import plain
from retrieval.loaders.composer import PARAGRAPH_END, BlockLabel, Composer, TextBlock, clean, one_line, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import damaged, listed, refusing_damage, too_much
from retrieval.loaders.markup.walk import MarkupBlock
from retrieval.loaders.records.mail_bodies import MailBody, MailText
from retrieval.loaders.records.mail_text import MailPart, begins_earlier_mail, is_attribution
from retrieval.types import LabelKind, Span

KIND = "a mail"
# The line before each message of a mailbox; a header follows it.
MAILBOX = b"From "
MAILBOX_LINE = re.compile(rb"(?:\A|(?<=\n))From [^\r\n]*\r?\n(?=[!-9;-~]+:)")
ESCAPED_MARK = re.compile(rb"^>(?=>*From )", re.MULTILINE)
# Apple Mail writes the length of a message before it.
LENGTH = re.compile(rb"(\d{1,10})[ \t]*\r?\n")
HEAD_END = re.compile(rb"\r?\n\r?\n")
HEADERS = ("From", "To", "Cc", "Date", "Subject")
MAX_MESSAGES = 50_000
# The standard library takes long over the names of thousands.
MAX_HEADER_CHARACTERS = 2_000
CUT = " …"
# What a part is, which it looks at while it reads; of one that is much longer it takes minutes.
CONTENT_HEADER = re.compile(rb"^content-[a-z-]{1,30}:(?:[^\n]*+\n[ \t])*+[^\n]*+", re.MULTILINE | re.IGNORECASE)
MAX_CONTENT_HEADER_BYTES = 10_000
MAX_DEPTH = 20
# Where programs put what is quoted in a page.
QUOTING = re.compile(r"gmail_quote|gmail_extra|yahoo_quoted|protonmail_quote|moz-cite-prefix|divRplyFwdMsg")
QUOTED_PATH = "quoted"
NOT_READ = "The files attached in {name} were not read ({files}); save them and index those that matter on their own."
DAMAGED = "A part of {name} is damaged and was not read; open it in your mail program and save its text."
LOCKED = "{name} is encrypted; open it in your mail program, save its text and index that."


def extract(data: bytes) -> Extracted:
    """The messages in their order, each below its head; what a message quotes is told from its sender's words.

    Raises:
        SourceError: If it is no mail, is encrypted, or unfolds into too much.
    """
    with refusing_damage(KIND):
        mailbox = _Mailbox()
        messages = _messages(data)
        for message in messages:
            mailbox.add(_parsed(message), () if len(messages) == 1 else None)
        return mailbox.extracted()


def _messages(data: bytes) -> list[bytes]:
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    starts = [(one.start(), one.end()) for one in MAILBOX_LINE.finditer(data)] if data.startswith(MAILBOX) else []
    if len(starts) > MAX_MESSAGES:
        raise too_much()
    if starts:
        ends = pairwise([*starts, (len(data), len(data))])
        return [ESCAPED_MARK.sub(b"", data[first:end]) for (_, first), (end, _) in ends]
    length = LENGTH.match(data)
    return [data[length.end() : length.end() + int(length[1])] if length else data]


def _parsed(data: bytes) -> Message:
    if any(header.end() - header.start() > MAX_CONTENT_HEADER_BYTES for header in CONTENT_HEADER.finditer(data)):
        raise too_much()
    message: Message = message_from_bytes(_with_readable_head(data), policy=policy.default)
    if not any(name in message for name in HEADERS):
        raise SourceError(damaged(KIND))
    return message


def _with_readable_head(data: bytes) -> bytes:
    """A message whose head is UTF-8: old programs write letters above ASCII in any encoding, and name none."""
    end = HEAD_END.search(data)
    head = data[: end.start()] if end else data
    if not head.isascii():
        with suppress(SourceError):
            return plain.decode(head)[0].encode("utf-8") + data[len(head) :]
    return data


@dataclass(slots=True)
class _Head:
    """What stands above a message, and what of it explains its words."""

    blocks: list[TextBlock]
    labels: list[tuple[LabelKind, Span, TextBlock]]
    sender: str
    subject: str
    moment: str

    @classmethod
    def of(cls, message: Message) -> _Head:
        told = {name: header for name in HEADERS if (header := _header(message, name))}
        sender = clean(parseaddr(told.get("From", ""))[0]) or clean(parseaddr(told.get("From", ""))[1])
        blocks = {name: TextBlock(f"{name}: {value}") for name, value in told.items()}
        labels = []
        for kind, name, words in (
            (LabelKind.HEADING, "Subject", told.get("Subject", "")),
            (LabelKind.TERM, "From", sender),
        ):
            start = blocks[name].text.find(words) if words else -1
            if start >= 0:
                labels.append((kind, Span(start, start + len(words)), blocks[name]))
        return cls(list(blocks.values()), labels, sender, told.get("Subject", ""), _moment(told.get("Date", "")))

    def labels_of(self, text: str) -> tuple[BlockLabel, ...]:
        """The labels of what the sender says."""
        return tuple(BlockLabel(kind, words, Span(0, len(text)), block) for kind, words, block in self.labels)


@dataclass(slots=True)
class _Mailbox:
    """The messages on their way into a text; ``written`` are the paragraphs so far."""

    composer: Composer = field(default_factory=Composer)
    titles: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    date: str = ""
    words: int = 0
    is_open: bool = False
    is_damaged: bool = False

    def extracted(self) -> Extracted:
        """The whole; its day is the last on which somebody wrote, its title what a single message is about."""
        if not self.is_open:
            raise SourceError(LOCKED, SourceProblem.PROTECTED)
        warnings = [NOT_READ.replace("{files}", listed(self.files))] if self.files else []
        warnings += [DAMAGED] if self.is_damaged else []
        title = sensible_title(self.titles[0]) if len(self.titles) == 1 else ""
        return self.composer.extracted(title, date=self.date, warnings=warnings, words_in=self.words)

    def add(self, message: Message, above: tuple[str, ...] | None) -> None:
        """Add a message, and those within it.

        Args:
            message: The message.
            above: The path of the message around it, empty for the only one, None for one of many.
        """
        head, body = _Head.of(message), MailBody.of(message)
        named = ", ".join(filter(None, [head.sender, head.moment]))
        path = (*(above or ()), *filter(None, [head.subject if above != () else "", named]))
        self.titles += [head.subject] if not above else []
        self.date = max(self.date, head.moment[:10])
        self.is_open = self.is_open or not body.is_encrypted or bool(body.texts)
        self.is_damaged = self.is_damaged or body.is_damaged
        self.composer.begin_part()
        self._add(path, head.blocks)
        for text in body.texts:
            self.words += sum(len(part.text.split()) for part in text)
            for is_quoted, blocks in _runs(text, head, self.written):
                if is_quoted:
                    self.composer.begin_part()  # no heading of the sender's leads to it
                self._add((*path, QUOTED_PATH) if is_quoted else path, blocks)
        if body.files:
            files = ", ".join(body.files)
            self._add(path, [TextBlock(files, labels=head.labels_of(files))])
            self.files += body.files
        if body.messages and len(path) > MAX_DEPTH:
            raise too_much()
        for inner in body.messages:
            self.add(inner, path)

    def _add(self, path: tuple[str, ...], blocks: Sequence[TextBlock]) -> None:
        self.composer.set_path(path)
        for block in blocks:
            self.composer.add(block)


def _runs(text: MailText, head: _Head, written: set[str]) -> Iterator[tuple[bool, list[TextBlock]]]:
    """The paragraphs of a text, by whether they are quoted."""
    made: dict[int, TextBlock] = {}
    quoted = _quoted_blocks([part for part in text if isinstance(part, MarkupBlock)])
    for part in text:
        if isinstance(part, MarkupBlock):
            is_quoted = id(part) in quoted
            yield is_quoted, [_of_page(part, () if is_quoted else head.labels_of(part.text), made)]
        elif part.is_quoted:
            yield True, _quoted(part, written)
        else:
            paragraphs = part.text.split(PARAGRAPH_END)
            written.update(map(one_line, paragraphs))
            yield False, [TextBlock(words, labels=head.labels_of(words)) for words in paragraphs]


def _quoted(part: MailPart, written: set[str]) -> list[TextBlock]:
    """A quotation below the line that says whose it is, without what is there as a message of its own."""
    kept = [words for words in part.text.split(PARAGRAPH_END) if one_line(words) not in written]
    if not kept:
        return []
    said = TextBlock(part.attribution)
    spans = [(words, Span(0, len(words))) for words in kept]
    term = Span(0, len(said.text))
    labels = [(BlockLabel(LabelKind.TERM, term, span, said),) if said.text else () for _, span in spans]
    return [said, *(TextBlock(words, labels=own) for (words, _), own in zip(spans, labels, strict=True))]


def _of_page(block: MarkupBlock, labels: tuple[BlockLabel, ...], made: dict[int, TextBlock]) -> TextBlock:
    """A block of a page in a mail: its headings are no part of the path, and lead to what follows them."""
    own = tuple(
        BlockLabel(one.kind, one.words, one.span, made.get(id(one.block)) if one.block else None)
        for one in block.labels
        if one.block is None or id(one.block) in made
    )
    made[id(block)] = TextBlock(block.text, bold=block.bold or bool(block.level), labels=(*labels, *own))
    return made[id(block)]


def _quoted_blocks(blocks: Sequence[MarkupBlock]) -> set[int]:
    """The ids of a page's blocks that are quoted: with their marks, the line above them, or below an earlier head."""
    quoted: set[int] = set()
    for number, (block, after) in enumerate(zip_longest(blocks, blocks[1:])):
        if begins_earlier_mail(block.text):
            return quoted | set(map(id, blocks[number:]))
        if _is_quoted(block) or (after and _is_quoted(after) and is_attribution(block.text)):
            quoted.add(id(block))
    return quoted


def _is_quoted(block: MarkupBlock) -> bool:
    element = block.element
    around = [element, *element.iterancestors()] if element is not None else []
    return any(one.tag == "blockquote" or QUOTING.search(f"{one.get('class')} {one.get('id')}") for one in around)


def _header(message: Message, name: str) -> str:
    """A header as people read it, cut where it goes on for pages."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    cut = raw[:MAX_HEADER_CHARACTERS]
    return _readable(name, cut) + (CUT if cut != raw else "")


@lru_cache(maxsize=4096)  # in a mailbox the same people write all the time
def _readable(name: str, raw: str) -> str:
    """A header without its encodings; nothing where it cannot be read."""
    with suppress(Exception):  # the standard library raises almost anything on a broken one
        return clean(str(policy.default.header_factory(name, " ".join(raw.split()))))
    return ""


def _moment(date: str) -> str:
    """The day and the time as the sender's clock had them; nothing where the date is none."""
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(date).strftime("%Y-%m-%d %H:%M")
    return ""
