"""One writer at a time: a lock that says at once who holds it and since when, and that no dead process keeps."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from retrieval.errors import LibraryBusyError, StorageError
from retrieval.files import LOCK, make_folder, storage_errors, write_atomically
from retrieval.storage.leases import Lease

HOLDER = "library.holder.json"
POLL_SECONDS = 0.05


@contextmanager
def library_lock(home: Path, *, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the one write lock of the library at ``home``; the system frees it when the process ends, however it ends.

    Raises:
        LibraryBusyError: If another process holds it for longer than ``wait_seconds``.
        StorageError: If the data folder cannot be written, or locks do not work there.
    """
    lock = _take(home, time.monotonic() + wait_seconds)
    try:
        # A full disk must not keep its own leftovers from being deleted: who needs the room is told by what needs it.
        with suppress(OSError, StorageError):
            (home / HOLDER).unlink(missing_ok=True)  # it may tell of one that was killed
            write_atomically(home / HOLDER, holding().encode("ascii"))
        yield
    finally:
        with suppress(OSError):
            (home / HOLDER).unlink(missing_ok=True)
        lock.close()


def busy(told: str) -> str:
    """The sentence for a lock that somebody holds; ``told`` is who, as ``holder`` says it."""
    return f"Another pullquote{told} is changing the library; try again when it is done."


def holder(record: str | bytes) -> str:
    """Who holds a lock, as far as known: " (process 4711, since 14:02)", with the date where it is not today."""
    try:
        told = json.loads(record)
        since = datetime.fromisoformat(told["since"]).astimezone()
        elsewhere = "" if told["host"] == socket.gethostname() else f" on {told['host']}"
        date = "" if since.date() == datetime.now().astimezone().date() else f" on {since.day} {since:%B %Y}"
        return f" (process {int(told['pid'])}{elsewhere}, since {since:%H:%M}{date})"
    except (ValueError, KeyError, TypeError):
        return ""


def holding() -> str:
    """The record of this process as a holder, from now on."""
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat()})


def _take(home: Path, deadline: float) -> Lease:
    with storage_errors(home):
        make_folder(home)
        while (lock := Lease.of_file(home / LOCK)) is None:
            if time.monotonic() >= deadline:
                raise LibraryBusyError(busy(_holder(home)))
            time.sleep(POLL_SECONDS)
    return lock


def _holder(home: Path) -> str:
    try:
        return holder((home / HOLDER).read_bytes())
    except OSError:
        return ""
