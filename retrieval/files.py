"""Writing files so that a crash leaves the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from retrieval.errors import StorageError

ASIDE = ".aside"
# The names that this program gives, and the only ones that it ever deletes.
ASIDE_NAME = re.compile(rf".+\.[0-9a-f]{{8}}{re.escape(ASIDE)}")
INDEX_NAME = re.compile(r"[0-9a-f]{12}")
# A source's text, or its places.
TEXT_NAME = re.compile(r"[0-9a-f]{64}\.(?:txt|json)")
LOCK = "library.lock"  # marks the data folder: whatever is written lies beside it or below
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, flush it to disk, and rename it into place.

    Raises:
        StorageError: If the folder cannot be written or is full; nothing is left behind then.
    """
    with storage_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced_atomically(path) as file:
            file.write(data)


@contextmanager
def replaced_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` to write to, which takes its place when all is written, and goes away when that fails.

    Raises:
        OSError: If it cannot be written.
    """
    aside = path.with_name(f"{path.name}.{uuid4().hex[:8]}{ASIDE}")
    try:
        with aside.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def open_regular(path: Path) -> BufferedReader:
    """Open a file for reading, and nothing else: a device may have no end, and a pipe may never begin.

    Raises:
        OSError: If it cannot be opened, or is no regular file.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def remove_leftovers(folder: Path) -> None:
    """Delete what interrupted writes left aside in ``folder``."""
    for aside in our_paths(folder, ASIDE_NAME):
        shutil.rmtree(aside) if aside.is_dir() else aside.unlink(missing_ok=True)


def our_paths(parent: Path, name: re.Pattern[str]) -> list[Path]:
    """What lies in ``parent`` under a name that this program gives; other people's files are none of its business."""
    return [path for path in parent.glob("*") if name.fullmatch(path.name)]


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals to write under ``folder`` into a ``StorageError``."""
    try:
        yield
    except OSError as error:
        raise storage_error(folder, full=error.errno in FULL, read_only=error.errno in READ_ONLY) from error


def storage_error(folder: Path, *, full: bool = False, read_only: bool = False) -> StorageError:
    """The sentence for a data folder that cannot be written, with the remedy that fits the reason."""
    if full:
        reason, remedy = "has no room left", "free some space"
    elif read_only:
        reason, remedy = "cannot be written", "make it writable"
    else:
        reason, remedy = "cannot be used", "check the disk"
    home = next((parent for parent in (folder, *folder.parents) if (parent / LOCK).exists()), folder)
    return StorageError(f"The data folder {home} {reason}; {remedy}, or set PULLQUOTE_HOME to another folder.")
