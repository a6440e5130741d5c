"""A web page -> its text: what trafilatura takes for the page's own, with the headings and lists in between."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.loaders import plain
from retrieval.loaders.composer import Composer, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import empty, refusing_damage, too_much
from retrieval.loaders.markup.own_text import own_blocks
from retrieval.loaders.markup.page_date import page_date
from retrieval.loaders.markup.walk import MarkupBlock, count_words, markup_blocks, parse_markup
from retrieval.loaders.utf8 import is_rather_utf8

if TYPE_CHECKING:
    from lxml import etree

# A tree takes some ten times the memory of its page.
MAX_BYTES = 25_000_000

BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|\A\s*<\?xml[^>]{0,100}encoding=["']([\w.-]+)""",
    re.IGNORECASE,
)
# What browsers read under these names (WHATWG Encoding Standard): the larger sets that the pages were really made with.
LARGER_SETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # who could read the declaration has not read UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}

# A page with a few broken characters is still worth reading, with a sign in their place.
MAX_BROKEN_SHARE = 0.001


def extract(data: bytes) -> Extracted:
    """Read a web page, a part of one, or a document saved as HTML.

    Raises:
        SourceError: If it is too large, nested beyond reason, or holds no text.
    """
    if len(data) > MAX_BYTES:
        raise too_much()
    with refusing_damage("HTML"):
        text, encoding = decode(data)
        root = parse_markup(text)
        if root is None:
            raise empty()
        composer = Composer()
        blocks = list(markup_blocks(root, numbered=True))
        for block in own_blocks(root, blocks):
            composer.add(block)
        return composer.extracted(_title(root, blocks), encoding, date=page_date(root), words_in=count_words(root))


def decode(data: bytes) -> tuple[str, str]:
    """A page's text and the encoding that it was read in.

    A byte order mark counts most, then bytes that can only be UTF-8, then what the page declares: pages are often saved
    anew as UTF-8 and keep their old declaration. A page that declares nothing is read as plain text is.

    Raises:
        SourceError: If the encoding cannot be told.
    """
    if data.startswith(BYTE_ORDER_MARKS):
        return plain.decode(data)
    if data[:2] in (b"<\0", b"\0<"):
        encoding = "utf-16-le" if data.startswith(b"<") else "utf-16-be"
        return data.decode(encoding, "replace"), encoding
    encoding = _declared(data)
    if encoding:
        encoding = plain.UTF_8 if is_rather_utf8(data, encoding) else encoding
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= MAX_BROKEN_SHARE * len(text):
            return text, encoding
    return plain.decode(data)


def _declared(data: bytes) -> str:
    match = DECLARED.search(data[:4096])
    if match is None:
        return ""
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii", "replace")).name
        "".encode(name)
    except (LookupError, UnicodeError):  # no such encoding, or a codec that makes no text, such as base64
        return ""
    return LARGER_SETS.get(name, name)


def _title(root: etree._Element, blocks: Sequence[MarkupBlock]) -> str:
    """The title that the page gives itself for being shared, else its only top heading, else that of its window."""
    shared = root.xpath("//meta[@property='og:title']/@content")
    tops = [block.text[block.own :] for block in blocks if block.level == 1]
    window = root.xpath("//head/title/text()")
    candidates = (*shared[:1], *(tops if len(tops) == 1 else ()), *window[:1])
    return next(filter(None, map(sensible_title, candidates)), "")
