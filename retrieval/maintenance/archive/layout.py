"""What lies where in an exported library: a zip file of a manifest, texts, and each collection's chunks and vectors.

A chunk is stored as where it stands; what its vector is called follows from its words. Vectors are in the order of
these names, each once. The zip file's comment is the SHA-256 of all bytes before it.
"""

from __future__ import annotations

import hashlib
import io
from typing import BinaryIO

import numpy as np
from pydantic import BaseModel, ConfigDict

from retrieval.storage.manifest import Manifest

FORMAT = 1
CONTENTS = "contents.json"
CHECKSUM = b"sha256:"
CHECKSUM_BYTES = len(CHECKSUM) + 64
VECTOR_TYPE = np.dtype("<f4")
# What a part may take and how far it may be compressed, so that a small file cannot fill the memory of its reader.
MOST_CONTENTS_BYTES = 50_000_000
MOST_SHRINKING = 100
BLOCK_BYTES = 1 << 20
# The same library gives the same bytes, whenever it is exported.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class Contents(BaseModel):
    """The table of contents: the manifest, whose indexes have no names, and the SHA-256 of every part by its name."""

    model_config = ConfigDict(frozen=True)

    format: int
    manifest: Manifest
    parts: dict[str, str]


def text_part(sha256: str) -> str:
    """Where a source's text is."""
    return f"texts/{sha256}.txt"


def structure_part(sha256: str) -> str:
    """Where a source's structure is."""
    return f"texts/{sha256}.json"


def chunks_part(number: int) -> str:
    """Where the chunks of a collection are: a list of source id, start and end for each."""
    return f"collections/{number:04d}/chunks.json"


def vectors_part(number: int) -> str:
    """Where the vectors of a collection are: a NumPy array; (vectors, dimension) float32."""
    return f"collections/{number:04d}/vectors.npy"


def vectors_header(count: int, dimension: int) -> bytes:
    """What stands before the numbers of an array of vectors."""
    header = io.BytesIO()
    shape = {"descr": VECTOR_TYPE.str, "fortran_order": False, "shape": (count, dimension)}
    np.lib.format.write_array_header_1_0(header, shape)
    return header.getvalue()


def checksum(file: BinaryIO, size: int) -> bytes:
    """What ends an archive of that size in bytes: the hash of everything before it."""
    file.seek(0)
    digest, left = hashlib.sha256(), size - CHECKSUM_BYTES
    while left > 0 and (block := file.read(min(left, BLOCK_BYTES))):
        digest.update(block)
        left -= len(block)
    return CHECKSUM + digest.hexdigest().encode("ascii")


def collection_numbers(manifest: Manifest) -> dict[str, int]:
    """The number that stands for each collection's name in the names of parts."""
    return {name: number for number, name in enumerate(sorted(manifest.collections))}


def part_names(manifest: Manifest) -> set[str]:
    """The names of all parts that belong to a manifest."""
    names = {text_part(sha256) for sha256 in manifest.texts()} | {
        structure_part(sha256) for sha256 in manifest.structures()
    }
    for name, number in collection_numbers(manifest).items():
        if manifest.collections[name].chunks:
            names |= {chunks_part(number), vectors_part(number)}
    return names
