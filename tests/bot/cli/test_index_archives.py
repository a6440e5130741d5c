"""``pullquote index club.zip``: the documents in it, each a source of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.json_checks import parse_lines
from tests.conftest import Run
from tests.retrieval.loaders.test_zipped_documents import write_zip

CLUB = {
    "guide.md": b"# Guide\n\nGate nine is shut.",
    "minutes/may.txt": b"In May the boats were painted.",
    "bad.docx": b"no document",
    "data.bin": b"\0",
}


def uris(cli: Run) -> list[str]:
    rows = parse_lines(cli("sources", "list", "--json", "--collection", "c").out)
    return sorted(str(row["uri"]).rpartition("/club.zip")[2] for row in rows)


@pytest.mark.usefixtures("programs")
def test_the_documents_of_an_archive_are_indexed_and_quoted(cli: Run, tmp_path: Path) -> None:
    path = write_zip(tmp_path, CLUB)
    done = cli("index", "--collection", "c", str(path))
    assert done.code == 3, "one of three failed"
    assert "bad.docx is damaged or not really DOCX inside" in done.err
    assert "Passed over 1 file that is no document." in done.err + done.out
    assert uris(cli) == ["#guide.md", "#minutes/may.txt"]
    (answer,) = parse_lines(cli("ask", "--json", "--collection", "c", "When were the boats painted?").out)
    (first, *_) = answer["citations"]
    assert first["quote"] == "In May the boats were painted."


@pytest.mark.usefixtures("programs")
def test_what_is_gone_from_an_archive_is_told_and_removed_on_demand(cli: Run, tmp_path: Path) -> None:
    both = {name: CLUB[name] for name in ("guide.md", "minutes/may.txt")}
    path = write_zip(tmp_path, both)
    assert cli("index", "--collection", "c", str(path)).code == 0
    again = cli("index", "--collection", "c", str(path))
    assert "2" in again.out + again.err
    assert "unchanged" in (again.out + again.err).lower()
    write_zip(tmp_path, {"guide.md": both["guide.md"]})
    done = cli("index", "--collection", "c", str(path))
    assert "1 document has no file there any more; --prune removes such documents." in done.out + done.err
    assert uris(cli) == ["#guide.md", "#minutes/may.txt"]
    cli("index", "--prune", "--collection", "c", str(path))
    assert uris(cli) == ["#guide.md"]


@pytest.mark.usefixtures("programs")
def test_a_folder_passes_over_archives_and_a_pattern_names_them(cli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "plan.txt").write_text("The plan is made.")
    write_zip(folder, {"guide.md": CLUB["guide.md"]})
    done = cli("index", "--collection", "c", str(folder))
    assert "Passed over 1 file that is no document." in done.out + done.err
    assert cli("index", "--collection", "c", str(folder / "*.zip")).code == 0
    assert len(uris(cli)) == 2
    cli("index", "--prune", "--collection", "c", str(folder))
    assert len(uris(cli)) == 2, "what is in an archive is not gone from its folder"
