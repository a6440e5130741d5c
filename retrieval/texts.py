"""The stored source texts: plain files named by their hash, from which every index can be rebuilt."""

from __future__ import annotations

import hashlib
from pathlib import Path

from retrieval.errors import DamagedLibraryError
from retrieval.files import TEXT_NAME, our_paths, remove_leftovers, storage_errors, write_atomically
from retrieval.types import Source


class SourceTexts:
    """The texts in one folder.

    Args:
        folder: Where they lie; made when the first is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, source: Source) -> None:
        """Store the text of ``source``, unless a sound copy is there.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        data = source.text.encode("utf-8")
        path = self._path(source.sha256)
        with storage_errors(self.folder):
            sound = path.exists() and path.read_bytes() == data
        if not sound:
            write_atomically(path, data)

    def read(self, sha256: str) -> str:
        """Read a text from disk and prove it by its hash.

        Raises:
            DamagedLibraryError: If it is missing or is not the text that was indexed.
        """
        try:
            data = self._path(sha256).read_bytes()
        except OSError:
            data = None
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedLibraryError(
                f"The stored text {sha256[:12]} is missing or damaged; run `pullquote reindex` to repair the library."
            )
        return data.decode("utf-8")

    def keep_only(self, hashes: set[str]) -> None:
        """Delete every text whose hash is not in ``hashes``.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        with storage_errors(self.folder):
            remove_leftovers(self.folder)
            for path in our_paths(self.folder, TEXT_NAME):
                if path.stem not in hashes:
                    path.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.txt"
