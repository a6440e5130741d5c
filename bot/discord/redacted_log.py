"""The bot's log: one line each to standard error, with tracebacks to the file, and neither with secrets."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.logs import FOLDER, LAYOUT, LogFile, log_kept
from bot.safe_text import visible
from retrieval import StorageError

logger = logging.getLogger(__name__)

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
def redacted_log(home: Path, secret_words: Iterable[str]) -> Iterator[None]:
    """Send every record to standard error and to the log, as long as the block runs.

    Args:
        home: The data folder, in which the log is.
        secret_words: What must not appear in either, such as the bot's token.

    Raises:
        StorageError: If the file cannot be written.
    """
    try:
        file = LogFile(home, delay=False)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise StorageError(
            f"The log in {home / FOLDER} cannot be written ({reason}); check the disk and the folder's permissions."
        ) from None
    hidden = [word for word in secret_words if word]
    file.setLevel(logging.INFO)
    file.setFormatter(_Redacted(hidden, LAYOUT))
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    screen.setFormatter(_RedactedLine(hidden, "%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    try:
        with log_kept(home, [file, screen]):
            screen.setStream(sys.stderr)
            yield
    finally:
        root.setLevel(level)


def log_failure(error: BaseException, doing: str) -> str:
    """Record an error with its traceback under a new reference, and give the reference."""
    reference = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
    logger.error("%s: %s failed (%s).", reference, doing, type(error).__name__, exc_info=error)
    return reference


@contextmanager
def failures_logged(doing: str) -> Iterator[None]:
    """The last line of defence around what nobody waits for: whatever goes wrong in the block is logged, and no more.

    Args:
        doing: What is being done, for the log.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 (whatever it was)
        log_failure(error, doing)


class _Redacted(logging.Formatter):
    """Leaves secrets out of what the record says, tracebacks included."""

    def __init__(self, secret_words: list[str], layout: str) -> None:
        super().__init__(layout)
        self._secret_words = secret_words

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for word in self._secret_words:
            line = line.replace(word, HIDDEN)
        return TOKENS.sub(HIDDEN, line)


class _RedactedLine(_Redacted):
    """As well as that, keeps to one line: no traceback, no line breaks."""

    def format(self, record: logging.LogRecord) -> str:
        plain = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
        return visible(" ".join(super().format(plain).split()))
