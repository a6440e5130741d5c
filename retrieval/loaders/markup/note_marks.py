"""The marks of footnotes, pages and lines: "[12]" after a word leads to a note, "↩" back, "[p. 12]" is a page's number.

None of them is a part of the sentence in which it stands, nor are the numbers of lines beside verses and code.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import local_name

if TYPE_CHECKING:
    from lxml import etree

# A link that is nothing but the mark of a note, the way back from one, or the address of a heading: "[12]", "↩", "¶".
NOTE_MARK = re.compile(r"[\[(]?\s*(?:(?:[^\W\d_]{1,6}\.?\s)?\d{1,4}|[a-z]|[ivx]{1,5}|[*†‡§¶]+)\s*[\])]?\Z")
WAY_BACK = re.compile(r"[↑↩⬆⤴^¶#🔗]+[\ufe0e\ufe0f]?\Z")
NOTE_ROLES = re.compile(r"(?:doc-)?(?:noteref|backlink)\b")
NOTE_CLASSES = re.compile(r"(?:^|[\s_-])(?:footnote|endnote|fn|note)-?(?:ref|reference|back|backref|call|anchor)\b")
EPUB_TYPES = ("{http://www.idpf.org/2007/ops}type", "epub:type")
PAGE_ROLES = re.compile(r"(?:doc-)?pagebreak\b")
PAGE_CLASSES = re.compile(
    r"(?:^|\s)(?:(?:page|line)-?(?:num|number|no)s?|page-?break|pgnum|pagenr|lnum|linenr)(?:$|\s)", re.IGNORECASE
)
PAGE_NUMBER = re.compile(r"[\[({|]?\s*(?:[^\W\d_]{1,5}\.?\s?)?(?:\d{1,4}|[ivxlc]{1,8})?\s*[\])}|]?\Z", re.IGNORECASE)
# So far up a link may be raised.
MAX_STEPS = 3


def is_note_mark(link: etree._Element) -> bool:
    """Whether it is a link that only leads to a note or back: its text would stand in the middle of a sentence."""
    if local_name(link) != "a":
        return False
    if NOTE_ROLES.search(_kinds(link)):
        return True
    if "href" not in link.attrib or len(link) > 3:
        return False
    text = "".join(link.itertext()).strip()
    raised = link.find("sup") is not None or any(
        local_name(above) == "sup" for above in islice(link.iterancestors(), MAX_STEPS)
    )
    if raised and NOTE_MARK.match(text):
        return True
    if "#" not in link.get("href", ""):
        return False
    return bool(WAY_BACK.match(text) or (NOTE_CLASSES.search(link.get("class", "")) and NOTE_MARK.match(text)))


def is_page_number(element: etree._Element) -> bool:
    """Whether it is the number of a printed page, which stands wherever that page begins, or that of a line."""
    is_one = PAGE_ROLES.search(_kinds(element)) or PAGE_CLASSES.search(element.get("class", ""))
    return bool(is_one and PAGE_NUMBER.match("".join(element.itertext()).strip()))


def _kinds(element: etree._Element) -> str:
    return " ".join(element.get(attribute, "") for attribute in ("role", *EPUB_TYPES))
