"""Damaged records, and disks that are full, read-only or gone: told in a sentence, and nothing is lost."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from bot.discord.records import counters, server_settings
from bot.discord.records.database import (
    Database,
    RecordsError,
    open_connection,
)
from tests.bot.discord.records.fresh_records import GUILD
from tests.bot.discord.records.record_files import assert_one_sentence, keep, kept
from tests.faults.conftest import mounted, remount

__all__ = ["mounted"]


def spoil_header(data: bytearray) -> None:
    data[:16] = b"not a database!!"


def spoil_middle(data: bytearray) -> None:
    middle = len(data) // 2
    data[middle : middle + 4096] = random.Random(1).randbytes(4096)


def cut_short(data: bytearray) -> None:
    del data[len(data) // 2 :]


@pytest.mark.parametrize("spoil", [spoil_header, spoil_middle, cut_short])
def test_damaged_records_are_named_and_left_for_their_owner(
    home: Path, path: Path, spoil: Callable[[bytearray], None]
) -> None:
    with closing(open_connection(path)) as connection:
        for number in range(400):
            counters.count_question(connection, f"{number:032x}", number, date(2026, 3, 14))
    data = bytearray(path.read_bytes())
    spoil(data)
    path.write_bytes(data)
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(path), "damaged", "move that file and those beside it")
    assert path.read_bytes() == data
    path.rename(path.with_suffix(".old"))
    Database(home).close()  # the remedy works


async def test_damage_that_shows_later_is_told_the_same_way(database: Database) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        keep(connection, GUILD)
        connection.execute("UPDATE server_settings SET document = CAST(x'FF' AS TEXT)")

    await database.run(spoil)
    with pytest.raises(RecordsError, match="damaged"):
        await database.run(server_settings.load_all)


def test_a_folder_that_cannot_be_made_is_told(home: Path) -> None:
    home.write_text("a file stands here")
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(home), "PULLQUOTE_HOME")


def test_a_folder_in_the_files_place_is_told(home: Path, path: Path) -> None:
    path.mkdir()
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(path), "readable and writable")


@pytest.mark.parametrize("is_there", [False, True])
def test_a_read_only_disk_is_told_and_works_once_it_is_writable(
    mounted: Callable[[str], Path], *, is_there: bool
) -> None:
    home = mounted("4m")
    if is_there:
        Database(home).close()
    remount(home, "ro")
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(home / "discord"), "readable and writable")
    remount(home, "rw")
    Database(home).close()


@pytest.mark.parametrize(("size", "larger"), [("16k", "size=4m"), ("4m,nr_inodes=1", "nr_inodes=100")])
def test_a_disk_that_is_full_at_the_start_is_told_and_works_once_there_is_room(
    mounted: Callable[[str], Path], size: str, larger: str
) -> None:
    home = mounted(size)
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(home / "discord"), "free some space")
    remount(home, larger)
    Database(home).close()


async def test_a_disk_that_fills_up_loses_nothing_that_was_kept(mounted: Callable[[str], Path]) -> None:
    home = mounted("1m")
    database = Database(home)
    await database.run(keep, 1)
    with (home / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while ballast.write(bytes(4096)):
            pass

    def keep_many(connection: sqlite3.Connection) -> None:
        for guild_id in range(2, 10_000):
            keep(connection, guild_id)

    with pytest.raises(RecordsError) as caught:
        await database.run(keep_many)
    assert_one_sentence(caught.value, str(home / "discord"), "free some space")
    assert await database.run(kept) == [1]
    (home / "ballast").unlink()
    await database.run(keep, 2)
    assert await database.run(kept) == [1, 2]
    database.close()


async def test_rights_that_are_lost_while_running_are_told(database: Database) -> None:
    await database.run(lambda connection: connection.execute("PRAGMA query_only = ON") and None)
    with pytest.raises(RecordsError, match="readable and writable"):
        await database.run(keep, 1)
