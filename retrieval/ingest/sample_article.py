"""The article that ships with the package: added when the collection ``default`` is first made, and never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.errors import StorageError
from retrieval.library import Library
from retrieval.loaders.article import ARTICLE_URI
from retrieval.types import DEFAULT_COLLECTION, source_id

if TYPE_CHECKING:
    from retrieval.ingest.progress import Progress

# Two first questions at once: the second waits for the first, which has one short article to index.
WAIT_SECONDS = 120
SAMPLE_ARTICLE_ID = source_id(ARTICLE_URI)


def add_article_once(library: Library, progress: Progress | None = None) -> None:
    """Make the collection ``default`` with the shipped article, unless that collection was ever made before.

    Where a library cannot be written, it stays as it is, and its other collections can be asked.

    Raises:
        ModelError: If the embedding model is missing or altered; nothing has changed then.
        StorageError: If there is no library yet, and the data folder cannot be written.
        DamagedLibraryError: If the library cannot be trusted.
    """
    if needs_article(library):
        # Every question comes by here, and one in a library's life has something to index.
        from retrieval.ingest.indexer import Indexer

        try:
            Indexer(library).add([], DEFAULT_COLLECTION, progress=progress, wait_seconds=WAIT_SECONDS)
        except StorageError:
            if library.usable_manifest() is None:
                raise


def needs_article(library: Library) -> bool:
    """Whether the collection ``default`` was never made. Raises as ``Library.usable_manifest`` does."""
    manifest = library.usable_manifest()
    return manifest is None or DEFAULT_COLLECTION not in manifest.collections
