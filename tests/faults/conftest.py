"""Small libraries, made once and copied, and the means to break them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.dense_search import few
from tests.faults.client import Client, Ended

__all__ = ["few"]

GUIDE = "# Harbour guide\n\nThe harbour opens at six. The lighthouse was built in {year} by Eduard Rueber.\n"
MILL = "# Mill\n\nThe windmill on the hill was raised by monks. It ground barley for the brewery until 1911.\n"
LIGHTHOUSE = "When was the lighthouse built?"
OFFICERS_ANSWER = "Eight security force officers were killed"
LIGHTHOUSE_ANSWER = "The lighthouse was built in 1853 by Eduard Rueber."
WINDMILL = "Who raised the windmill on the hill?"
OFFICERS = "How many security force officers were killed?"


@pytest.fixture(scope="session")
def client(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    client = Client(tmp_path_factory.mktemp("programs"))
    yield client
    client.close()


@pytest.fixture(scope="session")
def as_nobody() -> list[str]:
    """What runs a command as a user without a name, a home or rights; it skips where that cannot be done."""
    command = ["unshare", "--user", "--map-user=12345"]
    if shutil.which(command[0]) is None:
        pytest.skip("unshare is not installed here")
    tried = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no program can be started as another user here: {tried.stderr.strip()}")
    return command


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents: two states of one guide under one path are made with ``write_guide``."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "mill.md").write_text(MILL)
    return folder


@pytest.fixture(scope="session")
def indexed(client: Client, tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Path:
    """A library with the article and the guide of 1853; copy it, never change it."""
    home = tmp_path_factory.mktemp("indexed") / "home"
    done = client.run("index", write_guide(papers, 1853), home=home)
    assert done.code == 0, done
    return home


@pytest.fixture(scope="session")
def indexed_in_chroma(client: Client, tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Path:
    """The same library as an older version left it, without vectors beside Chroma's; copy it, never change it."""
    home = tmp_path_factory.mktemp("indexed-in-chroma") / "home"
    done = client.run("index", write_guide(papers, 1853), home=home, few=0)
    assert done.code == 0, done
    return home


@pytest.fixture(scope="session")
def large_library(client: Client, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough chunks that Chroma keeps its vectors in files of their own (from 1,000 on), and is asked for them."""
    folder = tmp_path_factory.mktemp("large")
    filler = " ".join(f"word{number % 50}" for number in range(148))
    rooms = (f"The code of room {room} is K{room * 37 % 9973}. {filler}." for room in range(1010))
    (folder / "rooms.txt").write_text("\n\n".join(rooms))
    done = client.run("index", str(folder / "rooms.txt"), home=folder / "home", few=0)
    assert done.code == 0, done
    assert list((folder / "home").rglob("index_metadata.pickle"))
    return folder / "home"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the test's own library lies (what PULLQUOTE_HOME says)."""
    return tmp_path / "home"


@pytest.fixture
def mounted(programs: None, tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """``mounted(size)`` gives a folder on a small file system of its own, which can be full or read-only."""
    points: list[Path] = []

    def mount(size: str) -> Path:
        point = tmp_path / f"mount{len(points)}"
        point.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(point)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip(f"this machine refuses to mount a tmpfs: {done.stderr.decode().strip()}")
        points.append(point)
        return point

    yield mount
    for point in points:
        subprocess.run(["umount", "--lazy", str(point)], check=True)


def remount(point: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(point)], check=True)


def write_guide(papers: Path, year: int) -> str:
    path = papers / "guide.md"
    path.write_text(GUIDE.format(year=year))
    return str(path)


def copied(library: Path, home: Path) -> Path:
    """Put a copy of the library there, in place of what was there."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(library, home)
    return home


@contextmanager
def told_with(case: str) -> Iterator[None]:
    """What fails is told with the case in which it fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(case)
        raise


def answers(ended: Ended) -> dict[str, str]:
    """Question -> its quote, or its status when it has none, of an ``ask --json`` that went well."""
    assert (ended.code in (0, 1), ended.err) == (True, ""), ended
    lines: list[dict[str, Any]] = [json.loads(line) for line in ended.out.splitlines()]
    return {line["question"]: line["citations"][0]["quote"] if line["citations"] else line["status"] for line in lines}


def assert_one_sentence(ended: Ended, *parts: str) -> None:
    """A problem was told the way that is promised: exit code 2, nothing else printed, one line with its remedy."""
    assert ended.code == 2, ended
    assert ended.out == ""
    assert ended.err.endswith(".\n"), ended.err
    assert ended.err.count("\n") == 1, ended.err
    for part in parts:
        assert part in ended.err
