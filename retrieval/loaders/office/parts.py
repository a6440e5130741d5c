"""The parts of an Office file: which leads to which, and an archive of those that a library may see.

The libraries for these formats unpack and parse without limits. So they are given an archive that was made anew: only
the parts that are needed, each unpacked within limits and free of entities, and no relation to a part that is not in it
or to anywhere else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_STORED, ZipFile

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import clean
from retrieval.loaders.load_errors import damaged
from retrieval.loaders.markup.safe_zip import Archive, parse_xml, refuse_entities
from retrieval.loaders.publication_date import iso_day

if TYPE_CHECKING:
    from lxml import etree

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATIONS = ".rels"
CONTENT_TYPES = "[Content_Types].xml"
CORE_PROPERTIES = "docProps/core.xml"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CREATED = "{http://purl.org/dc/terms/}created"
# Parts that are larger are read a piece at a time, by who knows what is in them.
MAX_TREE_BYTES = 10_000_000


class Relation(NamedTuple):
    """What a part says of another: the last word of the relation's type, and the other's name."""

    kind: str
    target: str


def refuse_old(data: bytes, program: str, ending: str) -> None:
    """Refuse what is no zip archive because it is older than that, or encrypted.

    Raises:
        SourceError: If it is.
    """
    if data.startswith(OLE):
        sentence = (
            f"{{name}} is protected by a password or is an old {program} file; save it as {ending} without a password "
            "and index that."
        )
        raise SourceError(sentence, SourceProblem.PROTECTED)


def relations(archive: Archive, part: str, kind: str) -> dict[str, Relation]:
    """The relations of a part by their ids; those that lead out of the archive are left out."""
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}{RELATIONS}".lstrip("/")
    if name not in archive:
        return {}
    found = {}
    for element in _inner_relations(parse_xml(archive.read(name), kind)):
        target = _absolute(element.get("Target", ""), folder)
        found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], target)
    return found


def main_part(archive: Archive, kind: str) -> str:
    """The part that the others belong to.

    Raises:
        SourceError: If there is none.
    """
    found = next((one.target for one in relations(archive, "", kind).values() if one.kind == "officeDocument"), "")
    if found not in archive:
        raise SourceError(damaged(kind))
    return found


def made_anew(
    archive: Archive,
    kind: str,
    needless: Sequence[str],
    change: Callable[[str, etree._Element], None],
) -> BytesIO:
    """An archive of the parts that are needed, each known to be harmless.

    Args:
        archive: The file.
        kind: What it is meant to be, for the sentence about a damaged one.
        needless: What the names of parts hold that are not needed.
        change: Changes the tree of a small part before it is written.
    """
    from lxml import etree

    names = {
        name
        for name in archive.names
        if name.endswith((".xml", RELATIONS)) and not any(word in name for word in needless)
    }
    # Large and small letters are the same in the names of parts; the libraries look for them as relations have them.
    spelt = {one.target.lower(): one.target for part in ("", *names) for one in relations(archive, part, kind).values()}
    spelt[CONTENT_TYPES.lower()] = CONTENT_TYPES
    kept = {spelt.get(name.lower(), name) for name in names}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as parts:
        for name in archive.names:
            if name not in names:
                continue
            part = archive.read(name)
            if len(part) > MAX_TREE_BYTES:
                check_large(part, kind)
            else:
                root = parse_xml(part, kind)
                if name.endswith(RELATIONS):
                    _keep(root, name, kept)
                change(name, root)
                part = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
            parts.writestr(spelt.get(name.lower(), name), part)
    made.seek(0)
    return made


def elements(part: bytes, kind: str, *tags: str) -> Iterator[etree._Element]:
    """The elements with one of these tags, each of them forgotten when the next one is read.

    Raises:
        SourceError: If the part is no XML, or defines entities.
    """
    from lxml import etree

    reading = etree.iterparse(
        BytesIO(part), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    is_checked = False
    try:
        for _, element in reading:
            if not is_checked:
                is_checked = True
                refuse_entities(element, kind)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        if not is_checked and reading.root is not None:
            refuse_entities(reading.root, kind)
    except etree.XMLSyntaxError as error:
        raise SourceError(damaged(kind)) from error


def check_large(part: bytes, kind: str) -> None:
    """Refuse a part that is no XML or defines entities; its rows and strings need not all be in memory for that."""
    for _ in elements(part, kind, "{*}row", "{*}si", "{*}p"):
        pass


def properties(archive: Archive, kind: str) -> tuple[str, str]:
    """What the file says of itself: its title, and the day on which it was made."""
    if CORE_PROPERTIES not in archive:
        return "", ""
    root = parse_xml(archive.read(CORE_PROPERTIES), kind)
    return root.findtext(f".//{TITLE}") or "", iso_day(root.findtext(f".//{CREATED}"))


def drawn_words(paragraph: etree._Element) -> str:
    """The words of a paragraph in a drawing, as shapes, charts and diagrams have them."""
    return clean("".join(part.text or "" for part in paragraph.iter(f"{DRAWN}t")))


def _keep(root: etree._Element, name: str, names: set[str]) -> None:
    """Drop the relations that lead out of the archive."""
    folder = posixpath.dirname(posixpath.dirname(name))
    inner = {element for element in _inner_relations(root) if _absolute(element.get("Target", ""), folder) in names}
    for element in list(root):
        if element not in inner:
            root.remove(element)


def _inner_relations(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root if element.get("TargetMode", "Internal") == "Internal")


def _absolute(target: str, folder: str) -> str:
    """The name of a part, by what another in that folder calls it."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
