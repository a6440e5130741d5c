"""The dense side on a Chroma server: one Chroma collection for all snapshots of an index.

Copying twenty thousand vectors for each change would cost minutes there. So a new snapshot adds its vectors to those
that are there, readers pass over what is not of theirs, and what no snapshot in force needs is deleted afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from retrieval.errors import DamagedLibraryError
from retrieval.index.chroma.collection import ChromaVectors
from retrieval.index.chroma.native import ReadableCollection
from retrieval.index.integrity import INCOMPLETE
from retrieval.storage.server.connection import MOST_AT_ONCE, Connection

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection


class ServerVectors(ChromaVectors):
    """All vectors of one Chroma collection on a server.

    Args:
        connection: To the server.
        name: What Chroma calls the collection.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.name = name

    @property
    def _held(self) -> ReadableCollection:
        held = self._connection.collection(self.name)
        if held is None:
            raise DamagedLibraryError(INCOMPLETE)
        return held

    def _made(self) -> ChromaCollection:
        return self._connection.make_collection(self.name)

    def _step(self) -> int:
        return MOST_AT_ONCE

    def _errors(self) -> AbstractContextManager[None]:
        return self._connection.errors()


class SnapshotVectors(ServerVectors):
    """Those vectors of a Chroma collection that belong to one snapshot.

    Args:
        connection: To the server.
        name: What Chroma calls the collection.
        own: The ids that belong to the snapshot.
    """

    def __init__(self, connection: Connection, name: str, own: Set[str]) -> None:
        super().__init__(connection, name)
        self._own = own

    def ids(self) -> set[str]:
        """The ids that are there and belong to the snapshot. Raises as ``add`` does."""
        return super().ids() & self._own

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """As in ``ChromaVectors``, among those of the snapshot; asks for more until there are enough of them."""
        wanted = min(k, len(self._own))
        asked = k
        while True:
            found = super().nearest(vector, asked)
            own = {vector_id: cosine for vector_id, cosine in found.items() if vector_id in self._own}
            # Fewer than were asked for: there are no more.
            if len(own) >= wanted or len(found) < asked:
                return dict(list(own.items())[:k])
            asked *= 2
