"""Finding damage in Chroma's files before Chroma reads them, because it can end the whole process without a word.

Its HNSW code trusts its files, so their hashes are recorded: the seal. Its SQLite file cannot be sealed, since opening
it for reading already changes it; SQLite's own check looks at that one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from retrieval.errors import DamagedLibraryError
from retrieval.files import write_atomically

SEAL = "seal.json"
# Chroma loads the vector files of a segment only when this one is there; before that it rewrites them as it likes.
PERSISTED = "index_metadata.pickle"
DATABASE = "chroma.sqlite3"
DAMAGED = "The index is damaged; run `pullquote reindex` to rebuild it."
# The whole check reads every page; beyond this size only the schema is looked at.
WHOLE_CHECK_BYTES = 100_000_000
NO_DAMAGE = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_READONLY_ROLLBACK"}


def seal(folder: Path) -> None:
    """Record the hashes of the vector files under ``folder``; call it when nothing writes there any more.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    # Not every change reaches the vector files at once; the id tells one seal from another all the same.
    content = {"id": uuid4().hex, "files": _hashes(folder)}
    write_atomically(folder / SEAL, json.dumps(content).encode("ascii"))


def break_seal(folder: Path) -> None:
    """Forget the hashes, before something is written; a run that is killed leaves no seal and no false alarm."""
    (folder / SEAL).unlink(missing_ok=True)


def read_seal(folder: Path) -> bytes | None:
    """The seal as it is now; None while something writes, and after a writer was killed."""
    try:
        return (folder / SEAL).read_bytes()
    except OSError:
        return None


def check_seal(folder: Path) -> None:
    """Compare the vector files with their recorded hashes; without a seal there is nothing to compare.

    Raises:
        DamagedLibraryError: If a file is missing or altered.
    """
    recorded = read_seal(folder)
    if recorded is None:
        return
    try:
        files, found = json.loads(recorded)["files"], _hashes(folder)
        sound = all(found.get(name) == digest for name, digest in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        sound = False
    # A writer may have begun meanwhile: then the seal is gone or new, and the comparison says nothing.
    if not sound and read_seal(folder) == recorded:
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


def _hashes(folder: Path) -> dict[str, str]:
    hashes = {}
    for segment in sorted(path.parent for path in folder.glob(f"*/{PERSISTED}")):
        for path in sorted(path for path in segment.iterdir() if path.is_file()):
            with path.open("rb") as file:
                hashes[f"{segment.name}/{path.name}"] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes
