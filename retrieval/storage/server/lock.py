"""One writer at a time, on any machine: a lock on the Chroma server that a dead writer loses within seconds.

Chroma has no locks. But adding a record whose id is taken changes nothing, so of several who add the same one wins;
and a record is deleted only if it still says what the deleter believes. The one that is held points to another record,
in which its holder says, again and again, until when it is alive, on the server's clock.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from retrieval.errors import LibraryBusyError, RetrievalError
from retrieval.storage.server.connection import Connection
from retrieval.storage.server.documents import DOCUMENTS, no_vectors
from retrieval.storage.write_lock import busy, holder, holding

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb import Metadata, Where

LOCK = "lock"
LEASE_SECONDS = 30.0
RENEW_SECONDS = 8.0
POLL_SECONDS = 0.2


class ServerLock:
    """The write lock of one library.

    Args:
        connection: To the server.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._token = ""

    @contextmanager
    def hold(self, *, wait_seconds: float = 0) -> Iterator[None]:
        """Hold the lock.

        Raises:
            LibraryBusyError: If another process holds it for longer than ``wait_seconds``.
            StorageError: If the server does not answer.
        """
        token = uuid4().hex
        self._wait(token, time.monotonic() + wait_seconds)
        done = threading.Event()
        renewing = threading.Thread(target=self._keep, args=(token, done), name="library lock", daemon=True)
        renewing.start()
        self._token = token
        try:
            yield
        finally:
            self._token = ""
            done.set()
            # A server that has gone away meanwhile frees the lock when the lease has run out.
            if not self._connection.is_silent:
                renewing.join()
                with suppress(RetrievalError):
                    self._release(token)

    def check(self) -> None:
        """Make sure that what this process holds has not been taken over while it was stopped.

        Raises:
            LibraryBusyError: If it has.
            StorageError: If the server does not answer.
        """
        found = self._metadata(LOCK)
        if not self._token or found.get("token") != self._token or not self._is_alive(self._token):
            raise LibraryBusyError(busy(holder(str(found.get("holder", "")))))

    def _wait(self, token: str, deadline: float) -> None:
        self._renew(token)
        while (told := self._try(token)) is not None:
            if time.monotonic() >= deadline:
                self._release(token)
                raise LibraryBusyError(busy(told))
            time.sleep(POLL_SECONDS)
        self._renew(token)
        long_ago = self._connection.seconds() - LEASE_SECONDS
        with self._collection() as held:
            held.delete(where=cast("Where", {"until": {"$lt": long_ago}}))  # of writers that were killed

    def _try(self, token: str) -> str | None:
        """Take the lock if it is free: None, or who has it."""
        found = self._metadata(LOCK)
        if found and (has_ended(found) or not self._is_alive(str(found["token"]))):
            self._release(str(found["token"]))
        told: Metadata = {"token": token, "holder": holding(), "pid": os.getpid(), "processes": _processes()}
        with self._collection() as held:
            held.add(ids=[LOCK], embeddings=no_vectors(1), metadatas=[told])
        found = self._metadata(LOCK)
        return None if found.get("token") == token else holder(str(found.get("holder", "")))

    def _release(self, token: str) -> None:
        with self._collection() as held:
            held.delete(ids=[LOCK], where={"token": token})
            held.delete(ids=[_lease(token)])

    def _is_alive(self, token: str) -> bool:
        until = self._metadata(_lease(token)).get("until", 0)
        return isinstance(until, int | float) and self._connection.seconds() < until

    def _renew(self, token: str) -> None:
        until = self._connection.seconds() + LEASE_SECONDS
        with self._collection() as held:
            held.upsert(ids=[_lease(token)], embeddings=no_vectors(1), metadatas=[{"until": until}])

    def _keep(self, token: str, done: threading.Event) -> None:
        while not done.wait(RENEW_SECONDS):
            # One that fails is tried again; if all do, whoever looks before publishing finds the lease run out.
            with suppress(RetrievalError):
                self._renew(token)

    def _metadata(self, record_id: str) -> dict[str, object]:
        with self._collection() as held:
            found = held.get(ids=[record_id], include=["metadatas"])["metadatas"]
        return dict(found[0]) if found else {}

    @contextmanager
    def _collection(self) -> Iterator[ChromaCollection]:
        held = self._connection.make_collection(DOCUMENTS)
        with self._connection.errors():
            yield held


def _lease(token: str) -> str:
    return f"lease-{token}"


def has_ended(record: Mapping[str, object]) -> bool:
    """Whether the holder was a process of this very system that is no more; whoever is elsewhere is not judged."""
    here, pid = _processes(), record.get("pid")
    if not here or record.get("processes") != here or not isinstance(pid, int):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _processes() -> str:
    """What only processes have in common that see each other: the start of the system, and Linux's pid namespace."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip() + os.readlink("/proc/self/ns/pid")  # noqa: PTH115 (it is no path)
    except OSError:
        return ""
