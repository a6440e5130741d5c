"""Ctrl-C and closed pipes end the program quietly, with the exit code that shells expect, and harm nothing."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.faults.client import Client, Ended, Started
from tests.faults.conftest import LIGHTHOUSE, LIGHTHOUSE_ANSWER, answers, copied
from tests.faults.homes import orphans, read_manifest_at, unnamed_indexes

INTERRUPTED, PIPE_CLOSED, KILLED_BY_PIPE = 130, 141, -13


@pytest.fixture
def rooms(tmp_path: Path) -> str:
    """A document that takes some seconds to index."""
    filler = " ".join(f"word{number % 50}" for number in range(148))
    path = tmp_path / "rooms.txt"
    path.write_text("\n\n".join(f"The code of room {room} is K{room}. {filler}." for room in range(3000)))
    return str(path)


@pytest.fixture(scope="module")
def large(client: Client, indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library with a document more, so that it takes some seconds to build again."""
    folder = tmp_path_factory.mktemp("large")
    home = copied(indexed, folder / "home")
    filler = " ".join(f"word{number % 50}" for number in range(148))
    path = folder / "rooms.txt"
    path.write_text("\n\n".join(f"The code of room {room} is K{room}. {filler}." for room in range(2000)))
    assert client.run("index", str(path), home=home).code == 0
    return home


def interrupted(start: Callable[[], Started], moment: float) -> Ended:
    """Interrupt a program after so many seconds, or after half as many again and again if it was quicker than that."""
    started = start()
    time.sleep(moment)
    started.send(signal.SIGINT)
    ended = started.wait()
    return interrupted(start, moment / 2) if ended.code == 0 else ended


@pytest.mark.parametrize("moment", [0.2, 0.8])
def test_interrupted_index_leaves_the_old_library_and_the_next_run_tidies(
    client: Client, home: Path, indexed: Path, papers: Path, rooms: str, moment: float
) -> None:
    ended = interrupted(lambda: client.start("index", rooms, home=copied(indexed, home)), moment)
    assert (ended.code, ended.out, ended.err) == (INTERRUPTED, "", "")
    assert unnamed_indexes(home) == []
    asked = client.run("ask", "--json", LIGHTHOUSE, home=home)
    assert answers(asked)[LIGHTHOUSE] == LIGHTHOUSE_ANSWER
    assert client.run("index", str(papers / "mill.md"), home=home).code == 0
    assert orphans(home) == []


@pytest.mark.parametrize("moment", [0.3, 1.0])
def test_interrupted_reindex_leaves_the_old_library_and_the_next_run_tidies(
    client: Client, home: Path, large: Path, papers: Path, moment: float
) -> None:
    ended = interrupted(lambda: client.start("reindex", home=copied(large, home)), moment)
    assert (ended.code, ended.out, ended.err) == (INTERRUPTED, "", "")
    assert unnamed_indexes(home) == []
    assert read_manifest_at(home) == read_manifest_at(large)
    asked = client.run("ask", "--json", LIGHTHOUSE, home=home)
    assert answers(asked)[LIGHTHOUSE] == LIGHTHOUSE_ANSWER
    assert client.run("index", str(papers / "mill.md"), home=home).code == 0
    assert orphans(home) == []


def test_interrupted_batch_says_nothing_and_keeps_what_it_has_answered(
    client: Client, home: Path, indexed: Path
) -> None:
    copied(indexed, home)
    started = client.start("ask", "--json", "-", stdin=f"{LIGHTHOUSE}\n" * 3000, home=home)
    until = time.monotonic() + 30
    while not (started.stdout.exists() and started.stdout.stat().st_size) and time.monotonic() < until:
        time.sleep(0.02)
    started.send(signal.SIGINT)
    ended = started.wait()
    assert (ended.code, ended.err) == (INTERRUPTED, "")
    assert LIGHTHOUSE_ANSWER in ended.out.splitlines()[0]


def test_the_installed_program_ends_quietly_at_ctrl_c_at_any_moment(home: Path, indexed: Path) -> None:
    copied(indexed, home)
    command = [str(PROGRAM), "ask", LIGHTHOUSE]
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.monotonic() - began
    stopped = 0
    for part in (0.3, 0.5, 0.7):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            time.sleep(part * seconds)
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=60)
        assert err == ""
        # After the answer the program, or Python itself, may be stopped on its way out.
        assert running.returncode in ((0, -signal.SIGINT, INTERRUPTED) if out else (INTERRUPTED,))
        stopped += running.returncode == INTERRUPTED
    assert stopped >= 1


def test_the_installed_program_ends_quietly_when_its_reader_goes_away(home: Path, indexed: Path) -> None:
    copied(indexed, home)
    with subprocess.Popen(
        [str(PROGRAM), "search", LIGHTHOUSE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == ""
        assert running.wait(60) in (PIPE_CLOSED, KILLED_BY_PIPE)
