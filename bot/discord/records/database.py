"""Where settings, votes, citations and counts are kept: one SQLite file, used by one thread."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Concatenate, ParamSpec, TypeVar

from bot.discord.records.schema import MIGRATIONS
from retrieval import PullquoteError
from retrieval.files import make_folder, make_private_file

FOLDER = "discord"
FILE = "discord.sqlite3"
BUSY_SECONDS = 2.0
PRIVATE_FOLDER_MODE = 0o700
# How direct messages are filed: a null would count as different from itself in a primary key.
DIRECT_MESSAGES = 0
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class RecordsError(PullquoteError):
    """What the bot keeps on disk cannot be read or written."""


class RecordsBusyError(RecordsError):
    """Another process is writing the same file."""

    retryable: ClassVar[bool] = True


class Database:
    """The records of one data folder; every use of the connection happens on one thread of its own.

    Opening waits for the disk, so it belongs before the event loop has anything to do.

    Args:
        home: The data folder (``PULLQUOTE_HOME``).

    Raises:
        RecordsError: If the file is damaged, was written by a newer version, or cannot be written.
    """

    def __init__(self, home: Path) -> None:
        self._path = private_folder(home) / FILE
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="discord-records")
        try:
            self._connection = self._executor.submit(open_connection, self._path).result()
        except BaseException:
            self._executor.shutdown()
            raise

    async def run(
        self,
        function: Callable[Concatenate[sqlite3.Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Call ``function(connection, …)`` in one transaction, without blocking the event loop.

        Whoever is cancelled while waiting leaves no half of it: it has not begun, or it happens whole.

        Raises:
            RecordsError: If the file cannot be read or written; then nothing was changed.
        """

        def work() -> Result:
            with records_errors(self._path), transaction(self._connection):
                return function(self._connection, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def scrub(self) -> None:
        """Make what was deleted unreadable now: until then SQLite keeps it in the log beside the file.

        Raises:
            RecordsError: If the file cannot be written.
        """

        def work() -> None:
            with records_errors(self._path):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """Wait for what is running and close the file."""
        self._executor.submit(self._connection.close)
        self._executor.shutdown()


def open_connection(path: Path) -> sqlite3.Connection:
    """Open the file for the thread that calls, checked and brought up to date; it is made if it is missing.

    Raises:
        RecordsError: If the file is damaged, was written by a newer version, or cannot be written.
    """
    with records_errors(path):
        make_private_file(path)  # SQLite gives the files beside it the same rights
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _refuse_newer(connection, path)
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise _damaged(path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted does not linger in free pages
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def migrate(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Run the scripts that the file has not seen, each whole or not at all."""
    for version, script in enumerate(migrations, start=1):
        with transaction(connection):
            # Read inside the transaction: another process may have brought the file up to date a moment ago.
            if _version(connection) < version:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    # IMMEDIATE, so that a reader who then writes waits for its turn at the start and cannot fail in the middle.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors make SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise


def private_folder(home: Path) -> Path:
    """The folder for what this face keeps under ``home``, made if it is missing; nobody else may look inside.

    Raises:
        RecordsError: If it cannot be made.
    """
    folder = home / FOLDER
    with records_errors(folder):
        make_folder(folder)
        if folder.stat().st_mode & 0o777 != PRIVATE_FOLDER_MODE:
            folder.chmod(PRIVATE_FOLDER_MODE)
    return folder


@contextmanager
def records_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about ``path`` into one sentence; mistakes of ours stay as they are."""
    try:
        yield
    except sqlite3.Error as error:
        told = _sentence(path, error)
        if told is None:
            raise
        raise told from error
    except OSError as error:
        raise _unusable(path, full=error.errno in FULL, read_only=error.errno in READ_ONLY) from error


def filed_under(guild_id: int | None) -> int:
    """The number that a server's records carry; direct messages have one of their own."""
    return DIRECT_MESSAGES if guild_id is None else guild_id


def to_text(moment: datetime) -> str:
    """A moment as it is stored: in UTC and always equally long, so that text sorts as time does.

    Raises:
        ValueError: If the moment has no time zone.
    """
    return in_utc(moment).isoformat(timespec="microseconds")


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: If the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return moment.astimezone(UTC)


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) > len(MIGRATIONS):
        raise RecordsError(
            f"The Discord records in {path} were written by a newer version of Pullquote; "
            "install that one, or set PULLQUOTE_HOME to another folder."
        )


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: ``executescript`` would end our transaction before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _sentence(path: Path, error: sqlite3.Error) -> RecordsError | None:
    """What to tell people; None when the mistake is ours."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own finding: text that is no UTF-8, or else a mistake in a call
        return _damaged(path) if isinstance(error, sqlite3.OperationalError) else None
    primary = code & 0xFF  # without the detail
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return _damaged(path)
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return RecordsBusyError(f"Another program is writing the Discord records in {path}; try again in a moment.")
    if primary in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}:
        return _unusable(
            path,
            # The file that readers and writers share has no room: SQLite does not call that full.
            full=primary == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE,
            read_only=primary in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN},
        )
    return None


def _damaged(path: Path) -> RecordsError:
    return RecordsError(
        f"The Discord records in {path} are damaged; move that file and those beside it whose names begin the same "
        "to another folder, and start again without the old settings and votes."
    )


def _unusable(path: Path, *, full: bool, read_only: bool) -> RecordsError:
    if full:
        reason, remedy = "have no room left", "free some space"
    elif read_only:
        reason, remedy = "cannot be read and written", "make the file and its folder readable and writable"
    else:
        reason, remedy = "cannot be used", "check the disk"
    return RecordsError(f"The Discord records in {path} {reason}; {remedy}, or set PULLQUOTE_HOME to another folder.")
