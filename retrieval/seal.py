"""Finding damage in Chroma's files before Chroma reads them, because it can end the whole process without a word.

Its HNSW code trusts its files, so their hashes are recorded: the seal. Its SQLite file cannot be sealed, since opening
it for reading already changes it; SQLite's own check looks at that one.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from retrieval.chroma_core import DATABASE
from retrieval.errors import DamagedLibraryError
from retrieval.files import write_atomically

SEAL = "seal.json"
# Chroma loads the vector files of a segment only when this one is there; before that it rewrites them as it likes.
PERSISTED = "index_metadata.pickle"
DAMAGED = "The index is damaged; run `pullquote reindex` to rebuild it."
# The whole check reads every page; beyond this size only the schema is looked at.
WHOLE_CHECK_BYTES = 100_000_000
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")
NO_DAMAGE = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_READONLY_ROLLBACK"}


def seal(folder: Path) -> None:
    """Record the hashes of the vector files under ``folder``; call it when nothing writes there any more.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    write_atomically(folder / SEAL, json.dumps(_hashes(folder)).encode("ascii"))


def check_seal(folder: Path) -> None:
    """Compare the vector files with their recorded hashes; a folder that is being built has none yet.

    Raises:
        DamagedLibraryError: If a file is missing or altered.
    """
    if not (folder / SEAL).exists():
        return
    try:
        files, found = json.loads((folder / SEAL).read_bytes()), _hashes(folder)
        sound = all(found.get(name) == digest for name, digest in files.items())
    except (OSError, ValueError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise DamagedLibraryError(DAMAGED)


def check_database(folder: Path) -> None:
    """Let SQLite look over Chroma's database: its schema always, every page when it is not large.

    Raises:
        DamagedLibraryError: If SQLite finds damage.
    """
    path = folder / DATABASE
    if not path.exists():
        raise DamagedLibraryError(DAMAGED)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if path.stat().st_size <= WHOLE_CHECK_BYTES:
                (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
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


def _hashes(folder: Path) -> dict[str, str]:
    hashes = {}
    for segment in persisted_segments(folder):
        for path in sorted(path for path in segment.iterdir() if path.is_file()):
            with path.open("rb") as file:
                hashes[f"{segment.name}/{path.name}"] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes
