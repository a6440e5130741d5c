"""Files that changed or vanished after they were indexed: answers come from the stored text, and ``verify`` says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.client import Client
from tests.faults.conftest import LIGHTHOUSE, LIGHTHOUSE_ANSWER, answers, write_guide
from tests.faults.homes import orphans


@pytest.fixture
def guide(client: Client, home: Path, tmp_path: Path) -> Path:
    """A guide of the test's own, indexed."""
    path = Path(write_guide(tmp_path, 1853))
    assert client.run("index", str(path), home=home).code == 0
    return path


def asked(client: Client, home: Path) -> str:
    return answers(client.run("ask", "--json", LIGHTHOUSE, home=home))[LIGHTHOUSE]


def test_changed_file_is_reported_still_answers_as_indexed_and_is_replaced_by_index(
    client: Client, home: Path, guide: Path, tmp_path: Path
) -> None:
    write_guide(tmp_path, 1856)
    verified = client.run("sources", "verify", home=home)
    assert verified.code == 2
    assert "has changed since it was indexed; run `pullquote index PATH` on it again." in verified.out
    assert verified.err == "1 of 2 sources need attention; the lines above say what to do.\n"
    assert asked(client, home) == LIGHTHOUSE_ANSWER
    replaced = client.run("index", str(guide), home=home)
    assert (replaced.code, replaced.err) == (0, "")
    assert "Replaced “Harbour guide”" in replaced.out
    assert asked(client, home) == LIGHTHOUSE_ANSWER.replace("1853", "1856")
    assert client.run("sources", "verify", home=home).code == 0
    assert orphans(home) == []


def test_vanished_file_is_no_fault_because_the_stored_text_answers(client: Client, home: Path, guide: Path) -> None:
    guide.unlink()
    verified = client.run("sources", "verify", home=home)
    assert (verified.code, verified.err) == (0, "")
    assert asked(client, home) == LIGHTHOUSE_ANSWER
    rebuilt = client.run("reindex", home=home)
    assert (rebuilt.code, rebuilt.err) == (0, "")
    assert asked(client, home) == LIGHTHOUSE_ANSWER


def test_bad_files_among_good_ones_are_named_and_the_good_ones_are_indexed(
    client: Client, home: Path, tmp_path: Path
) -> None:
    damaged, binary, blank = (tmp_path / name for name in ("damaged.txt", "binary.txt", "blank.txt"))
    damaged.write_bytes("Größe, Maße".encode() + b"\xfc")
    binary.write_bytes(b"PK\0\1")
    blank.write_text(" \n")
    paths = [str(path) for path in (damaged, binary, blank, tmp_path / "gone.txt")]
    done = client.run("index", *paths, write_guide(tmp_path, 1853), home=home)
    assert done.code == 3
    complaints = done.err.splitlines()
    assert len(complaints) == len(paths)
    assert all(path in complaint for path, complaint in zip(paths, complaints, strict=True))
    assert asked(client, home) == LIGHTHOUSE_ANSWER
