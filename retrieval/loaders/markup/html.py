"""A web page -> its text: what trafilatura takes for the page's own, with the headings and lists in between."""

from __future__ import annotations

import codecs
import copy
import re
from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING

from retrieval.loaders import plain
from retrieval.loaders.composer import Composer, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import empty, refusing_damage, too_much
from retrieval.loaders.markup.walk import MarkupBlock, markup_blocks, parse_markup
from retrieval.loaders.utf8 import is_rather_utf8

if TYPE_CHECKING:
    from lxml import etree

# A tree takes some ten times the memory of its page.
MAX_BYTES = 25_000_000
# Beyond this a file is no web page with navigation around it, and trafilatura would take minutes.
MAX_ELEMENTS_OF_A_WEB_PAGE = 60_000

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

# A block with fewer characters may stand in a menu as well as in the text; it does not say where the text begins.
ANCHOR_CHARACTERS = 20


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
        for block in _own_blocks(root):
            composer.add(block)
        return composer.extracted(_title(root), encoding)


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


def _own_blocks(root: etree._Element) -> list[MarkupBlock]:
    """The blocks that are the page's own.

    trafilatura says what the page is about, but drops headings, list items and definitions on the way, above all from
    manuals and handbooks. So it only says where the page's own text is: in the smallest element that holds all it has
    found. What stands there is kept, but what is nothing but links or is labelled as an advertisement, a menu or the
    like, unless trafilatura has it. Where trafilatura finds nothing, the whole page is kept.
    """
    blocks = list(markup_blocks(root, numbered=True))
    main = _main_blocks(root) if sum(1 for _ in root.iter()) <= MAX_ELEMENTS_OF_A_WEB_PAGE else []
    main_keys = {_key(block) for block in main}
    long_keys = _found("\n".join(main_keys), {_key(block)[:ANCHOR_CHARACTERS] for block in blocks})
    anchors = [block for block in blocks if _key(block)[:ANCHOR_CHARACTERS] in long_keys]
    headings = [block for block in blocks if block.level and _key(block) in main_keys]
    container = _common_element([block.element for block in (*anchors, *headings) if block.element is not None])
    if container is None:
        return blocks
    inside = set(container.iter())
    kept = [
        block
        for block in blocks
        if block.element in inside and (_key(block) in main_keys or not (block.links_only or block.labelled))
    ]
    if kept and not kept[0].level:
        before = takewhile(lambda block: block is not kept[0], blocks)
        titles = [block for block in before if block.level in (1, 2) and not (block.links_only or block.labelled)]
        kept[:0] = titles[-1:]
    return kept


def _common_element(elements: list[etree._Element]) -> etree._Element | None:
    """The smallest element that holds all of them, and more than one paragraph or cell."""
    if not elements:
        return None
    common = [elements[0], *elements[0].iterancestors()][1:]
    for element in elements[1:]:
        holders = {element, *element.iterancestors()}
        common = common[next((number for number, one in enumerate(common) if one in holders), len(common)) :]
    if not common:
        return None
    tables = [element for element in (common[0], *common[0].iterancestors()) if element.tag == "table"]
    return tables[-1].getparent() if tables else common[0]


def _found(text: str, keys: set[str]) -> set[str]:
    """Which keys of full length occur in ``text``; one pass over it, since there may be many."""
    return {text[start : start + ANCHOR_CHARACTERS] for start in range(len(text) - ANCHOR_CHARACTERS + 1)} & keys


def _key(block: MarkupBlock) -> str:
    return "".join(block.text[block.own :].split())


def _main_blocks(root: etree._Element) -> list[MarkupBlock]:
    """What trafilatura takes for the page's own text; nothing if it finds none or stumbles."""
    import trafilatura

    document = None
    with suppress(Exception):  # what it stumbles over can be read without it
        document = trafilatura.bare_extraction(
            copy.deepcopy(root), favor_recall=True, fast=True, include_comments=False, include_tables=True
        )
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    names = {"head": "h2", "list": "ul", "item": "li", "row": "tr", "cell": "td", "lb": "br", "quote": "blockquote"}
    for element in document.body.iter(*names):
        element.tag = names[element.tag]
    return list(markup_blocks(document.body))


def _title(root: etree._Element) -> str:
    """The title that the page gives itself for being shared, else its only top heading, else that of its window."""
    shared = root.xpath("//meta[@property='og:title']/@content")
    tops = [block.text for block in markup_blocks(root) if block.level == 1]
    window = root.xpath("//head/title/text()")
    candidates = (*shared[:1], *(tops if len(tops) == 1 else ()), *window[:1])
    return next(filter(None, map(sensible_title, candidates)), "")
