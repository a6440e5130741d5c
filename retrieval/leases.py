"""Who is using a folder: shared and exclusive holds that the operating system frees when a process ends.

A published index never changes, so readers need no lock against its writer; they only have to say that they are there,
so that nobody deletes it under them. POSIX ``flock`` does that for any number of processes.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

IN_USE = "in-use"


class Lease:
    """A hold on a folder, until ``close``.

    Use ``Lease.shared``, ``Lease.exclusive`` or ``Lease.new``.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def shared(cls, folder: Path) -> Lease | None:
        """Hold ``folder`` beside others who do; None when it is gone, or is being deleted."""
        return cls._take(folder, fcntl.LOCK_SH, os.O_RDONLY)

    @classmethod
    def exclusive(cls, folder: Path) -> Lease | None:
        """Hold ``folder`` alone; None when somebody else holds it, or it is gone."""
        return cls._take(folder, fcntl.LOCK_EX, os.O_RDONLY | os.O_CREAT)

    @classmethod
    def new(cls, folder: Path) -> Lease | None:
        """Make ``folder`` and hold it beside others; None when somebody was faster to hold it alone.

        Raises:
            OSError: If it cannot be made.
        """
        folder.mkdir(parents=True)
        with suppress(FileNotFoundError):
            (folder / IN_USE).touch()
        return cls.shared(folder)

    def close(self) -> None:
        """Let go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @classmethod
    def _take(cls, folder: Path, how: int, flags: int) -> Lease | None:
        path = folder / IN_USE
        try:
            descriptor = os.open(path, flags | os.O_CLOEXEC, 0o666)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
            # Whoever deletes a folder holds it alone meanwhile; what was opened just before may be gone by now.
            if path.stat().st_ino == os.fstat(descriptor).st_ino:
                return cls(descriptor)
        except OSError:
            pass
        os.close(descriptor)
        return None
