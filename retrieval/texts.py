"""The stored source texts: plain files named by their hash, from which every index can be rebuilt.

Beside a text whose pages or headings are known lies a file with its places, named by a hash of its own.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from retrieval.errors import DamagedLibraryError
from retrieval.files import TEXT_NAME, our_paths, remove_leftovers, storage_errors, write_atomically
from retrieval.places import places_from_bytes, places_to_bytes
from retrieval.types import Place, Source


class SourceTexts:
    """The texts in one folder.

    Args:
        folder: Where they lie; made when the first is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, source: Source) -> None:
        """Store the text of ``source`` and its places, unless sound copies are there.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        self._write(self._path(source.sha256), source.text.encode("utf-8"))
        if source.places:
            places = places_to_bytes(source.places)
            self._write(self._places_path(hashlib.sha256(places).hexdigest()), places)

    def read(self, sha256: str) -> str:
        """Read a text from disk and prove it by its hash.

        Raises:
            DamagedLibraryError: If it is missing or is not the text that was indexed.
        """
        return self.read_bytes(sha256, ".txt").decode("utf-8")

    def read_places(self, sha256: str) -> tuple[Place, ...]:
        """Read a source's places from disk and prove them by their hash; an empty hash stands for none.

        Raises:
            DamagedLibraryError: If they are missing or not those that were indexed.
        """
        return places_from_bytes(self.read_bytes(sha256, ".json")) if sha256 else ()

    def prove(self, sha256: str, places_sha256: str) -> None:
        """Prove a text and its places by their hashes. Raises as ``read`` does."""
        self.read(sha256)
        self.read_places(places_sha256)

    def read_bytes(self, sha256: str, suffix: str) -> bytes:
        """Read the file of that hash, a text (``.txt``) or places (``.json``). Raises as ``read`` does."""
        path = self.folder / f"{sha256}{suffix}"
        try:
            data = path.read_bytes()
        except OSError:
            data = None
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise missing_text("text" if suffix == ".txt" else "places", sha256)
        return data

    def keep_only(self, hashes: set[str]) -> None:
        """Delete all texts and places whose hashes are not in ``hashes``.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        with storage_errors(self.folder):
            remove_leftovers(self.folder)
            for path in our_paths(self.folder, TEXT_NAME):
                if path.stem not in hashes:
                    path.unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes) -> None:
        with storage_errors(self.folder):
            sound = path.exists() and path.read_bytes() == data
        if not sound:
            write_atomically(path, data)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.txt"

    def _places_path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.json"


def missing_text(what: str, sha256: str) -> DamagedLibraryError:
    """The error for a stored text, or places, that cannot be had as they were."""
    verb = "is" if what == "text" else "are"
    return DamagedLibraryError(
        f"The stored {what} {sha256[:12]} {verb} missing or damaged; run `pullquote reindex` to repair the library."
    )
