"""The stored source texts: plain files named by their hash, from which every index can be rebuilt.

Beside a text of which more is known than its words lies a file with its structure, named by a hash of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from retrieval.errors import DamagedLibraryError
from retrieval.files import TEXT_NAME, make_folder, our_paths, remove_leftovers, storage_errors, write_atomically
from retrieval.structure import structure_from_bytes, structure_to_bytes
from retrieval.types import Source, Structure

# The names of files that a change adds or drops; it goes when the change is done.
JOURNAL = "journal"


class SourceTexts:
    """The texts in one folder.

    Args:
        folder: Where they lie; made when the first is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, source: Source) -> None:
        """Store the text of ``source`` and its structure, unless sound copies are there.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        self._write(self._path(source.sha256), source.text.encode("utf-8"))
        structure = structure_to_bytes(source.structure)
        if structure:
            self._write(self.folder / f"{hashlib.sha256(structure).hexdigest()}.json", structure)

    def read(self, sha256: str) -> str:
        """Read a text from disk and prove it by its hash.

        Raises:
            DamagedLibraryError: If it is missing or is not the text that was indexed.
        """
        return self.read_bytes(sha256, ".txt").decode("utf-8")

    def read_structure(self, sha256: str) -> Structure:
        """Read a source's structure from disk and prove it by its hash; an empty hash stands for none.

        Raises:
            DamagedLibraryError: If it is missing or not the one that was indexed.
        """
        return structure_from_bytes(self.read_bytes(sha256, ".json") if sha256 else b"")

    def prove(self, sha256: str, structure_sha256: str) -> None:
        """Prove a text and its structure by their hashes. Raises as ``read`` does."""
        self.read(sha256)
        self.read_structure(structure_sha256)

    def read_bytes(self, sha256: str, suffix: str) -> bytes:
        """Read the file of that hash, a text (``.txt``) or a structure (``.json``). Raises as ``read`` does."""
        path = self.folder / f"{sha256}{suffix}"
        try:
            data = path.read_bytes()
        except OSError:
            data = None
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise missing_text("text" if suffix == ".txt" else "structure", sha256)
        return data

    def hashes(self) -> set[str]:
        """The hashes of all texts that are stored, sound or not."""
        return {path.stem for path in our_paths(self.folder, TEXT_NAME) if path.suffix == ".txt"}

    def keep_only(self, hashes: set[str]) -> None:
        """Delete all texts and structures whose hashes are not in ``hashes``.

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


class LibraryTexts(SourceTexts):
    """The texts of a library in a folder; none is ever deleted that this program has not itself added or dropped.

    A change writes down what it is about to add, before it does, and what it drops, before the manifest does. Only what
    stands there can be a leftover. Any other text that no manifest names may be the last copy of a document whose
    manifest was lost, and stays.
    """

    @property
    def is_settled(self) -> bool:
        """Whether no change is under way, or was interrupted."""
        return not (self.folder / JOURNAL).exists()

    def note(self, names: Iterable[str]) -> None:
        """Write down the names of files that a change adds or drops.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        # Not flushed to disk: what a power failure leaves unwritten here is a text too many.
        with storage_errors(self.folder):
            make_folder(self.folder)
            with (self.folder / JOURNAL).open("a", encoding="ascii") as journal:
                journal.writelines(f"\n{name}" for name in names)  # a torn line spoils no other

    def settle(self, needed: set[str]) -> None:
        """Delete what changes added or dropped, except the files whose names are in ``needed``.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        with storage_errors(self.folder):
            remove_leftovers(self.folder)
            if self.is_settled:
                return
            noted = set((self.folder / JOURNAL).read_text("ascii", "replace").split("\n"))
            for name in noted - needed:
                if TEXT_NAME.fullmatch(name):
                    (self.folder / name).unlink(missing_ok=True)
            (self.folder / JOURNAL).unlink()

    def _write(self, path: Path, data: bytes) -> None:
        if not path.exists():
            self.note([path.name])
        super()._write(path, data)


def missing_text(what: str, sha256: str) -> DamagedLibraryError:
    """The error for what is stored of a text, and cannot be had as it was."""
    verb = "are" if what.endswith("s") else "is"
    return DamagedLibraryError(
        f"The stored {what} {sha256[:12]} {verb} missing or damaged; run `pullquote reindex` to repair the library."
    )
