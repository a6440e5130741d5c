"""What a text is by how it begins, where its name only says that it is one."""

from __future__ import annotations

import re
from pathlib import Path

from retrieval.files import open_regular
from retrieval.loaders.formats import DISCORD_EXPORT, MAIL, SUBTITLES, Format

HEAD_BYTES = 16_384
BYTE_ORDER_MARK = rb"\A(?:\xef\xbb\xbf)?\s*"
# All of these stand before the first message, in whatever order.
DISCORD_KEYS = [
    re.compile(rb'"%s"\s*:\s*%s' % key) for key in ((b"guild", rb"\{"), (b"channel", rb"\{"), (b"messages", rb"\["))
]
JSON_OBJECT = re.compile(BYTE_ORDER_MARK + rb"\{")
TIME = rb"\d{1,2}:\d{2}:\d{2},\d{1,3}"
SUBTITLE = re.compile(
    BYTE_ORDER_MARK + rb"(?:WEBVTT(?:\s|\Z)|\d+[ \t]*(?:\r\n|\r|\n)%s[ \t]*-->[ \t]*%s)" % (TIME, TIME),
)
# The head of a mail, and what programs write into it; a letter that begins with "From: Anna" has none of that.
HEAD_OF_MAIL = re.compile(
    BYTE_ORDER_MARK + rb"(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]++:[^\r\n]*+\r?\n(?:[ \t][^\r\n]*+\r?\n)*+)+"
)
SENDER = re.compile(rb"^From:", re.MULTILINE | re.IGNORECASE)
SENT = re.compile(rb"^(?:Message-ID|MIME-Version|Received|DKIM-Signature):", re.MULTILINE | re.IGNORECASE)
JSON_SUFFIX = ".json"


def recognise_text(data: bytes) -> Format | None:
    """The format of a text that begins like this; None where it is plain text or shows too little."""
    head = data[:HEAD_BYTES]
    if JSON_OBJECT.match(head) and all(key.search(head) for key in DISCORD_KEYS):
        return DISCORD_EXPORT
    if SUBTITLE.match(head):
        return SUBTITLES
    mail = HEAD_OF_MAIL.match(head)
    if mail and SENDER.search(mail[0]) and SENT.search(mail[0]):
        return MAIL
    return None


def is_export(path: Path) -> bool:
    """Whether a file whose ending says no more than that it is JSON is an export that can be read."""
    if path.suffix.lower() != JSON_SUFFIX:
        return False
    try:
        with open_regular(path) as file:
            return recognise_text(file.read(HEAD_BYTES) or b"") is not None
    except OSError:
        return False
