"""Changes of the library that wait for each other."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from bot.discord.library.change_queue import QueuePlace, in_turn
from bot.settings import Settings
from retrieval import Library, LibraryBusyError
from retrieval.files import LOCK


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(Settings(home=tmp_path))


def change(library: Library, made: list[str]) -> str:
    def make(seconds: float) -> str:
        with library.storage.lock(wait_seconds=seconds):
            made.append("made")
            return "done"

    return in_turn(library, make, QueuePlace(lambda: made.append("told"), time.monotonic() + 20))


def test_a_change_that_nobody_is_in_the_way_of_is_made_at_once(library: Library) -> None:
    made: list[str] = []
    assert change(library, made) == "done"
    assert made == ["made"]


def test_a_change_waits_for_others_and_is_made_once(library: Library) -> None:
    made: list[str] = []
    lock = FileLock(library.settings.home / LOCK, thread_local=False)
    lock.acquire()
    told = threading.Event()

    def waiting() -> None:
        made.append("told")
        told.set()

    def make(seconds: float) -> None:
        with library.storage.lock(wait_seconds=seconds):
            made.append("made")

    turn = QueuePlace(waiting, time.monotonic() + 20)
    working = threading.Thread(target=in_turn, args=(library, make, turn))
    working.start()
    assert told.wait(20)
    assert made == ["told"]
    lock.release()
    working.join(20)
    assert made == ["told", "made"]


def test_patience_has_an_end(library: Library) -> None:
    made: list[str] = []

    def make(seconds: float) -> None:
        with library.storage.lock(wait_seconds=seconds):
            made.append("made")

    with FileLock(library.settings.home / LOCK), pytest.raises(LibraryBusyError):
        in_turn(library, make, QueuePlace(until=time.monotonic() + 0.1))
    assert made == []
