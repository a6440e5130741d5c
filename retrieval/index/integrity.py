"""Finding damage in an index's files before they are used: their hashes are recorded once all is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from retrieval.errors import DamagedLibraryError
from retrieval.files import sha256_of, storage_errors, write_atomically

# Holds the hashes of the files beside it and below, by their paths.
HASHES = "seal.json"
DAMAGED = "The index is damaged; run `pullquote reindex` to rebuild it."
INCOMPLETE = "The index is incomplete; run `pullquote reindex` to rebuild it."


def record_hashes(folder: Path, files: Iterable[Path]) -> None:
    """Record the hashes of ``files`` under ``folder``; call it when nothing writes there any more.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    with storage_errors(folder):
        hashes = {path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(files)}
    write_atomically(folder / HASHES, json.dumps(hashes).encode("ascii"))


def check_hashes(folder: Path) -> None:
    """Compare the files with their recorded hashes; a folder that is being built has none yet.

    Raises:
        DamagedLibraryError: If a file is missing or altered.
    """
    try:
        sound = all(sha256_of(folder / name) == digest for name, digest in _recorded(folder).items())
    except OSError:
        sound = False
    if not sound:
        raise DamagedLibraryError(DAMAGED)


def recorded_files(folder: Path) -> set[Path]:
    """The files under ``folder`` whose hashes are recorded; none where it is being built.

    Raises:
        DamagedLibraryError: If the record is damaged.
    """
    return {folder / name for name in _recorded(folder)}


def _recorded(folder: Path) -> dict[str, str]:
    try:
        recorded = json.loads((folder / HASHES).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DamagedLibraryError(DAMAGED) from error
    if not isinstance(recorded, dict):
        raise DamagedLibraryError(DAMAGED)
    return recorded
