"""The marks of footnotes: "[12]" after a word leads to a note, "↩" leads back; neither is a part of the sentence."""

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
# So far up a link may be raised.
MAX_STEPS = 3


def is_note_mark(link: etree._Element) -> bool:
    """Whether it is a link that only leads to a note or back: its text would stand in the middle of a sentence."""
    if local_name(link) != "a":
        return False
    kinds = " ".join(link.get(attribute, "") for attribute in ("role", *EPUB_TYPES))
    if NOTE_ROLES.search(kinds):
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
