"""Speaking to a Chroma server: every wait has an end, and every trouble is one sentence."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlsplit

import httpx

from retrieval.chroma_import import import_chroma
from retrieval.errors import DamagedLibraryError, RetrievalError, StorageError
from retrieval.settings import LibrarySettings

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api.client import Client

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
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
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._collections: dict[str, ChromaCollection] = {}

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
        from retrieval.vectors import CONFIGURATION

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

    def close(self) -> None:
        """Close the connection; the next call opens it again."""
        with self._lock:
            self._collections.clear()
            if self._client is not None:
                self._client.close()
                self._hang_up()
                self._client = None

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn whatever Chroma's client raises into one of our errors."""
        from chromadb.errors import ChromaAuthError, ChromaError, NotFoundError

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
            raise self._silent() from error
        except Exception as error:
            words = str(error)
            if isinstance(error, ChromaAuthError) or any(sign in words.lower() for sign in ("unauthori", "forbidden")):
                raise StorageError(
                    f"The Chroma server at {self.url} refuses us; correct PULLQUOTE_CHROMA_TOKEN, "
                    "PULLQUOTE_CHROMA_TENANT and PULLQUOTE_CHROMA_DATABASE."
                ) from error
            if any(sign in words.lower() for sign in FULL_SIGNS):
                raise StorageError(
                    f"The Chroma server at {self.url} has no room left; free some space there."
                ) from error
            if isinstance(error, ChromaError | ValueError) and "connect" in words.lower():
                raise self._silent() from error
            raise StorageError(
                f"The Chroma server at {self.url} failed ({type(error).__name__}); look at its log, then try again."
            ) from error

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _connect(self) -> Client:
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        token = self._settings.chroma_token
        headers = {TOKEN_HEADER: token.get_secret_value()} if token else {}
        self._look(timeout, headers)
        from chromadb import HttpClient
        from chromadb.config import Settings

        address = urlsplit(self.url)
        https = address.scheme == "https"
        # Declared as the interface, which lacks close().
        client = cast(
            "Client",
            HttpClient(
                host=self.url if address.path else address.hostname or "",
                port=address.port or (443 if https else 80),
                ssl=https,
                headers=headers,
                tenant=self._settings.chroma_tenant,
                database=self._settings.chroma_database,
                settings=Settings(anonymized_telemetry=False),
            ),
        )
        # Chroma's client has no setting for the one, and forgets the other when it is closed.
        sides: list[Any] = [client, client._admin_client]
        sessions: list[httpx.Client] = [side._server._session for side in sides]
        for session in sessions:
            session.timeout = timeout
        self._hang_up = weakref.finalize(self, _close, sessions)
        return client

    def _look(self, timeout: httpx.Timeout, headers: dict[str, str]) -> None:
        """See whether the server and the database are there: Chroma's client waits for ever, and speaks first."""
        tenant, database = self._settings.chroma_tenant, self._settings.chroma_database
        path = f"/api/v2/tenants/{quote(tenant, safe='')}/databases/{quote(database, safe='')}"
        answer = httpx.get(self.url + path, timeout=timeout, headers=headers)
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise StorageError(
                f"The Chroma server at {self.url} has no database “{database}” of the tenant “{tenant}”; make it "
                "there, or correct PULLQUOTE_CHROMA_DATABASE and PULLQUOTE_CHROMA_TENANT."
            )
        if answer.is_error:
            raise ValueError(f"{answer.status_code} {answer.reason_phrase}")

    def _silent(self) -> StorageError:
        return StorageError(
            f"The Chroma server at {self.url} does not answer; start it, or correct PULLQUOTE_CHROMA_URL."
        )


def _close(sessions: list[httpx.Client]) -> None:
    for session in sessions:
        session.close()
