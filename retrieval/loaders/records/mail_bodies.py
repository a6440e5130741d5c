"""A mail as it is sent -> its texts, its attached files and the messages within it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message

from retrieval.errors import SourceError
from retrieval.loaders import plain
from retrieval.loaders.composer import clean
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.markup.html import decode as decode_html
from retrieval.loaders.markup.walk import MarkupBlock, markup_blocks, parse_markup
from retrieval.loaders.records.mail_text import MailPart, mail_parts

MAX_PARTS = 10_000
# A plain text that says much less than the page beside it only says that there is one.
LITTLE = 0.3
PLAIN, PAGE = "text/plain", "text/html"
# Parts that are no file that anybody has attached: signatures, and the cover of what is encrypted.
WRAPPINGS = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))
ENCRYPTED = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))

MailText = list[MailPart] | list[MarkupBlock]


@dataclass(slots=True)
class MailBody:
    """What a message holds, in order; ``files`` are the names of those that are not read.

    Of what is encrypted, or so damaged that its parts cannot be told apart, nothing is read.
    """

    texts: list[MailText] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    is_encrypted: bool = False
    is_damaged: bool = False
    _parts: int = 0

    @classmethod
    def of(cls, message: Message) -> MailBody:
        """What is in a message.

        Raises:
            SourceError: If it has more parts than is safe.
        """
        body = cls()
        body._collect(message)
        return body

    def _collect(self, part: Message) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise too_much()
        kind, inner = part.get_content_type(), _parts(part)
        if kind in ENCRYPTED:
            self.is_encrypted = True
        elif kind == "message/rfc822":
            self.messages += inner
        elif kind.startswith("multipart/") and not inner:
            self.is_damaged = True
        elif kind == "multipart/alternative":
            self._collect_best(inner)
        elif inner:
            for one in inner:
                self._collect(one)
        elif kind in (PLAIN, PAGE) and not _is_attached(part):
            self.texts.append(_text(part))
        elif kind not in WRAPPINGS and (_is_attached(part) or not kind.startswith("image/")):
            self.files.append(_file_name(part) or kind)

    def _collect_best(self, choices: list[Message]) -> None:
        """Of several forms of the same text the plain one, unless a page says much more."""
        found = [MailBody.of(choice) for choice in choices]
        told = [sum(len(part.text.split()) for text in body.texts for part in text) for body in found]
        best = next((number for number, words in enumerate(told) if words and words >= LITTLE * max(told)), 0)
        for body in found[best : best + 1]:
            self.texts += body.texts
            self.messages += body.messages
        for body in found:
            self.files += body.files
            self.is_encrypted = self.is_encrypted or body.is_encrypted
            self.is_damaged = self.is_damaged or body.is_damaged
            self._parts += body._parts


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_attached(part: Message) -> bool:
    with suppress(Exception):  # a broken header says nothing
        return part.get_content_disposition() == "attachment"
    return False


def _text(part: Message) -> MailText:
    """What a part says; damaged letters of it show as signs in their place."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    charset = _charset(part)
    if part.get_content_type() == PAGE:
        root = parse_markup(_decoded(data, charset) if charset else decode_html(data)[0])
        return list(markup_blocks(root)) if root is not None else []
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    joins_words = str(part.get_param("delsp", "")).lower() == "yes"
    return mail_parts(_decoded(data, charset), is_flowed=is_flowed, joins_words=joins_words)


def _charset(part: Message) -> str:
    """The encoding that a part names, where Python knows it; ASCII is what programs write that name none."""
    with suppress(Exception):  # a broken header is as good as none
        charset = part.get_content_charset() or ""
        if "a".encode(charset) == b"a" and "".join(charset.split("-")) != "usascii":
            return charset
    return ""


def _decoded(data: bytes, charset: str) -> str:
    with suppress(UnicodeError, LookupError):
        if charset:
            return data.decode(charset)
    with suppress(SourceError):
        return plain.decode(data.replace(b"\0", b""))[0]
    return data.decode("utf-8", "replace")


def _file_name(part: Message) -> str:
    with suppress(Exception):
        return clean(part.get_filename() or "")
    return ""
