"""The words of a diagram in a Word document (SmartArt), which lie in a part of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.loaders.office.parts import DRAWN
from retrieval.loaders.word.docx_names import W
from retrieval.loaders.word.docx_parts import TEXT_BOX

if TYPE_CHECKING:
    from lxml import etree

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
# What a point says before somebody has written anything.
PLACEHOLDER = f"{DIAGRAM}prSet[@phldr='1']"
REFERENCE = f"{DIAGRAM}relIds"


def diagram_text(root: etree._Element) -> etree._Element:
    """The words of a diagram as a text box: a paragraph for each of its points, in the order of writing.

    Args:
        root: The part with the data of the diagram.
    """
    from lxml import etree

    box = etree.Element(TEXT_BOX)
    for point in root.iterfind(f"{DIAGRAM}ptLst/{DIAGRAM}pt"):
        if point.find(PLACEHOLDER) is not None:
            continue
        for paragraph in point.iterfind(f"{DIAGRAM}t/{DRAWN}p"):
            run = etree.SubElement(etree.SubElement(box, f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}t").text = "".join(text.text or "" for text in paragraph.iter(f"{DRAWN}t"))
    return box
