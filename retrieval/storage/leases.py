"""Who is using a folder: shared and exclusive holds that the operating system frees when a process ends.

A published index never changes, so readers need no lock against its writer; they only have to say that they are there,
so that nobody deletes it under them. POSIX ``flock`` does that for any number of processes. Where it does not work, as
on some network drives, reading goes on without a hold, and nobody writes.
"""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from retrieval.errors import StorageError

IN_USE = "in-use"
# What flock answers when somebody else holds the file; anything else means that locks do not work there.
HELD_ELSEWHERE = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}


class Lease:
    """A hold on a folder or a file, until ``close``.

    Use ``Lease.shared``, ``Lease.exclusive``, ``Lease.new`` or ``Lease.of_file``.
    """

    def __init__(self, descriptor: int | None, *, alone: bool = False) -> None:
        self._descriptor = descriptor
        self._alone = alone

    @classmethod
    def shared(cls, folder: Path) -> Lease | None:
        """Hold ``folder`` beside others who do; None when it is gone, or is being deleted.

        Where no hold can be had, because the folder cannot be written or locks do not work, the lease holds nothing.
        """
        try:
            return cls._take(folder / IN_USE, fcntl.LOCK_SH, os.O_RDONLY)
        except StorageError:
            return cls(None)
        except OSError as error:
            return None if error.errno in GONE else cls(None)

    @classmethod
    def exclusive(cls, folder: Path) -> Lease | None:
        """Hold ``folder`` alone; None when somebody else holds it, it is gone, or it cannot be written.

        Raises:
            StorageError: If locks do not work there, so that nobody can tell whether it is in use.
        """
        try:
            return cls._take(folder / IN_USE, fcntl.LOCK_EX, os.O_RDWR)
        except OSError:
            return None

    @classmethod
    def new(cls, folder: Path) -> Lease | None:
        """Make ``folder`` and hold it beside others; None when somebody was faster to hold it alone.

        Raises:
            OSError: If it cannot be made.
        """
        folder.mkdir(parents=True)
        return cls.shared(folder)

    @classmethod
    def of_file(cls, path: Path) -> Lease | None:
        """Hold a file alone, made if it is not there; None when somebody else holds it.

        Raises:
            OSError: If it cannot be written.
            StorageError: If locks do not work there.
        """
        return cls._take(path, fcntl.LOCK_EX, os.O_RDWR)

    def close(self) -> None:
        """Let go."""
        if self._descriptor is not None:
            if self._alone:  # a process that was forked meanwhile has the file open as well, and would go on holding it
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None

    @classmethod
    def _take(cls, path: Path, how: int, access: int) -> Lease | None:
        # NFS gives an exclusive lock only to who may write to the file (EBADF).
        descriptor = os.open(path, access | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            # Whoever deletes a folder holds it alone meanwhile; what was opened just before may be gone by now.
            if _lock(descriptor, how, path) and os.path.samestat(path.stat(), os.fstat(descriptor)):
                return cls(descriptor, alone=how == fcntl.LOCK_EX)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None


def check_locks(path: Path) -> None:
    """See whether locks work where ``path`` lies, a file that nobody ever locks; one that cannot be written is passed.

    Raises:
        StorageError: If they do not.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return
    try:
        _lock(descriptor, fcntl.LOCK_EX, path)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int, path: Path) -> bool:
    """Whether the lock was free."""
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD_ELSEWHERE:
            return False
        if error.errno in GONE:
            raise
        raise StorageError(
            f"File locks do not work in {path.parent} ({error.strerror}), and changing the library needs them; set "
            "PULLQUOTE_HOME to a folder on a local disk, or PULLQUOTE_CHROMA_URL to a Chroma server."
        ) from error
    return True
