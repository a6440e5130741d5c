"""Overwriting what Chroma's vector files hold beside vectors: memory of this process that happened to lie there.

Chroma writes some files at their full capacity before that much is in use, out of memory that was never cleared
(chroma-core/chroma issue 7688). In a program that answers people, that memory holds their questions and names.
"""

from __future__ import annotations

import struct
from pathlib import Path

HEADER, VECTORS, LENGTHS = "header.bin", "data_level0.bin", "length.bin"
# How the header begins: the version; where the links of an element begin; for how many there is room; how many there
# are; the bytes of one; where in it the label and the vector begin.
LAYOUT, VERSION = struct.Struct("<i6Q"), 1
LABEL_BYTES, LENGTH_BYTES = 8, 4


def vector_segments(folder: Path) -> dict[Path, int]:
    """The folders under Chroma's ``folder`` that hold vector files, and when their headers were written (ns)."""
    return {path.parent: path.stat().st_mtime_ns for path in folder.glob(f"*/{HEADER}")}


def scrub_unused(segment: Path) -> None:
    """Overwrite with zeros whatever in a segment's vector files belongs to no element.

    Files that are not laid out as expected are left as they are: Chroma will say what is wrong with them.

    Raises:
        OSError: If the files cannot be written.
    """
    header = (segment / HEADER).read_bytes()[: LAYOUT.size]
    if len(header) < LAYOUT.size:
        return
    version, _, room, used, size, label, _ = LAYOUT.unpack(header)
    if version != VERSION or used > room or label + LABEL_BYTES != size:
        return
    for name, each in ((VECTORS, size), (LENGTHS, LENGTH_BYTES)):
        path = segment / name
        if not path.is_file():
            continue
        with path.open("r+b") as file:
            rest = path.stat().st_size - file.seek(used * each)
            if rest > 0:
                file.write(bytes(rest))
