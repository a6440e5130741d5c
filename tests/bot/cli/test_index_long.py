"""``pullquote index`` of much: what is shown meanwhile, what a run that stops leaves told, and no input without end."""

from __future__ import annotations

import re
import resource
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from retrieval import Indexer
from retrieval.storage.write_lock import library_lock
from tests.bot.fakes import write_file
from tests.bot.json_checks import check_sentence, parse_lines
from tests.bot.terminals import plain, session
from tests.conftest import PROGRAM, Run


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    (tmp_path / "rooms").mkdir()
    for number in range(4):
        write_file(tmp_path / "rooms" / f"{number}.txt", f"The key of room {number} is {number * 7}. " * 20)
    return tmp_path / "rooms"


def test_a_run_that_stops_in_the_middle_tells_what_it_did(
    cli: Run, home: Path, rooms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process begins to write between two batches, and does not end in time."""
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_CHARACTERS", 900)
    monkeypatch.setattr("retrieval.ingest.batches.WAIT_SECONDS", 0)
    write_file(rooms / "0 blank.txt", " \n")
    (rooms / "out.txt").symlink_to(home / "manifest.json")
    add = Indexer.add
    with ExitStack() as another:

        def add_and_be_overtaken(*arguments: Any, **options: Any) -> object:
            report = add(*arguments, **options)
            another.enter_context(library_lock(home))
            return report

        monkeypatch.setattr(Indexer, "add", add_and_be_overtaken)
        outcome = cli("index", str(rooms), "--collection", "c")
    assert outcome.code == 2
    held = {row["title"]: row["id"] for row in parse_lines(cli("sources", "list", "--json", "--collection", "c").out)}
    assert outcome.out == f"Added “0” ({held['0']}).\nAdded “1” ({held['1']}).\n2 added, 2 failed.\n"
    assert set(held) == {"0", "1"}
    leads_out, blank, stopped = outcome.err.splitlines()
    assert "leads out of" in leads_out
    assert "0 blank.txt is empty" in blank
    assert stopped.startswith("Another pullquote (process ")
    check_sentence(stopped)


@pytest.mark.usefixtures("programs")
def test_an_input_without_end_is_refused(home: Path) -> None:
    def in_little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (1_500_000_000, 1_500_000_000))

    with subprocess.Popen(["yes", "The key of room seven is brass."], stdout=subprocess.PIPE) as endless:
        done = subprocess.run(
            [str(PROGRAM), "index", "-", "--collection", "c"],
            stdin=endless.stdout,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=in_little_memory,
        )
        endless.kill()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "stdin.txt is larger than 50 MB; split it into smaller files.\n"


@pytest.mark.usefixtures("programs")
def test_a_terminal_shows_how_fast_it_goes_and_for_how_long(home: Path, rooms: Path) -> None:
    with session([str(PROGRAM), "index", str(rooms), "--collection", "c"], {"PULLQUOTE_HOME": str(home)}) as indexing:
        shown = plain(indexing.wait_for("4 added."))
        assert indexing.leave() == 0
    assert re.search(r"Reading [━╸╺ ]+ \d of 4 files", shown)
    assert re.search(r"Loading the model [━╸╺ ]+", shown)
    assert re.search(r"Embedding [━╸╺ ]+ 4 of 4 chunks, [\d,]+ words/s \d:\d\d:\d\d", shown)
