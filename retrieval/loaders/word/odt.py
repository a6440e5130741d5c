"""OpenDocument text (ODT, and FODT as one file of XML) -> text, with the path of headings and the numbers it shows.

Read with ``lxml`` and not by way of odfdo: that keeps neither the numbers of lists nor what comes of them, and would
parse the file without limits. Each part is unpacked within limits and may not define entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from typing import TYPE_CHECKING

from retrieval.errors import SourceError
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import damaged, protected, refusing_damage, too_much
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.publication_date import iso_day
from retrieval.loaders.word.composition import comment_page, composed
from retrieval.loaders.word.docx_parts import MAX_PART_BYTES
from retrieval.loaders.word.flow import Flow
from retrieval.loaders.word.odt_body import OdtBody
from retrieval.loaders.word.odt_names import DC, MANIFEST, META, OFFICE, TEXT
from retrieval.loaders.word.odt_styles import OdtStyles

if TYPE_CHECKING:
    from lxml import etree

KIND = "OpenDocument"
ZIP = b"PK"
# Pictures in a file of one piece.
BINARY = re.compile(rb"<office:binary-data>[^<]*</office:binary-data>")
CONTENT, STYLES, FACTS, LOCKS = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
BEFORE_WORDS = frozenset(TEXT + name for name in ("p", "h", "s", "tab", "line-break"))
NOT_COUNTED = (f"{TEXT}tracked-changes", f"{OFFICE}forms")


class _Parts:
    """The parts of a file as trees; those of a file in one piece are all the same one."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data, KIND) if data.startswith(ZIP) else None
        self._whole = None if self._archive else _parsed(BINARY.sub(b"", data))

    def part(self, name: str) -> etree._Element | None:
        if self._archive is None:
            return self._whole
        return _parsed(self._archive.read(name)) if name in self._archive else None

    def embedded(self, name: str) -> etree._Element | None:
        """The part of an embedded object, such as a formula."""
        return self.part(normpath(f"{name}/{CONTENT}")) if self._archive else None

    def check_open(self) -> None:
        """Refuse a file whose parts are locked."""
        locks = self.part(LOCKS)
        if locks is not None and next(locks.iter(f"{MANIFEST}encryption-data"), None) is not None:
            raise protected()


def extract(data: bytes) -> Extracted:
    """Read an OpenDocument text.

    Raises:
        SourceError: If it is damaged, protected, without text, or unfolds into too much.
    """
    with refusing_damage(KIND):
        from lxml import etree

        parts = _Parts(data)
        parts.check_open()
        content = parts.part(CONTENT)
        text = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
        if content is None or text is None:
            raise SourceError(damaged(KIND))
        styles = OdtStyles(root for root in (content, parts.part(STYLES)) if root is not None)
        body = OdtBody(content, styles, parts.embedded)
        page = etree.Element("body")
        body.write(text, Flow(page))
        beside = list(_beside(body))
        title, day = _facts(parts.part(FACTS))
        return composed(page, beside, titles=[*body.titles, title], day=day, words_in=_count(text))


def _beside(body: OdtBody) -> Iterator[etree._Element]:
    """The notes, then the comments; a note may have a comment."""
    from lxml import etree

    for note in body.beside.notes:
        page = etree.Element("body")
        inner = note.find(f"{TEXT}note-body")
        body.write(note if inner is None else inner, Flow(page))
        yield page
    for comment in body.beside.comments:
        page = etree.Element("body")
        body.write(comment, Flow(page))
        yield comment_page(page, comment.findtext(f"{DC}creator") or "")


def _facts(root: etree._Element | None) -> tuple[str, str]:
    """The title that the file gives itself, and the day on which it was last changed, or made."""
    facts = None if root is None else next(root.iter(f"{OFFICE}meta"), None)
    if facts is None:
        return "", ""
    day = facts.findtext(f"{DC}date") or facts.findtext(f"{META}creation-date") or ""
    return facts.findtext(f"{DC}title") or "", iso_day(day)


def _count(text: etree._Element) -> int:
    """How many words the text holds, those that are left out among them."""
    from lxml import etree

    words: list[str] = []
    walk = etree.iterwalk(text, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in NOT_COUNTED:
                walk.skip_subtree()
            else:
                words.append(f"{' ' if element.tag in BEFORE_WORDS else ''}{element.text or ''}")
        else:
            words.append(element.tail or "")
    return len("".join(words).split())


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MAX_PART_BYTES:
        raise too_much()
    return parse_xml(data, KIND)
