"""The parts of a Word document: which of the archive is the text, and which ones belong to it.

Source of the method: the relationships of the Open Packaging Conventions (ECMA-376, part 2). Pictures, macros and links
to elsewhere are never looked at.
"""

from __future__ import annotations

from posixpath import dirname, join
from typing import TYPE_CHECKING

from retrieval.errors import SourceError
from retrieval.loaders.load_errors import damaged, too_much
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.office.parts import CORE_PROPERTIES, relations
from retrieval.loaders.word.docx_names import MC, STRICT, W

if TYPE_CHECKING:
    from lxml import etree

KIND = "DOCX"
# The tree of a part takes some ten times its size.
MAX_PART_BYTES = 30_000_000
MAIN = "word/document.xml"
TEXT_BOX = f"{W}txbxContent"


class Parts:
    """The text of a Word document and the parts that belong to it, as trees.

    Args:
        archive: The file.

    Raises:
        SourceError: From each method, if a part is damaged, or larger than is safe.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._main = self._related("", "officeDocument") or MAIN

    def main(self) -> etree._Element:
        """The text."""
        root = self._tree(self._main)
        if root is None or root.find(f"{W}body") is None:
            raise SourceError(damaged(KIND))
        return root

    def related(self, kind: str) -> etree._Element | None:
        """A part of the text by its kind, for example ``styles``; None where there is none."""
        return self._tree(self._related(self._main, kind) or join(dirname(self._main), f"{kind}.xml"))

    def diagram(self, relation_id: str) -> etree._Element | None:
        """The data of a diagram in the text, by the id of the relation that the text has to it."""
        found = relations(self._archive, self._main, KIND).get(relation_id)
        return None if found is None else self._tree(found.target)

    def properties(self) -> etree._Element | None:
        """What the file says of itself: title and dates."""
        return self._tree(self._related("", "core-properties") or CORE_PROPERTIES)

    def _related(self, part: str, kind: str) -> str:
        """The name of the part that another one, or the package, gives as its part of that kind; empty if none."""
        found = relations(self._archive, part, KIND).values()
        return next((relation.target for relation in found if relation.kind == kind), "")

    def _tree(self, name: str) -> etree._Element | None:
        if name not in self._archive:
            return None
        data = self._archive.read(name)
        if len(data) > MAX_PART_BYTES:
            raise too_much()
        for strict, transitional in STRICT.items():
            data = data.replace(strict, transitional)
        root = parse_xml(data, KIND)
        _choose(root)
        return root


def _choose(root: etree._Element) -> None:
    """Leave one of the ways in which a file says the same for programs of different age: the one with text in it."""
    for alternatives in list(root.iter(f"{MC}AlternateContent")):
        ways = [way for way in alternatives if way.tag in (f"{MC}Choice", f"{MC}Fallback")]
        chosen = next((way for way in ways if next(way.iter(TEXT_BOX), None) is not None), ways[0] if ways else None)
        for way in ways:
            if way is not chosen:
                alternatives.remove(way)
