"""The manifest: what the library holds and how it was indexed; replacing it is the moment a change takes effect."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from retrieval.errors import DamagedLibraryError, IndexMismatchError
from retrieval.files import INDEX_NAME, TEXT_NAME, our_paths, write_atomically
from retrieval.storage.source_record import SourceRecord

MANIFEST = "manifest.json"
# The same content again: what the library holds must survive damage to the one file that says so.
BACKUP = "manifest.backup.json"
TEXTS, INDEXES = "texts", "index"
# And once more, beside the texts: that folder alone is enough to have the whole library again.
COPY = f"{TEXTS}/manifest.json"
MISSING = "The library's manifest is missing; run `pullquote reindex` to repair it."
NEWER = "The library was written by a newer version of Pullquote; install that version to use it."
LOST = (
    "The library's manifest and its backups are missing or damaged; run `pullquote reindex` to rebuild the library "
    "from its texts."
)
# How indexes lie on disk; 1 was one folder for all collections, which changed in place.
LAYOUT = 2


class CollectionRecord(BaseModel):
    """One collection: its sources by id, and the name of its index, empty where it has no chunks."""

    model_config = ConfigDict(frozen=True)

    index: str = ""
    sources: dict[str, SourceRecord] = {}

    @property
    def chunks(self) -> int:
        """How many chunks the collection has."""
        return sum(record.chunks for record in self.sources.values())


class Manifest(BaseModel):
    """The whole library: how its indexes were made and are laid out, and its collections by name.

    ``runtime`` is what ran the embedding model; it is empty for sentence-transformers.
    """

    model_config = ConfigDict(frozen=True)

    layout: int = 1
    model: str
    runtime: str = ""
    dimension: int
    chunker: str
    collections: dict[str, CollectionRecord] = {}

    def with_collection(self, name: str, record: CollectionRecord) -> Manifest:
        """A manifest in which the collection ``name`` is ``record``."""
        return self.model_copy(update={"collections": {**self.collections, name: record}})

    def indexes(self) -> set[str]:
        """The names of the indexes of all collections."""
        return {held.index for held in self.collections.values() if held.index}

    def texts(self) -> set[str]:
        """The hashes of all texts that the library needs."""
        return {source.sha256 for held in self.collections.values() for source in held.sources.values()}

    def structures(self) -> set[str]:
        """The hashes of all structures that the library needs."""
        found = {source.places_sha256 for held in self.collections.values() for source in held.sources.values()}
        return found - {""}

    def text_files(self) -> set[str]:
        """The names of all files among the texts that the library needs."""
        return {f"{sha256}.txt" for sha256 in self.texts()} | {f"{sha256}.json" for sha256 in self.structures()}


def read_manifest(home: Path) -> Manifest | None:
    """Read the manifest of the library at ``home``; None when there is no library yet.

    Raises:
        DamagedLibraryError: If it cannot be trusted, or texts or indexes lie there without one.
        IndexMismatchError: If a newer version of Pullquote wrote it.
    """
    there = _in_force(home)
    if there is None and _holds_texts_or_indexes(home):
        there = _in_force(home)  # a first run may have put it there meanwhile, before its texts
        if there is None:
            raise DamagedLibraryError(MISSING)
    if there is None:
        return None
    manifest = _parse(there)
    if manifest is None:
        raise DamagedLibraryError("The library's manifest is damaged; run `pullquote reindex` to repair it.")
    return manifest


def check_manifest(home: Path) -> None:
    """Look at the manifest and its backups.

    A run that is killed between writing the one and the other leaves two that differ or, the first time, the backup
    alone; and libraries of an older version have no copy beside the texts. That is no damage, and the next run that
    writes puts it in order.

    Raises:
        DamagedLibraryError: If the backup is missing, or either is altered.
        IndexMismatchError: If a newer version of Pullquote wrote either.
    """
    there = [name for name in (MANIFEST, BACKUP, COPY) if name == BACKUP or (home / name).exists()]
    if not all(_parse(home / name) for name in there):
        raise DamagedLibraryError("The library's manifest or its backup is damaged.")


def manifests_agree(home: Path) -> bool:
    """Whether the backups hold what the manifest holds, byte for byte."""
    try:
        return len({(home / name).read_bytes() for name in (MANIFEST, BACKUP, COPY)}) == 1
    except FileNotFoundError:
        return False


def renew_backup(home: Path) -> None:
    """Write the manifest in force and its backups again where they differ; only the one writer may call this.

    Raises:
        DamagedLibraryError: If the manifest cannot be trusted.
        StorageError: If the data folder cannot be written.
    """
    manifest = None if manifests_agree(home) else read_manifest(home)
    if manifest is not None:
        write_manifest(home, manifest)


def named_indexes(home: Path) -> set[str]:
    """The names of the indexes that are in force now; none when there is no library. Raises as ``read_manifest``."""
    manifest = read_manifest(home)
    return manifest.indexes() if manifest else set()


def recover_manifest(home: Path) -> Manifest | None:
    """Read the manifest or, when it is missing or damaged, one of its backups; None when there is no library yet.

    Raises:
        DamagedLibraryError: If none can be trusted.
        IndexMismatchError: If a newer version of Pullquote wrote it.
    """
    manifest = _parse(home / MANIFEST) or _parse(home / BACKUP) or _parse(home / COPY)
    if manifest is None and (_in_force(home) or _holds_texts_or_indexes(home)):
        raise DamagedLibraryError(LOST)
    return manifest


def write_manifest(home: Path, manifest: Manifest) -> None:
    """Put ``manifest`` in force; the backups go first, since all that they name is on disk by now.

    Raises:
        StorageError: If the data folder cannot be written; the old manifest stays in force then.
    """
    content = manifest.model_dump_json()
    envelope = json.dumps({"sha256": _digest(content), "manifest": content}).encode("ascii")
    for name in (COPY, BACKUP, MANIFEST):
        write_atomically(home / name, envelope)


def parse_manifest(content: str) -> Manifest | None:
    """The manifest that is written as ``content``, once its hash has been proven; None where that is none.

    Raises:
        IndexMismatchError: If a newer version of Pullquote wrote it: in a layout, or with fields, unknown to this one.
    """
    manifest = None
    try:
        manifest = Manifest.model_validate_json(content, extra="forbid")
        newer = manifest.layout > LAYOUT
    except ValidationError as error:
        newer = all(found["type"] == "extra_forbidden" for found in error.errors()) or _layout(content) > LAYOUT
    if newer:
        raise IndexMismatchError(NEWER)
    return manifest


def _layout(content: str) -> int:
    """The layout that is told in what is no manifest that this version knows; 0 where none is."""
    try:
        told = json.loads(content)["layout"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return 0
    return told if isinstance(told, int) else 0


def _in_force(home: Path) -> Path | None:
    return next((home / name for name in (MANIFEST, BACKUP) if (home / name).exists()), None)


def _holds_texts_or_indexes(home: Path) -> bool:
    return bool(our_paths(home / TEXTS, TEXT_NAME) or our_paths(home / INDEXES, INDEX_NAME))


def _parse(path: Path) -> Manifest | None:
    try:
        envelope = json.loads(path.read_bytes())
        content = envelope["manifest"]
        sound = envelope["sha256"] == _digest(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return parse_manifest(content) if sound else None


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
