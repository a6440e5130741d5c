"""The program with its library on a Chroma server: killed writers, readers beside a writer, other machines."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chroma_server import ChromaServer
from tests.faults.client import Client, Ended
from tests.faults.conftest import LIGHTHOUSE, WINDMILL, answers, assert_one_sentence, write_guide
from tests.faults.killing import KILLED, MONKS, NEW, OLD

pytestmark = pytest.mark.enable_socket
BOTH = f"{LIGHTHOUSE}\n{WINDMILL}\n"
POINTS = [
    ("retrieval.server.texts:ServerTexts.write", "after", 1),
    ("retrieval.vectors:ChromaVectors.add", "after", 1),
    ("retrieval.server.texts:ServerTexts.write_chunks", "after", 1),
    ("retrieval.server.lock:ServerLock.check", "after", 2),
    ("retrieval.server.storage:ServerStorage.publish", "after", 1),
    ("retrieval.vectors:ChromaVectors.delete", "before", 1),
    ("retrieval.server.companion:Companion.delete", "before", 2),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma-server"))
    server.start()
    yield server
    server.stop()


class Place:
    """A library on the server, with the guide of 1853 in it, and machines that use it."""

    def __init__(self, client: Client, server: ChromaServer, folder: Path) -> None:
        self.client, self.folder = client, folder
        # What killed writers leave is among the vectors that Chroma finds, and not among those that are compared here.
        self.few = 0
        self.environment = {"PULLQUOTE_CHROMA_URL": server.url, "PULLQUOTE_CHROMA_DATABASE": server.new_database()}

    def run(self, *argv: str, machine: str = "a", **options: Any) -> Ended:
        return self.client.run(*argv, home=self.folder / machine, env=self.environment, few=self.few, **options)

    def ask_both(self, machine: str) -> tuple[str, bool]:
        found = answers(self.run("ask", "--json", "-", machine=machine, stdin=BOTH))
        return found[LIGHTHOUSE], found[WINDMILL] == MONKS


@pytest.fixture
def place(client: Client, server: ChromaServer, tmp_path: Path, papers: Path) -> Place:
    place = Place(client, server, tmp_path)
    assert place.run("index", write_guide(papers, 1853)).code == 0
    return place


def name(point: tuple[str, str, int]) -> str:
    return f"{point[1]}-{point[0].split(':')[1]}"


@pytest.mark.parametrize("point", POINTS, ids=name)
def test_killed_index_run_leaves_old_or_new_for_every_machine(
    place: Place, papers: Path, point: tuple[str, str, int]
) -> None:
    paths = [write_guide(papers, 1856), str(papers / "mill.md")]
    assert place.run("index", *paths, die_at=point).code == KILLED
    seen = place.ask_both("b")
    assert seen in ((OLD, False), (NEW, True))
    assert place.ask_both("a") == seen
    write_guide(papers, 1856 if seen[1] else 1853)
    checked = place.run("sources", "verify", machine="fresh")
    assert (checked.code, checked.err) == (0, "")


def test_what_a_killed_run_left_undone_the_next_completes_on_another_machine(place: Place, papers: Path) -> None:
    paths = [write_guide(papers, 1856), str(papers / "mill.md")]
    started = place.client.start("index", *paths, home=place.folder / "a", env=place.environment)
    time.sleep(random.Random(7).uniform(0.1, 0.4))
    started.send(signal.SIGKILL)
    assert started.wait().code in (0, KILLED)
    done = place.run("index", *paths, machine="c")
    assert (done.code, done.err) == (0, "")
    assert place.ask_both("b") == (NEW, True)
    assert place.run("sources", "verify", machine="b").code == 0


def test_questions_beside_a_writer_are_answered_from_old_or_new(place: Place, papers: Path, few: int) -> None:
    place.few = few
    seen = set()
    for year in (1856, 1853):
        started = place.client.start("index", write_guide(papers, year), home=place.folder / "a", env=place.environment)
        for machine in ("a", "b"):
            seen.add(place.ask_both(machine)[0])
        assert started.wait().code == 0
        assert place.ask_both("b")[0] == (NEW if year == 1856 else OLD)
    assert seen <= {OLD, NEW}


def test_every_command_works_and_an_away_server_is_one_sentence(place: Place, papers: Path) -> None:
    listed = place.run("sources", "list", machine="b")
    assert "Harbour guide" in listed.out
    guide = next(line.split("\t")[0] for line in listed.out.splitlines() if "Harbour" in line)
    assert "built in 1853" in place.run("sources", "show", guide, machine="b").out
    assert "1853" in place.run("search", "lighthouse", machine="b").out
    assert place.run("doctor", machine="b").code == 0
    assert place.run("reindex", machine="b").code == 0
    assert place.ask_both("a")[0] == OLD
    assert place.run("sources", "remove", guide, machine="b").code == 0
    assert place.ask_both("a")[0] == "not_found"
    away = place.client.run(
        "ask", LIGHTHOUSE, home=place.folder / "a", env={"PULLQUOTE_CHROMA_URL": "http://127.0.0.1:9"}
    )
    assert_one_sentence(away, "does not answer; start it, or correct PULLQUOTE_CHROMA_URL")
