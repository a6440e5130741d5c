"""Chroma's compiled core, asked without its Python client, whose import takes longer than all the rest of a question.

The core is what the client itself calls, and it reads the same files; but it is no public interface and may change with
any version of Chroma. Where it is not as expected, be it only when it is asked, the client is used instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

DATABASE = "chroma.sqlite3"
# Where the client keeps collections when nobody says anything else.
TENANT, DATABASE_NAME = "default_tenant", "default_database"
# How many collections may have their vectors in memory at once; a folder holds one.
CACHED = 1
# What a core of another version raises that lacks a function, or wants other arguments.
ANOTHER_CORE = (AttributeError, TypeError)

Found = TypeVar("Found")


class ReadableCollection(Protocol):
    """What a collection of the client's and one of the core's have in common, as far as it is used for reading."""

    def count(self) -> int:
        """How many records it has."""

    def query(self, *, query_embeddings: Any, n_results: int, include: Any) -> Any:
        """The nearest records to each of some vectors; (vectors, dimension) float32."""

    def get(self, ids: Any = None, *, include: Any, limit: int | None = None, offset: int | None = None) -> Any:
        """Records by id, or some of all."""


class CoreCollection:
    """A collection of one folder, for reading.

    Args:
        folder: Chroma's folder.
        name: The collection's name.

    Attributes:
        max_batch_size: How many records may be read at once.

    Raises:
        ImportError, AttributeError, TypeError: If this version of Chroma has another core.
        Exception: Whatever Chroma raises for a folder that it cannot use.
    """

    def __init__(self, folder: Path, name: str) -> None:
        import chromadb_rust_bindings as core

        database = core.SqliteDBConfig(
            hash_type=core.MigrationHash.MD5,  # what the client records, and so compares with
            migration_mode=core.MigrationMode.Apply,
            url=str(folder / DATABASE),
        )
        self._core = core.Bindings(
            allow_reset=False, sqlite_db_config=database, persist_path=str(folder), hnsw_cache_size=CACHED
        )
        self._id = str(self._core.get_collection(name, TENANT, DATABASE_NAME).id)
        self.max_batch_size: int = self._core.get_max_batch_size()

    def count(self) -> int:
        """See ``ReadableCollection``."""
        found: int = self._core.count(self._id, TENANT, DATABASE_NAME)
        return found

    def query(self, *, query_embeddings: Any, n_results: int, include: Any) -> Mapping[str, Any]:
        """See ``ReadableCollection``."""
        vectors: list[list[float]] = query_embeddings.tolist()
        found = self._core.query(self._id, None, vectors, n_results, None, None, include, TENANT, DATABASE_NAME)
        return {"ids": found.ids, "distances": found.distances}

    def get(
        self, ids: Any = None, *, include: Any, limit: int | None = None, offset: int | None = None
    ) -> Mapping[str, Any]:
        """See ``ReadableCollection``."""
        found = self._core.get(self._id, ids, None, limit, offset or 0, None, include, TENANT, DATABASE_NAME)
        return {"ids": found.ids, "embeddings": found.embeddings}


class CoreFirst:
    """A collection asked through Chroma's core, and through the client where the core turns out to be another one.

    Args:
        core: The collection, as the core has it.
        open_client: Gives the same collection, as the client has it.
    """

    def __init__(self, core: CoreCollection, open_client: Callable[[], ReadableCollection]) -> None:
        self._core = core
        self._open_client = open_client

    def count(self) -> int:
        """See ``ReadableCollection``."""
        return self._ask(lambda held: held.count())

    def query(self, *, query_embeddings: Any, n_results: int, include: Any) -> Any:
        """See ``ReadableCollection``."""
        return self._ask(
            lambda held: held.query(query_embeddings=query_embeddings, n_results=n_results, include=include)
        )

    def get(self, ids: Any = None, *, include: Any, limit: int | None = None, offset: int | None = None) -> Any:
        """See ``ReadableCollection``."""
        return self._ask(lambda held: held.get(ids, include=include, limit=limit, offset=offset))

    def _ask(self, ask: Callable[[ReadableCollection], Found]) -> Found:
        try:
            return ask(self._core)
        except ANOTHER_CORE:
            return ask(self._open_client())


def open_core(folder: Path, name: str) -> CoreCollection | None:
    """The collection through Chroma's core; None where this version of Chroma has another core.

    Raises:
        Exception: Whatever Chroma raises for a folder that it cannot use.
    """
    try:
        return CoreCollection(folder, name)
    except (ImportError, *ANOTHER_CORE):
        return None
