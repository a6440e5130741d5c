"""Files: hashed, and written so that a crash leaves the old one or the new one, and nobody else can read them.

What is made is its owner's alone. An owner who shares a library opens what is there (``chmod -R g+rX``), the lock with
it, and what is made later is as open as the lock.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from retrieval.errors import StorageError

ASIDE = ".aside"
# The names that this program gives, and the only ones that it ever deletes.
ASIDE_NAME = re.compile(rf".+\.[0-9a-f]{{8}}{re.escape(ASIDE)}")
INDEX_NAME = re.compile(r"[0-9a-f]{12}")
# A source's text, or its structure.
TEXT_NAME = re.compile(r"[0-9a-f]{64}\.(?:txt|json)")
LOCK = "library.lock"  # marks the data folder: whatever is written lies beside it or below
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
LITTLE_ROOM_BYTES = 1_000_000
# Beside a thread that runs Python, whoever hashes waits for their turn after each block: so there are few.
BLOCK_BYTES = 2_000_000
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
PRIVATE = 0o600


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, flush it to disk, and rename it into place.

    Raises:
        StorageError: If the folder cannot be written or is full; nothing is left behind then.
    """
    with storage_errors(path.parent):
        make_folder(path.parent)
        with replaced_atomically(path) as file:
            file.write(data)


@contextmanager
def replaced_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` to write to, which takes its place when all is written, and goes away when that fails.

    It keeps the mode of the file that it replaces.

    Raises:
        OSError: If it cannot be written.
    """
    aside = path.with_name(f"{path.name}.{uuid4().hex[:8]}{ASIDE}")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _set_mode(aside, _mode_of(path) if path.exists() else mode_in(path.parent))
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


def altered_files(folder: Path, hashes: str, names: Sequence[str]) -> list[str]:
    """Which of the files are not what their recorded hashes say.

    Args:
        folder: Where they lie.
        hashes: The name of the file that records the SHA-256 of each.
        names: Which files.

    Raises:
        OSError, ValueError, KeyError, TypeError: If a file, or the record of it, is missing or unreadable.
    """
    recorded: dict[str, str] = json.loads((folder / hashes).read_bytes())
    return [name for name in names if sha256_of(folder / name) != recorded[name]]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: If it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def is_writable(folder: Path) -> bool:
    """Whether ``folder`` can be written now, and has room for more than a few small files."""
    return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= LITTLE_ROOM_BYTES


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing.

    Raises:
        OSError: If it cannot be made.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _set_mode(folder, mode_in(folder))


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner can read, or withdraw one that is there from others' eyes.

    Raises:
        OSError: If it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except FileExistsError:
        # By name and not through a descriptor: closing one would drop the locks that SQLite holds in this process.
        if _mode_of(path) != PRIVATE:
            path.chmod(PRIVATE)


def mode_in(folder: Path) -> int:
    """The mode that a file in ``folder`` has when it is made: its owner's alone, or as the library's lock."""
    home = _home_of(folder)
    return PRIVATE | (_mode_of(home / LOCK) & 0o666 if home else 0)


def set_modes(folder: Path) -> None:
    """Give a folder that other programs have written to, and all below it, the mode that our own files have."""
    mode = mode_in(folder)
    for path in (folder, *folder.rglob("*")):
        _set_mode(path, mode)


def _set_mode(path: Path, mode: int) -> None:
    """Set the mode of a file, or of a folder, in which whoever may read may also look for names."""
    held = _mode_of(path)
    wanted = held & ~0o777 | mode | (mode & 0o444) >> 2 if path.is_dir() else mode
    if held != wanted:
        with suppress(PermissionError):  # some file systems know no modes
            path.chmod(wanted)


def _mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _home_of(folder: Path) -> Path | None:
    return next((parent for parent in (folder, *folder.parents) if (parent / LOCK).exists()), None)


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
    home = _home_of(folder) or folder
    return StorageError(f"The data folder {home} {reason}; {remedy}, or set PULLQUOTE_HOME to another folder.")
