"""Finding damage in an index's files before they are used: their hashes are recorded, which is the seal.

Chroma's HNSW code trusts its files, and can end the whole process without a word. Its SQLite file changes when it is
opened, if only for reading: where Chroma is asked for questions, SQLite's own check looks at that one instead.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from retrieval.errors import DamagedLibraryError
from retrieval.files import sha256_of, storage_errors, write_atomically
from retrieval.index.chroma.native import DATABASE

SEAL = "seal.json"
# Chroma loads the vector files of a segment only when this one is there; before that it rewrites them as it likes.
PERSISTED = "index_metadata.pickle"
DAMAGED = "The index is damaged; run `pullquote reindex` to rebuild it."
# The whole check reads every page; beyond this size only the schema is looked at.
WHOLE_CHECK_BYTES = 100_000_000
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")
NO_DAMAGE = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_READONLY_ROLLBACK"}


def seal(folder: Path, files: Iterable[Path]) -> None:
    """Record the hashes of ``files`` under ``folder``; call it when nothing writes there any more.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    with storage_errors(folder):
        hashes = {path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(files)}
    write_atomically(folder / SEAL, json.dumps(hashes).encode("ascii"))


def check_seal(folder: Path) -> None:
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


def sealed(folder: Path) -> set[Path]:
    """The files under ``folder`` whose hashes are recorded; none where it is being built.

    Raises:
        DamagedLibraryError: If the seal is damaged.
    """
    return {folder / name for name in _recorded(folder)}


def check_database(folder: Path, *, every_page: bool = False) -> None:
    """Let SQLite look over Chroma's database: its schema always, every page when it is not large.

    Args:
        folder: Chroma's folder.
        every_page: Whether to read every page whatever it takes, and compare them with each other.

    Raises:
        DamagedLibraryError: If SQLite finds damage.
    """
    path = folder / DATABASE
    if not path.exists():
        raise DamagedLibraryError(DAMAGED)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if every_page or path.stat().st_size <= WHOLE_CHECK_BYTES:
                check = "integrity_check" if every_page else "quick_check"
                (verdict,) = database.execute(f"PRAGMA {check}(1)").fetchone()
                if verdict != "ok":
                    raise DamagedLibraryError(DAMAGED)
    except sqlite3.OperationalError as error:
        # Locked by a writer, or not to be opened read-only after a crash: that is no sign of damage.
        if error.sqlite_errorname not in NO_DAMAGE:
            raise DamagedLibraryError(DAMAGED) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise DamagedLibraryError(DAMAGED) from error


def copy_database(folder: Path, other: Path) -> None:
    """Copy Chroma's database to another folder as it is at one moment, though others may be opening it.

    Raises:
        DamagedLibraryError: If SQLite cannot read it.
        OSError: If the other folder cannot be written.
    """
    check_database(folder)
    try:
        with (
            closing(sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(other / DATABASE)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        if error.sqlite_errorname.startswith(NO_ROOM):
            raise OSError(errno.ENOSPC, "no space left") from error
        raise DamagedLibraryError(DAMAGED) from error


def persisted_segments(folder: Path) -> list[Path]:
    """The folders under ``folder`` whose vector files Chroma relies on."""
    return sorted(path.parent for path in folder.glob(f"*/{PERSISTED}"))


def _recorded(folder: Path) -> dict[str, str]:
    try:
        recorded = json.loads((folder / SEAL).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DamagedLibraryError(DAMAGED) from error
    if not isinstance(recorded, dict):
        raise DamagedLibraryError(DAMAGED)
    return recorded
