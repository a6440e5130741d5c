"""Chroma's SQLite file, looked over and copied without Chroma.

Chroma's code trusts its files, and can end the whole process without a word. This one changes when Chroma opens it, if
only for reading, so that its hash proves nothing where Chroma is asked for questions: SQLite's own check has to do.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

from retrieval.errors import DamagedLibraryError, RetrievalError
from retrieval.index.chroma.native import DATABASE
from retrieval.index.integrity import DAMAGED

# Chroma's own minimum (its documentation, "Troubleshooting: SQLite").
OLDEST_SQLITE = (3, 35, 0)
# The whole check reads every page; beyond this size only the schema is looked at.
WHOLE_CHECK_BYTES = 100_000_000
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")
NO_DAMAGE = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_READONLY_ROLLBACK"}


def check_sqlite() -> str:
    """The version of SQLite, if Chroma can use it.

    Raises:
        RetrievalError: If it cannot.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise RetrievalError(f"SQLite {sqlite3.sqlite_version} is too old for Chroma; use a Python with 3.35 or later.")
    return sqlite3.sqlite_version


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
