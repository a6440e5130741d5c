"""A library in a folder of this machine: plain files, indexes, and a manifest that is replaced at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.files import ASIDE_NAME, make_folder, our_paths, remove_leftovers, set_modes, storage_errors
from retrieval.index.vector_store import Vectors, store_module
from retrieval.storage.manifest import (
    BACKUP,
    INDEXES,
    MANIFEST,
    TEXTS,
    CollectionRecord,
    Manifest,
    check_manifest,
    manifests_agree,
    read_manifest,
    recover_manifest,
    renew_backup,
    write_manifest,
)
from retrieval.storage.snapshots import (
    CollectionIndex,
    NewFolderIndex,
    new_index,
    open_index,
    open_vectors,
    stores_in,
    sweep,
    unnamed,
)
from retrieval.storage.source_texts import LibraryTexts
from retrieval.storage.write_lock import library_lock


class FolderStorage:
    """The place of a library on this machine; what the methods do is told at ``Storage``.

    Args:
        home: The data folder; made when it is first written to.
        store_name: Which store keeps the vectors of indexes that are built from now on.
    """

    indexes_stay = True
    room_note = ""

    def __init__(self, home: Path, store_name: str) -> None:
        self.home = home
        self._store_name = store_name
        self.texts = LibraryTexts(home / TEXTS)

    def stamp(self, *, fresh: bool = False) -> object:
        """When, and as which file, the manifest was last replaced; looking is cheap, so every look is fresh."""
        stamps = [_stamp(self.home / name) for name in (MANIFEST, BACKUP)]
        return stamps if any(stamps) else None

    def read_manifest(self) -> Manifest | None:
        """See ``Storage``."""
        return read_manifest(self.home)

    def recover_manifest(self) -> Manifest | None:
        """See ``Storage``."""
        return recover_manifest(self.home)

    def publish(self, manifest: Manifest) -> None:
        """See ``Storage``."""
        try:
            old = recover_manifest(self.home)
        except DamagedLibraryError:
            old = None
        if old and (dropped := old.text_files() - manifest.text_files()):
            self.texts.note(dropped)
        with storage_errors(self.home):
            for index in manifest.indexes() - (old.indexes() if old else set()):
                set_modes(self.home / INDEXES / index)  # NumPy and the stores leave them to the umask
        write_manifest(self.home, manifest)

    def lock(self, *, wait_seconds: float = 0) -> AbstractContextManager[None]:
        """See ``Storage``."""
        return library_lock(self.home, wait_seconds=wait_seconds)

    def open_index(self, record: CollectionRecord) -> CollectionIndex:
        """See ``Storage``."""
        return open_index(self.home, record.index)

    def open_vectors(self, index: str) -> AbstractContextManager[Vectors]:
        """See ``Storage``."""
        return open_vectors(self.home, index)

    def check_manifest(self) -> None:
        """See ``Storage``."""
        check_manifest(self.home)

    def machine_checks(self) -> Mapping[str, Callable[[], str]]:
        """See ``Storage``; of the store that is set, and of each that an index here was written by."""
        stores = sorted({self._store_name, *stores_in(self.home)})
        return {name: check for store in stores for name, check in store_module(store).machine_checks().items()}

    def checks(self) -> Mapping[str, Callable[[], str]]:
        """Nothing: the folder is looked at on every machine."""
        return {}

    def size_bytes(self) -> int:
        """See ``Storage``; counts what people know of, not what the file system makes of it."""
        folders = (self.texts.folder, self.home / INDEXES)
        return sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())

    def new_index(self, like: str = "") -> AbstractContextManager[NewFolderIndex]:
        """See ``Storage``."""
        with storage_errors(self.home):
            make_folder(self.home / INDEXES)  # nobody looks into it while others write there
        return new_index(self.home, like, self._store_name)

    def is_tidy(self, manifest: Manifest) -> bool:
        """See ``Storage``; whether manifest and backup agree takes a look at what is in them."""
        home, texts = self.home, self.texts
        asides = [path for folder in (home, home / INDEXES, texts.folder) for path in our_paths(folder, ASIDE_NAME)]
        return not asides and texts.is_settled and not unnamed(home, manifest.indexes()) and manifests_agree(home)

    def clean_up(self, manifest: Manifest) -> None:
        """See ``Storage``."""
        with storage_errors(self.home):
            remove_leftovers(self.home)
        sweep(self.home)
        self.texts.settle(manifest.text_files())
        renew_backup(self.home)  # last, when a full disk has room again

    def let_go_of_old(self, manifest: Manifest | None) -> None:
        """Delete old indexes when nobody else uses them; the next run that writes does it where this cannot."""
        with suppress(StorageError, DamagedLibraryError):
            sweep(self.home)

    def close(self) -> None:
        """See ``Storage``; indexes are let go by whoever holds them."""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever the file is replaced; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
