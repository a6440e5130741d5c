"""A ZIP archive that somebody gives: each document in it is a file of its own."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.discord.sources.given_files import GivenFile
from retrieval import SourceError, SourceProblem, ZippedDocument, check_file, find_zipped, is_zip
from retrieval.loaders.zipped_documents import MAX_ZIP_BYTES, TOO_LARGE


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """The documents in an archive, and how many of its files are none."""

    files: tuple[GivenFile, ...]
    passed_over: int


def is_archive(name: str) -> bool:
    """Whether a file's name says that it is an archive."""
    return is_zip(Path(name))


def check_given(name: str, size: int) -> None:
    """Refuse a file or an archive by its name and size, before it is fetched.

    Raises:
        SourceError: If it cannot be read, or is too large.
    """
    if not is_archive(name):
        check_file(name, size)
    elif size > MAX_ZIP_BYTES:
        raise SourceError(TOO_LARGE, SourceProblem.TOO_LARGE, limit_bytes=MAX_ZIP_BYTES).named(name)


@asynccontextmanager
async def unpacked(name: str, data: bytes) -> AsyncIterator[OpenArchive]:
    """Look into an archive; its documents can be fetched inside the block.

    Raises:
        SourceError: If it is damaged, protected, or has no documents in it.
    """
    with tempfile.TemporaryDirectory(prefix="pullquote-") as folder:
        path = Path(folder) / "archive.zip"
        await asyncio.to_thread(path.write_bytes, data)
        found = await asyncio.to_thread(find_zipped, path)
        files = [_given(name, document) for document in found.documents]
        yield OpenArchive(tuple(files), found.skipped + len(found.problems))


def _given(archive: str, document: ZippedDocument) -> GivenFile:
    async def fetch() -> bytes:
        return (await asyncio.to_thread(document.read)).data

    entry = str(PurePosixPath(archive) / document.name.partition(".zip/")[2])
    return GivenFile(entry, document.size_bytes, fetch)
