"""Speaking to a Chroma server: every wait has an end, and every trouble is one sentence."""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import httpx

from retrieval.errors import DamagedLibraryError, RetrievalError, StorageError
from retrieval.fork_safety import ForkedLock, renewed_in_fork
from retrieval.index.chroma.python_client import import_chroma
from retrieval.settings import LibrarySettings
from retrieval.storage.server.handshake import check_server, is_alive, no_connection, refused
from retrieval.storage.server.timeouts import BUSY

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api.client import Client

# For so long nobody asks a server again that did not answer: a command that ends tidies up, and should not wait twice.
SILENT_SECONDS = 2.0
TOKEN_HEADER = "X-Chroma-Token"  # noqa: S105 (the name of the header, not a token)
# Chroma Cloud writes and gives no more records than this at once; a server of one's own takes more, but gains little.
MOST_AT_ONCE = 300
# What a server says when its own disk is the problem.
FULL_SIGNS = ("database or disk is full", "no space left")


class Connection:
    """One Chroma server, one tenant, one database; safe to share between threads.

    Args:
        settings: Where the server is and what it knows us by.
    """

    def __init__(self, settings: LibrarySettings) -> None:
        import_chroma()
        self.url = settings.chroma_url or ""
        self._settings = settings
        self._lock = ForkedLock()
        self._client: Client | None = None
        self._collections: dict[str, ChromaCollection] = {}
        renewed_in_fork(self, Connection._forget)

    def collection(self, name: str) -> ChromaCollection | None:
        """The Chroma collection of that name; None when there is none.

        Raises:
            StorageError: If the server does not answer.
        """
        from chromadb.errors import NotFoundError

        with self._lock:
            if name not in self._collections:
                with self.errors():
                    try:
                        # Chroma would build the embedding function that a collection names, whatever code that runs.
                        found = self._connected().get_collection(name, embedding_function=None)
                    except NotFoundError:
                        return None
                self._collections[name] = found
            return self._collections[name]

    def make_collection(self, name: str) -> ChromaCollection:
        """The Chroma collection of that name, made if there is none. Raises as ``collection`` does."""
        from retrieval.index.chroma.collection import CONFIGURATION

        with self._lock, self.errors():
            if name not in self._collections:
                self._collections[name] = self._connected().get_or_create_collection(
                    name, configuration=CONFIGURATION, embedding_function=None
                )
            return self._collections[name]

    def collection_names(self, beginning: str) -> list[str]:
        """The names of all Chroma collections that begin like that. Raises as ``collection`` does."""
        with self._lock, self.errors():
            found: list[str] = []
            while page := self._connected().list_collections(limit=MOST_AT_ONCE, offset=len(found)):
                found += [held.name for held in page]
            return [name for name in found if name.startswith(beginning)]

    def delete_collection(self, name: str) -> None:
        """Delete a Chroma collection, if it is there. Raises as ``collection`` does."""
        from chromadb.errors import NotFoundError

        with self._lock, self.errors():
            self._collections.pop(name, None)
            try:
                self._connected().delete_collection(name)
            except NotFoundError:
                return

    def seconds(self) -> float:
        """The time on the server's clock, the one that all machines share. Raises as ``collection`` does."""
        with self._lock, self.errors():
            client = self._connected()
        with self.errors():
            return client.heartbeat() / 1e9

    def version(self) -> str:
        """What the server says of itself. Raises as ``collection`` does."""
        with self._lock, self.errors():
            return self._connected().get_version()

    @property
    def is_silent(self) -> bool:
        """Whether the server did not answer a moment ago, and is not asked again yet."""
        return time.monotonic() < _silent_until.get(self.url, 0.0)

    def close(self) -> None:
        """Close the connection; the next call opens it again."""
        with self._lock:
            self._collections.clear()
            if self._client is not None:
                self._client.close()
                self._hang_up()
                self._client = None

    def _forget(self) -> None:
        """Connect anew in a forked process: what both read from one connection would be mixed up."""
        self._client = None
        self._collections = {}

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn whatever Chroma's client raises into one of our errors."""
        from chromadb.errors import ChromaAuthError, ChromaError, NotFoundError

        if self.is_silent:
            raise no_connection(self.url, TimeoutError())
        try:
            yield
        except RetrievalError:
            raise
        except NotFoundError as error:
            self._collections.clear()  # somebody may have made it anew
            raise DamagedLibraryError(
                f"A part of the library is missing on the Chroma server at {self.url}; run `pullquote reindex`."
            ) from error
        except (httpx.HTTPError, OSError) as error:
            if isinstance(error, httpx.TimeoutException) and BUSY not in str(error):
                _silent_until[self.url] = time.monotonic() + SILENT_SECONDS
            raise no_connection(self.url, error) from error
        except Exception as error:
            words = str(error)
            if isinstance(error, ChromaAuthError) or any(sign in words.lower() for sign in ("unauthori", "forbidden")):
                raise refused(self.url) from error
            if any(sign in words.lower() for sign in FULL_SIGNS):
                raise StorageError(
                    f"The Chroma server at {self.url} has no room left; free some space there."
                ) from error
            # What is no error of Chroma's own is an answer that its client could make nothing of.
            trouble = "failed" if isinstance(error, ChromaError) else "does not answer as Chroma does"
            raise StorageError(
                f"The Chroma server at {self.url} {trouble} ({type(error).__name__}); look at its log, then try again."
            ) from error

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _connect(self) -> Client:
        headers = self._headers()
        place = (self.url, self._settings.chroma_tenant, self._settings.chroma_database, headers)
        check_server(*place)
        from retrieval.storage.server.chroma_client import open_client

        client, let_go = open_client(*place, partial(is_alive, self.url, headers))
        self._hang_up = weakref.finalize(self, let_go)
        return client

    def _headers(self) -> dict[str, str]:
        token = self._settings.chroma_token.get_secret_value().strip() if self._settings.chroma_token else ""
        if not (token.isascii() and token.isprintable()):
            raise StorageError("PULLQUOTE_CHROMA_TOKEN holds a character that no token has; copy the token again.")
        return {TOKEN_HEADER: token} if token else {}


# Until when a server is taken to be as silent as it was a moment ago, by its address.
_silent_until: dict[str, float] = {}
