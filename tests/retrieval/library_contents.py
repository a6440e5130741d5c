"""What lies where a library is kept, be it a folder or a Chroma server."""

from __future__ import annotations

from retrieval import Indexer, Library
from retrieval.storage.server.storage import VECTORS, ServerStorage
from tests.retrieval.strategies import make_source


def stored_texts(library: Library) -> set[str]:
    """The hashes of all texts that are stored."""
    return library.storage.texts.hashes()


def stored_indexes(library: Library) -> int:
    """How many indexes are stored."""
    if isinstance(library.storage, ServerStorage):
        return len(library.storage._connection.collection_names(VECTORS))
    return len(list((library.settings.home / "index").iterdir()))


def make_empty_collection(library: Library, name: str) -> None:
    """A collection whose only source was removed."""
    (added,) = Indexer(library).add([make_source("Nothing of this stays.")], name).added
    Indexer(library).remove([added.id], name)
