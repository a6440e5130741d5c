"""A small exported library, as it is and as it once was."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from bot import Settings
from retrieval import Indexer, Library, export_library, load_path
from retrieval.maintenance.archive.layout import CHECKSUM_BYTES
from retrieval.maintenance.archive.reader import ArchiveReader
from tests.faults.server import WordEmbeddings
from tests.retrieval.strategies import make_source

BEES = make_source("The bees live behind the orchard. They swarm in May.", uri="test:bees", title="Bees")


@cache
def exported() -> bytes:
    """A small library's file, made once."""
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        library = Library(Settings(home=Path(scratch) / "home"), WordEmbeddings())
        path = Path(scratch) / "notes.md"
        path.write_text("# Pool\n\nThe pool opens at nine.\n\n## Fees\n\nGuests pay three euros.\n")
        Indexer(library).add([load_path(path), BEES], "rules")
        export_library(library, Path(scratch) / "x.zip")
        library.close()
        return (Path(scratch) / "x.zip").read_bytes()


def read_whole(path: Path) -> Any:
    archive = ArchiveReader(path)
    try:
        read = [archive.collection(name) for name in archive.manifest.collections]
        return archive.manifest, [
            (chunked, {key: tuple(row) for key, row in vectors.items()}) for chunked, vectors in read
        ]
    finally:
        archive.close()


def as_once_exported(data: bytes) -> bytes:
    """The file as it was before there was a checksum of all of it."""
    return data[: -CHECKSUM_BYTES - 2] + b"\0\0"
