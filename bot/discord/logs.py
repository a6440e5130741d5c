"""Where the bot's records go: one line each to standard error, with tracebacks to a rotating file, without secrets."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.render import visible
from retrieval import StorageError
from retrieval.files import make_folder, make_private_file

logger = logging.getLogger(__name__)

FOLDER = "logs"
FILE = "pullquote.log"
MAX_BYTES = 2_000_000
FILES_KEPT = 5
# Interaction tokens stand in the addresses of requests and begin with these letters ("interaction:" in base64); bots'
# tokens have this shape wherever they come from.
TOKENS = re.compile(
    r"(?<=/webhooks/)\d+/[\w.-]+|(?<=/interactions/)\d+/[\w.-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"
    r"|aW50ZXJhY3Rpb246[\w-]+"
)
HIDDEN = "[hidden]"
# Without letters and digits that look alike, because people read it to one another.
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 6


@contextmanager
def records_kept(home: Path, secret_words: Iterable[str]) -> Iterator[None]:
    """Send every record to standard error and to the file, as long as the block runs.

    Args:
        home: The data folder; the file is ``logs/pullquote.log`` in it.
        secret_words: What must not appear in either, such as the bot's token.

    Raises:
        StorageError: If the file cannot be written.
    """
    folder = home / FOLDER
    try:
        make_folder(folder)
        file = _PrivateFile(
            folder / FILE, maxBytes=MAX_BYTES, backupCount=FILES_KEPT, encoding="utf-8", errors="backslashreplace"
        )
    except OSError as error:
        raise StorageError(
            f"The log in {folder} cannot be written ({(error.strerror or 'no reason given').lower()}); check the disk "
            "and the folder's permissions."
        ) from None
    hidden = [word for word in secret_words if word]
    file.setLevel(logging.INFO)
    file.setFormatter(_Discreet(hidden, "%(asctime)s %(levelname)s %(name)s: %(message)s"))
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    screen.setFormatter(_OneLine(hidden, "%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level, complains = root.level, logging.raiseExceptions
    logging.raiseExceptions = False  # where even the log cannot be written, no traceback about it reaches the screen
    root.setLevel(logging.INFO)
    for handler in (file, screen):
        root.addHandler(handler)
    try:
        yield
    finally:
        root.setLevel(level)
        logging.raiseExceptions = complains
        for handler in (file, screen):
            root.removeHandler(handler)
            handler.close()


def log_failure(error: BaseException, doing: str) -> str:
    """Record an error with its traceback under a new reference, and give the reference."""
    reference = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
    logger.error("%s: %s failed (%s).", reference, doing, type(error).__name__, exc_info=error)
    return reference


class _PrivateFile(RotatingFileHandler):
    """Makes every file so that only its owner can read it."""

    def _open(self) -> TextIOWrapper:
        make_private_file(Path(self.baseFilename))
        return super()._open()


class _Discreet(logging.Formatter):
    """Leaves secrets out of what the record says, tracebacks included."""

    def __init__(self, secret_words: list[str], layout: str) -> None:
        super().__init__(layout)
        self._secret_words = secret_words

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for word in self._secret_words:
            line = line.replace(word, HIDDEN)
        return TOKENS.sub(HIDDEN, line)


class _OneLine(_Discreet):
    """As well as that, keeps to one line: no traceback, no line breaks."""

    def format(self, record: logging.LogRecord) -> str:
        plain = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
        return visible(" ".join(super().format(plain).split()))
