"""The log in the data folder: what Python records, and what compiled libraries write to standard error."""

from __future__ import annotations

import faulthandler
import fcntl
import hashlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from retrieval.files import make_folder, make_private_file

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)

FOLDER = "logs"
FILE = "pullquote.log"
LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MAX_BYTES = 2_000_000
FILES_KEPT = 5
STANDARD_ERROR = 2
PREFIX = "pullquote-stderr-"
# Of what compiled code writes at a time so much is logged, the last of it.
LAST_WORDS_BYTES = 64_000
SECONDS_BETWEEN_LOOKS = 60


class LogFile(RotatingFileHandler):
    """The file ``logs/pullquote.log``, and those before it; private, and made with the first record.

    Args:
        home: The data folder.
        delay: Whether to wait for a record.

    Raises:
        OSError: If it shall be opened at once and cannot be written.
    """

    def __init__(self, home: Path, *, delay: bool = True) -> None:
        self._folder = home / FOLDER
        super().__init__(
            self._folder / FILE, "a", MAX_BYTES, FILES_KEPT, encoding="utf-8", errors="backslashreplace", delay=delay
        )
        self.setFormatter(logging.Formatter(LAYOUT))

    def _open(self) -> TextIOWrapper:
        make_folder(self._folder)
        if not (self._folder / FILE).exists():  # an owner may have opened it to a group that reads logs
            make_private_file(self._folder / FILE)
        return super()._open()


@contextmanager
def log_kept(home: Path, handlers: Sequence[logging.Handler]) -> Iterator[None]:
    """Record what Python and compiled libraries say as long as the block runs; ``sys.stderr`` stays the person's.

    Compiled code writes to file descriptor 2, which leads to a temporary file meanwhile: the system keeps what is in
    it, whatever becomes of the process, and from whichever thread or forked process it came. It is logged at the end,
    and now and then; what a process left that broke down is logged when the next one begins. Where nothing is said,
    nothing is written.

    Args:
        home: The data folder.
        handlers: What takes the records.
    """
    root = logging.getLogger()
    complains, logging.raiseExceptions = logging.raiseExceptions, False  # where even the log cannot be written
    for handler in handlers:
        root.addHandler(handler)
    try:
        with _person_apart(), _NativeWords(home):
            yield
    finally:
        logging.raiseExceptions = complains
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


@contextmanager
def _person_apart() -> Iterator[None]:
    """Keep ``sys.stderr`` as it is, wherever file descriptor 2 is led as long as the block runs."""
    sys.stderr.flush()
    python_stream, person = sys.stderr, os.dup(STANDARD_ERROR)
    tells_of_crashes = faulthandler.is_enabled()
    if not tells_of_crashes:
        faulthandler.enable(STANDARD_ERROR)
    stream = os.fdopen(person, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.stderr = stream
    try:
        yield
    finally:
        sys.stderr = python_stream
        with suppress(OSError):  # what could not be written stays so
            stream.close()
        os.dup2(person, STANDARD_ERROR)
        os.close(person)
        if not tells_of_crashes:
            faulthandler.disable()


class _NativeWords:
    """What is written to file descriptor 2 as long as the block runs, on its way to the log."""

    def __init__(self, home: Path) -> None:
        self._prefix = f"{PREFIX}{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}-"
        self._ended = threading.Event()
        self._looking = threading.Thread(target=self._log_now_and_then, name="log", daemon=True)

    def __enter__(self) -> None:
        self._path: Path | None = None
        try:
            self._log_left_over()
            self._descriptor, self._path = self._new_file()
        except OSError:  # no folder for temporary files: what is said cannot be kept, and is not for the person either
            self._descriptor = os.open(os.devnull, os.O_RDWR)
        os.dup2(self._descriptor, STANDARD_ERROR)
        self._looking.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._looking.join()
        if self._path:
            self._path.unlink(missing_ok=True)
        _log(self._descriptor, "Compiled code says")
        os.close(self._descriptor)

    def _new_file(self) -> tuple[int, Path]:
        """A file that is appended to, held by a lock that the system frees when nobody can write to it any more."""
        while True:
            descriptor, name = tempfile.mkstemp(prefix=self._prefix)
            path = Path(name)
            fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND)
            with suppress(OSError):  # where locks do not work, nobody takes it for a leftover
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            if path.exists():  # or another process took it for a leftover before it was held
                return descriptor, path
            os.close(descriptor)

    def _log_left_over(self) -> None:
        """Log what processes of this library left, and delete what others of our owner left without a word."""
        for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):  # in use, or not ours
                descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if path.name.startswith(self._prefix) or not os.fstat(descriptor).st_size:
                        path.unlink()
                        _log(descriptor, "The last words of a process that broke down")
                finally:
                    os.close(descriptor)

    def _log_now_and_then(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            _log(self._descriptor, "Compiled code says")


def _log(descriptor: int, whose: str) -> None:
    """Log what a file holds, and empty it."""
    size = os.fstat(descriptor).st_size
    if size:
        words = os.pread(descriptor, LAST_WORDS_BYTES, max(0, size - LAST_WORDS_BYTES))
        os.ftruncate(descriptor, 0)
        logger.info("%s:\n%s", whose, words.decode("utf-8", "backslashreplace"))
