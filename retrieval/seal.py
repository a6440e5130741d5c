"""The seal on Chroma's vector files: their hashes, so that damage is found before Chroma reads them.

Chroma's HNSW code trusts its files: a flipped byte in one can end the whole process without a word. Its SQLite file is
not sealed, because opening it for reading already changes it; SQLite finds most damage by itself.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from retrieval.errors import DamagedLibraryError
from retrieval.files import write_atomically

SEAL = "seal.json"
# Chroma loads the vector files of a segment only when this one is there; before that it rewrites them as it likes.
PERSISTED = "index_metadata.pickle"


def seal(folder: Path) -> None:
    """Record the hashes of the vector files under ``folder``; call it when nothing writes there any more.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    write_atomically(folder / SEAL, json.dumps(_hashes(folder)).encode("ascii"))


def break_seal(folder: Path) -> None:
    """Forget the hashes, before something is written; a run that is killed leaves no seal and no false alarm."""
    (folder / SEAL).unlink(missing_ok=True)


def check_seal(folder: Path) -> None:
    """Compare the vector files with their recorded hashes; without a seal there is nothing to compare.

    Raises:
        DamagedLibraryError: If a file is missing or altered.
    """
    path = folder / SEAL
    try:
        recorded = path.read_bytes()
    except OSError:
        return
    # A writer may have begun meanwhile: then the seal is gone or new, and the comparison says nothing.
    if recorded != json.dumps(_hashes(folder)).encode("ascii") and path.exists() and path.read_bytes() == recorded:
        raise DamagedLibraryError("The index is damaged; run `pullquote reindex` to rebuild it.")


def _hashes(folder: Path) -> dict[str, str]:
    hashes = {}
    for segment in sorted(path.parent for path in folder.glob(f"*/{PERSISTED}")):
        for path in sorted(segment.iterdir()):
            with path.open("rb") as file:
                hashes[f"{segment.name}/{path.name}"] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes
