"""Where a library lies: what readers and writers need of that place, be it a folder or a Chroma server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from retrieval.index.bm25 import KeywordIndex
    from retrieval.index.vector_store import DenseSide, Vectors
    from retrieval.settings import LibrarySettings
    from retrieval.storage.manifest import CollectionRecord, Manifest
    from retrieval.types import Source, Structure


class TextStore(Protocol):
    """The stored source texts; what is read has been proven by its hash."""

    def write(self, source: Source) -> None:
        """Store the text of ``source`` and its structure, unless sound copies are there.

        Raises:
            StorageError: If the place cannot be written.
        """

    def read(self, sha256: str) -> str:
        """The text with that hash.

        Raises:
            DamagedLibraryError: If it is missing or is not the text that was indexed.
        """

    def read_structure(self, sha256: str) -> Structure:
        """The structure with that hash; an empty hash stands for none. Raises as ``read`` does."""

    def hashes(self) -> set[str]:
        """The hashes of all texts that are stored, named by a manifest or not."""

    def prove(self, sha256: str, structure_sha256: str) -> None:
        """Prove a text and its structure as they are stored, whatever copies are kept elsewhere. Raises as ``read``."""


class Index(Protocol):
    """Both sides of a published index; whoever holds this can go on asking it."""

    @property
    def vectors(self) -> Vectors:
        """All vectors, by id."""

    @property
    def dense(self) -> DenseSide:
        """The dense side."""

    @property
    def keyword(self) -> KeywordIndex:
        """The keyword side."""

    def prove(self) -> None:
        """Prove both sides as they are stored, whatever has been read of them already.

        Raises:
            DamagedLibraryError: If something is missing or altered.
        """


class NewIndex(Protocol):
    """An index while it is built, which no reader sees."""

    @property
    def name(self) -> str:
        """What a manifest calls it."""

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Add vectors by id, replacing those of the same id.

        Raises:
            StorageError: If the place cannot be written.
            DamagedLibraryError: If what is there cannot be used.
        """

    def delete(self, ids: Sequence[str]) -> None:
        """Leave out vectors that the index began with. Raises as ``add`` does."""

    def finish(self, keyword: KeywordIndex, record: CollectionRecord) -> None:
        """Write the keyword side; nothing is written afterwards.

        Args:
            keyword: What both sides hold.
            record: The sources of the index; its name is not looked at.

        Raises:
            DamagedLibraryError: If vectors are missing that an older index should have had.
            StorageError: If the place cannot be written.
        """


class Storage(Protocol):
    """The place of one library."""

    # Whether an index that somebody has open stays as it is when another is published. Where it does not, a reader
    # has to look whether the library has changed while it read.
    indexes_stay: bool
    # Who gives the room back that compacting leaves free, where this program cannot; a sentence for people, or empty.
    room_note: str

    @property
    def texts(self) -> TextStore:
        """The stored texts."""

    def stamp(self, *, fresh: bool = False) -> object:
        """What changes whenever the manifest does; None when there is no library yet.

        Args:
            fresh: Whether to look now; else what was seen a moment ago may do.
        """

    def read_manifest(self) -> Manifest | None:
        """The manifest in force; None when there is no library yet.

        Raises:
            DamagedLibraryError: If it cannot be trusted, or texts or indexes are there without one.
        """

    def recover_manifest(self) -> Manifest | None:
        """The manifest or, when it is damaged, its backup; None when there is no library yet.

        Raises:
            DamagedLibraryError: If neither can be trusted.
        """

    def publish(self, manifest: Manifest) -> None:
        """Put ``manifest`` in force, at one moment.

        Raises:
            StorageError: If the place cannot be written; the old manifest stays in force then.
        """

    def lock(self, *, wait_seconds: float = 0) -> AbstractContextManager[None]:
        """Be the one writer, for as long as the context is open.

        Raises:
            LibraryBusyError: If another process is it for longer than ``wait_seconds``.
            StorageError: If the place cannot be written.
        """

    def open_index(self, record: CollectionRecord) -> Index:
        """The published index of a collection that has chunks.

        Raises:
            DamagedLibraryError: If it is missing or altered.
        """

    def open_vectors(self, index: str) -> AbstractContextManager[Vectors]:
        """The dense side alone of an index that is in force, while this process is the one writer."""

    def check_manifest(self) -> None:
        """Look at the manifest and its backup.

        Raises:
            DamagedLibraryError: If either is missing or altered.
        """

    def machine_checks(self) -> Mapping[str, Callable[[], str]]:
        """What this place needs of the machine: checks as those of ``checks``."""

    def checks(self) -> Mapping[str, Callable[[], str]]:
        """What ``doctor`` looks at in this place besides the folder: checks by name, each of which gives a few words.

        They raise ``RetrievalError``, one sentence with the remedy, where something is wrong.
        """

    def size_bytes(self) -> int | None:
        """How much room the library takes on this machine's disk; None where it lies elsewhere."""

    def new_index(self, like: str = "") -> AbstractContextManager[NewIndex]:
        """An index to build, which goes away again unless a manifest names it by the end of the context.

        Args:
            like: The name of the index whose vectors it begins with; none when empty.
        """

    def is_tidy(self, manifest: Manifest) -> bool:
        """Whether no interrupted run has left anything behind; a look at names only."""

    def clean_up(self, manifest: Manifest) -> None:
        """Delete what interrupted runs left, and what the manifest does not name any more and nobody uses.

        A text that no run of this program was adding or dropping stays, also where no manifest names it.

        Raises:
            StorageError: If the place cannot be written.
        """

    def let_go_of_old(self, manifest: Manifest | None) -> None:
        """Called by a reader that has let go of indexes which are not in force any more."""

    def close(self) -> None:
        """Let go of everything; what is asked afterwards is opened again."""


def open_storage(settings: LibrarySettings) -> Storage:
    """The place that the settings name; nothing is opened or made before it is needed."""
    if settings.chroma_url:
        from retrieval.storage.server.storage import ServerStorage

        return ServerStorage(settings)
    from retrieval.storage.folder import FolderStorage

    return FolderStorage(settings.home, settings.vector_store)


def begin_library(storage: Storage, manifest: Manifest) -> None:
    """Put a manifest that names nothing in force where there is none, before the first text or index is written.

    So those without a manifest are never what a first run left when it was interrupted, but a library that has lost its
    own.

    Raises:
        StorageError: If the place of the library cannot be written.
    """
    if storage.stamp(fresh=True) is None:
        storage.publish(manifest)
