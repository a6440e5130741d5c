"""A zip archive read within limits: what DOCX and EPUB files are.

An archive may say anything about itself. So its directory is looked at first, and then every part that is read is
unpacked a piece at a time up to a limit, whatever the directory says. Nothing is ever written to disk, so a name that
climbs out of its folder ("../") is only a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.load_errors import damaged, protected, too_much
from retrieval.loaders.utf8 import is_utf8

if TYPE_CHECKING:
    from lxml import etree

MAX_ENTRIES = 20_000
# All parts together, and one of them. The text of the longest novels is some 5 MB, in markup some 20.
MAX_UNPACKED_BYTES = 150_000_000
MAX_PART_BYTES = 50_000_000
# Text in markup packs to a tenth, very regular tables to a hundredth; a part that is large and packs better is made to
# burst.
MAX_RATIO = 250
HARMLESS_BYTES = 5_000_000
PIECE = 1 << 16
ENCRYPTED = 0x1
# What every program packs with. The others are rare, and their unpackers much less tried.
METHODS = (ZIP_STORED, ZIP_DEFLATED)
# Names that say nothing of their encoding are read as in this one, whoever wrote them.
OLD_ENCODING = "cp437"

ODD_METHOD = "{name} is packed in an unusual way; pack it again as a plain zip archive and index that."


@dataclass(frozen=True, slots=True)
class Limits:
    """How many entries an archive may have, and how many bytes all of them and each may unfold into."""

    entries: int = MAX_ENTRIES
    unpacked_bytes: int = MAX_UNPACKED_BYTES
    part_bytes: int = MAX_PART_BYTES


class Archive:
    """The parts of a zip archive by name.

    Args:
        data: The archive.
        kind: What the file is meant to be, for the sentence about a damaged one.
        limits: What it may hold.

    Raises:
        SourceError: If it is no zip archive, has too many entries, or is protected by a password.
    """

    def __init__(self, data: bytes, kind: str, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._kind = kind
        self._unpacked = 0
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise SourceError(damaged(kind)) from error
        entries = self._zip.infolist()
        if len(entries) > limits.entries:
            raise too_much()
        # Some programs of Windows part folders with its own sign.
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def entries(self) -> list[ZipInfo]:
        """What the archive says of each part."""
        return list(self._entries.values())

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """One part.

        Raises:
            SourceError: If it is missing, damaged, protected, or larger than is safe, by itself or with those before.
        """
        entry = self._entries.get(name.replace("\\", "/"))
        if entry is None:
            raise SourceError(damaged(self._kind))
        if entry.flag_bits & ENCRYPTED:
            raise protected()
        if entry.file_size > self._limits.part_bytes or _bursts(entry, entry.file_size):
            raise too_much()
        if entry.compress_type not in METHODS:
            raise SourceError(ODD_METHOD, SourceProblem.FORMAT)
        part = bytearray()
        with self._zip.open(entry) as stream:
            while piece := stream.read(PIECE):
                part += piece
                self._unpacked += len(piece)
                if len(part) > self._limits.part_bytes or self._unpacked > self._limits.unpacked_bytes:
                    raise too_much()
                if _bursts(entry, len(part)):
                    raise too_much()
        return bytes(part)


def readable_name(name: str) -> str:
    """A part's name, in UTF-8 where it is that and the archive does not say so."""
    try:
        return name.encode(OLD_ENCODING).decode("utf-8")
    except UnicodeError:
        return name


def parse_xml(data: bytes, kind: str) -> etree._Element:
    """The tree of an XML part of an archive. None of them has reason to define entities; one that does is refused.

    Raises:
        SourceError: If it is no XML, or defines entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8" if is_utf8(data) and not data.isascii() else None,  # whatever it declares
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(damaged(kind)) from error
    refuse_entities(root, kind)
    return root


def refuse_entities(element: etree._Element, kind: str) -> None:
    """Refuse a part of an archive that defines entities.

    Args:
        element: Any of it.
        kind: What the archive is meant to be.

    Raises:
        SourceError: If it does.
    """
    definitions = element.getroottree().docinfo.internalDTD
    if definitions is not None and next(definitions.iterentities(), None) is not None:
        raise SourceError(damaged(kind))


def _bursts(entry: ZipInfo, unpacked: int) -> bool:
    return unpacked > HARMLESS_BYTES and unpacked > MAX_RATIO * max(entry.compress_size, 1)
