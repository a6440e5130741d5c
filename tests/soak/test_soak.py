"""For long: kills by the hundred, minutes of readers beside a writer, hundreds of snapshots; run by ``make soak``."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot import Settings
from tests.chroma_server import ChromaServer
from tests.faults.client import Client
from tests.faults.killing import Killing, moment
from tests.faults.reading import held_after, read_beside_a_writer

pytestmark = pytest.mark.soak
KILLS = {"index": 100, "reindex": 20, "remove": 20}
# With each of the two ways to search.
MINUTES = 1


def test_random_kills_leave_old_or_new(client: Client, papers: Path, indexed: Path, tmp_path: Path) -> None:
    killing = Killing.prepare(client, papers, indexed, tmp_path / "undisturbed")
    left: Counter[tuple[str, str]] = Counter()
    home = tmp_path / "home"
    for act, kills in KILLS.items():
        for number in range(kills):
            left[act, killing.kill(act, moment(act, number, kills) * 1.05, home)] += 1
    shutil.rmtree(home)
    for (act, which), count in sorted(left.items()):
        print(f"{act}: the {which} library after {count} kills")  # noqa: T201 (what a long run is made for)
    assert left["index", "between"], "no kill fell between two commits"


def test_readers_beside_a_writer_for_minutes(client: Client, settings: Settings, few: int) -> None:
    asked, versions = read_beside_a_writer(client, settings, few, readers=3, seconds=60 * MINUTES)
    print(f"{asked} questions beside {versions} changes")  # noqa: T201 (as above)


@pytest.mark.enable_socket
def test_readers_beside_a_writer_on_a_server_for_minutes(
    client: Client, settings: Settings, few: int, tmp_path: Path
) -> None:
    server = ChromaServer(tmp_path / "server")
    server.start()
    try:
        on_server = settings.model_copy(update={"chroma_url": server.url})
        asked, versions = read_beside_a_writer(client, on_server, few, readers=3, seconds=60 * MINUTES)
    finally:
        server.stop()
    print(f"{asked} questions beside {versions} changes on a server")  # noqa: T201 (as above)


def test_nothing_grows_over_hundreds_of_snapshots(settings: Settings) -> None:
    first, last = held_after(settings, 300)
    assert all(after < before + 10 for before, after in zip(first, last, strict=True)), (first, last)
