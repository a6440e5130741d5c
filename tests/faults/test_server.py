"""The program with its library on a Chroma server: killed writers, readers beside a writer, other machines."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from retrieval import Indexer, Library, load_path
from retrieval.index import dense
from tests.chroma_server import ChromaServer
from tests.faults.client import Client, Ended, Started
from tests.faults.conftest import LIGHTHOUSE, WINDMILL, answers, assert_one_sentence, write_guide
from tests.faults.killing import KILLED, MONKS, NEW, NOTHING, OLD, assert_nothing_damaged, opened, said

pytestmark = pytest.mark.enable_socket
# How the addresses of requests end that change something.
WRITING = ("/upsert", "/add", "/delete", "/collections")


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
        self.url, self.database = server.url, server.new_database()

    def start(self, *argv: str, machine: str = "a", **options: Any) -> Started:
        environment = {"PULLQUOTE_CHROMA_URL": self.url, "PULLQUOTE_CHROMA_DATABASE": self.database}
        return self.client.start(*argv, home=self.folder / machine, env=environment, **options)

    def run(self, *argv: str, machine: str = "a", **options: Any) -> Ended:
        return self.start(*argv, machine=machine, **options).wait()

    def opened(self, machine: str) -> AbstractContextManager[Library]:
        """As one of the machines has it, in this process."""
        return opened(self.folder / machine, chroma_url=self.url, chroma_database=self.database)

    def look(self, machine: str, *, check: bool = False) -> tuple[str, str]:
        """What a machine finds that opens the library now; and whether it is sound, if that is to be checked."""
        with self.opened(machine) as library:
            if check:
                assert_nothing_damaged(library)
            return said(library, LIGHTHOUSE), said(library, WINDMILL)


@pytest.fixture
def place(client: Client, server: ChromaServer, tmp_path: Path, papers: Path) -> Place:
    place = Place(client, server, tmp_path)
    with place.opened("a") as library:
        Indexer(library).add([load_path(Path(write_guide(papers, 1853)))])
    return place


def before_each_write(monkeypatch: pytest.MonkeyPatch, reached: Callable[[], None]) -> None:
    """Call ``reached`` before each request that changes something on the server, except for those that it makes."""
    send = httpx.Client.send
    inside = False

    def send_after(client: httpx.Client, request: httpx.Request, **options: Any) -> httpx.Response:
        nonlocal inside
        if not inside and request.method != "GET" and request.url.path.endswith(WRITING):
            inside = True
            try:
                reached()
            finally:
                inside = False
        return send(client, request, **options)

    monkeypatch.setattr(httpx.Client, "send", send_after)


def test_an_index_run_killed_at_any_moment_leaves_old_or_new_for_every_machine(
    place: Place, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a kill leaves on a server is what others see of it at that moment; so they look before each change."""
    # What killed writers leave is among the vectors that Chroma finds, and not among those that are compared here.
    monkeypatch.setattr(dense, "FEW", 0)
    seen: list[tuple[str, str]] = []

    def look() -> None:
        seen.append(place.look(f"fresh {len(seen)}", check=True))
        assert place.look("b") == seen[-1]

    sources = [load_path(Path(write_guide(papers, 1856))), load_path(papers / "mill.md")]
    with place.opened("a") as library:
        before_each_write(monkeypatch, look)
        Indexer(library).add(sources)
    old, new = (OLD, NOTHING), (NEW, MONKS)
    assert set(seen) == {old, new}
    assert seen == sorted(seen, key=[old, new].index)
    assert seen.count(old) >= len(["texts", "lock", "vectors", "chunks", "manifest", "backup"])
    assert seen.count(new) >= len(["vectors", "pieces", "pointers"])


def test_what_a_killed_run_left_undone_the_next_completes_on_another_machine(place: Place, papers: Path) -> None:
    paths = [write_guide(papers, 1856), str(papers / "mill.md")]
    started = place.start("index", *paths)
    time.sleep(random.Random(7).uniform(0.1, 0.4))
    started.send(signal.SIGKILL)
    assert started.wait().code in (0, KILLED)
    assert place.look("b", check=True) in ((OLD, NOTHING), (NEW, MONKS))
    done = place.run("index", *paths, machine="c")
    assert (done.code, done.err) == (0, "")
    assert place.look("b", check=True) == (NEW, MONKS)


def test_questions_beside_a_writer_are_answered_from_old_or_new(place: Place, papers: Path, few: int) -> None:
    seen = set()
    for year in (1856, 1853):
        started = place.start("index", write_guide(papers, year), few=few)
        for machine in ("a", "b"):
            seen.add(place.look(machine)[0])
        assert started.wait().code == 0
        assert place.look("b")[0] == (NEW if year == 1856 else OLD)
    assert seen <= {OLD, NEW}


def test_every_command_works_and_an_away_server_is_one_sentence(place: Place, papers: Path) -> None:
    listed = place.run("sources", "list", machine="b")
    assert "Harbour guide" in listed.out
    guide = next(line.split("\t")[0] for line in listed.out.splitlines() if "Harbour" in line)
    assert "built in 1853" in place.run("sources", "show", guide, machine="b").out
    assert "1853" in place.run("search", "lighthouse", machine="b").out
    assert place.run("doctor", machine="b").code == 0
    assert place.run("reindex", machine="b").code == 0
    assert answers(place.run("ask", "--json", LIGHTHOUSE))[LIGHTHOUSE] == OLD
    assert place.run("sources", "verify", machine="b").code == 0
    assert place.run("sources", "remove", guide, machine="b").code == 0
    assert place.look("a")[0] == NOTHING
    away = place.client.run(
        "ask", LIGHTHOUSE, home=place.folder / "a", env={"PULLQUOTE_CHROMA_URL": "http://127.0.0.1:9"}
    )
    assert_one_sentence(away, "does not answer; start it, or correct PULLQUOTE_CHROMA_URL")
