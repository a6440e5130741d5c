"""What a library on disk is: its every byte, what nothing names, and which of its files can be damaged."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from retrieval.storage.manifest import BACKUP, COPY, MANIFEST, Manifest
from retrieval.storage.write_lock import HOLDER

SIDES = ("chroma", "vectors", "keyword")


def snapshot(folder: Path) -> dict[str, str]:
    """Every path under ``folder`` with the hash of what it holds."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def read_manifest_at(home: Path) -> Manifest:
    envelope = json.loads((home / MANIFEST).read_bytes())
    return Manifest.model_validate_json(envelope["manifest"])


def unnamed_indexes(home: Path) -> list[str]:
    """What lies among the indexes and is not named by the manifest; without one, nothing is named yet."""
    named = read_manifest_at(home).indexes() if (home / MANIFEST).exists() else set()
    return sorted({path.name for path in (home / "index").glob("*")} - named)


def orphans(home: Path) -> list[str]:
    """Everything under ``home`` that the manifest does not name; empty when the library is whole and clean."""
    manifest = read_manifest_at(home)
    indexes = [home / "index" / name for name in manifest.indexes()]
    allowed = {MANIFEST, BACKUP, COPY, "library.lock", "texts", "index"}
    allowed |= {f"texts/{name}" for name in manifest.text_files()}
    allowed |= {f"index/{index.name}/{part}" for index in indexes for part in ("", "in-use", *SIDES)}
    allowed = {name.rstrip("/") for name in allowed}
    inside = [index / part for index in indexes for part in SIDES]
    # Who held the lock is told in a file that the next writer replaces; it does no harm.
    held = home / HOLDER
    found = [path for path in home.rglob("*") if path != held and not any(folder in path.parents for folder in inside)]
    strays = [str(path.relative_to(home)) for path in found if str(path.relative_to(home)) not in allowed]
    missing = [name for name in sorted(allowed) if not (home / name).exists()]
    for index in indexes:
        chroma = index / "chroma"
        with closing(sqlite3.connect(f"file:{chroma / 'chroma.sqlite3'}?mode=ro", uri=True)) as database:
            segments = {row[0] for row in database.execute("select id from segments")}
        strays += [str(folder.relative_to(home)) for folder in chroma.glob("*/") if folder.name not in segments]
    if len({(home / name).read_bytes() for name in (MANIFEST, BACKUP, COPY)}) > 1:
        strays.append("a backup that differs from the manifest")
    return strays + [f"missing: {name}" for name in missing]
