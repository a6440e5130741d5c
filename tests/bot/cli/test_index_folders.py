"""``pullquote index`` with folders, patterns, standard input and web addresses; and what it tells at the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bot.fakes import write_file
from tests.bot.json_checks import check_sentence, parse_lines
from tests.conftest import Run


def titles(cli: Run, collection: str = "c") -> list[str]:
    rows = parse_lines(cli("sources", "list", "--json", "--collection", collection).out)
    return sorted(row["title"] for row in rows)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with documents, and with what is none."""
    folder = tmp_path / "papers"
    for name, text in {
        "guide.md": "# Guide\n\nGate nine is shut.",
        "notes/may.txt": "In May the boats were painted.",
        "notes/june.txt": "In June the pier was mended.",
        "drafts/plan.txt": "The plan is secret.",
        "notes/list.csv": "name,fee\nAnna,12\nBert,15\n",
        ".hidden/secret.txt": "Nobody reads this.",
        "notes/.swap.txt": "Nor this.",
        "picture.png": "no picture",
        "data.bin": "no document",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, text)
    return folder


@pytest.mark.usefixtures("programs")
def test_a_folder_is_searched_for_documents_and_what_is_left_out_is_counted(cli: Run, papers: Path) -> None:
    outcome = cli("index", str(papers), "--collection", "c")
    assert (outcome.code, outcome.err) == (0, "")
    assert titles(cli) == ["Guide", "june", "list", "may", "plan"]
    assert outcome.out.splitlines()[-2:] == ["5 added.", "Passed over 2 files that are no documents."]
    again = cli("index", str(papers), "--collection", "c")
    assert again.out.splitlines()[-2:] == ["5 unchanged.", "Passed over 2 files that are no documents."]


def test_patterns_leave_files_out_from_the_command_line_and_from_the_folder(cli: Run, papers: Path) -> None:
    write_file(papers / ".pullquoteignore", "# not yet\ndrafts/\n")
    assert cli("index", str(papers), "--collection", "c", "--exclude", "june.*", "--exclude", "*.csv").code == 0
    assert titles(cli) == ["Guide", "may"]


def test_a_pattern_is_expanded_and_one_that_matches_nothing_is_a_missing_file(cli: Run, papers: Path) -> None:
    assert cli("index", str(papers / "**" / "*.txt"), "--collection", "c").code == 0
    assert titles(cli) == ["june", "may", "plan"]
    missing = cli("index", str(papers / "*.docx"), "--collection", "c")
    assert (missing.code, missing.err) == (2, f"There is no file {papers / '*.docx'}; check the path.\n")


def test_a_pattern_leaves_out_what_a_folder_does_and_names_any_ending(cli: Run, papers: Path, tmp_path: Path) -> None:
    write_file(papers / ".pullquoteignore", "drafts/\n")
    write_file(papers / "notes" / "pier.log", "The pier was closed at six.")
    write_file(tmp_path / "outside.txt", "This is none of the folder's business.")
    (papers / "notes" / "out.txt").symlink_to(tmp_path / "outside.txt")
    (papers / "around").symlink_to(papers, target_is_directory=True)
    (papers / "up").symlink_to(tmp_path, target_is_directory=True)
    outcome = cli("index", str(papers / "**" / "*.[tl][xo]*"), "--collection", "c", "--exclude", "june.*", "--prune")
    assert outcome.code == 3
    assert outcome.err == (
        f"{papers / 'notes' / 'out.txt'} is a link that leads out of {papers}; index its target itself.\n"
    )
    assert titles(cli) == ["may", "pier"]
    (papers / "notes" / "may.txt").unlink()
    assert cli("index", str(papers / "*" / "*.log"), "--collection", "c", "--prune").out.startswith("Unchanged:")
    assert titles(cli) == ["may", "pier"], "a pattern names no folder to prune"


def test_a_name_with_brackets_is_a_file_where_there_is_one(cli: Run, tmp_path: Path) -> None:
    write_file(tmp_path / "rules [1].txt", "Gate seven opens at noon.")
    write_file(tmp_path / "rules 1.txt", "Gate nine is shut.")
    assert cli("index", str(tmp_path / "rules [1].txt"), "--collection", "c").code == 0
    assert titles(cli) == ["rules [1]"]


def test_a_path_that_is_too_long_does_not_stop_the_others(cli: Run, papers: Path) -> None:
    outcome = cli("index", "x" * 300, str(papers / "guide.md"), "--collection", "c")
    assert outcome.code == 3
    check_sentence(outcome.err)
    assert titles(cli) == ["Guide"]


def test_a_pattern_does_not_search_the_librarys_own_folder(cli: Run, home: Path, tmp_path: Path) -> None:
    write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    assert list((home / "texts").glob("*.txt"))
    cli("index", str(tmp_path / "**" / "*.txt"), "--collection", "c")
    assert titles(cli) == ["rules"]


@pytest.mark.usefixtures("programs")
def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_read_once(
    cli: Run, papers: Path, tmp_path: Path
) -> None:
    write_file(tmp_path / "outside.txt", "This is none of the folder's business.")
    (papers / "out.txt").symlink_to(tmp_path / "outside.txt")
    (papers / "climbs.txt").symlink_to(Path("..", "outside.txt"))
    (papers / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (papers / "inside.txt").symlink_to(papers / "notes" / "may.txt")
    (papers / "up").symlink_to(tmp_path, target_is_directory=True)
    outcome = cli("index", str(papers), "--collection", "c")
    assert outcome.code == 3
    assert len(outcome.err.splitlines()) == 3
    assert all("leads out of" in line for line in outcome.err.splitlines())
    assert len(titles(cli)) == 5
    assert "outside" not in titles(cli)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_does_not_stop_the_others(cli: Run, papers: Path) -> None:
    (papers / "notes").chmod(0)
    try:
        outcome = cli("index", str(papers), "--collection", "c")
    finally:
        (papers / "notes").chmod(0o755)
    assert outcome.code == 3
    check_sentence(outcome.err)


@pytest.mark.usefixtures("programs")
def test_documents_whose_files_are_gone_stay_until_they_are_pruned(cli: Run, papers: Path) -> None:
    cli("index", str(papers), "--collection", "c")
    (papers / "notes" / "may.txt").unlink()
    kept = cli("index", str(papers), "--collection", "c")
    assert "1 document has no file there any more; --prune removes such documents." in kept.out
    assert "may" in titles(cli)
    elsewhere = cli("index", str(papers / "drafts"), "--collection", "c", "--prune")
    assert "removed" not in elsewhere.out
    pruned = cli("index", str(papers), "--collection", "c", "--prune")
    assert "Removed “may” (" in pruned.out
    assert "4 unchanged, 1 removed." in pruned.out
    assert titles(cli) == ["Guide", "june", "list", "plan"]
    assert cli("ask", "What was painted in May?", "--collection", "c").code == 1


@pytest.mark.usefixtures("programs")
def test_a_document_comes_from_standard_input(cli: Run) -> None:
    outcome = cli("index", "-", "--name", "gates.txt", "--collection", "c", stdin="Gate four is blue.".encode("utf-16"))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Added “gates” (")
    assert "read as utf-16" in outcome.out.lower()
    assert "blue" in cli("ask", "Which colour is gate four?", "--collection", "c").out
    assert cli("index", "-", "--collection", "c").code == 2


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:9/rules.html", "http://[::1]/", "https://localhost/x.pdf"])
def test_an_address_on_this_machine_is_refused_in_a_sentence(cli: Run, url: str) -> None:
    outcome = cli("index", url, "--collection", "c")
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)


def test_many_documents_are_told_as_numbers(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "rooms").mkdir()
    for number in range(21):
        write_file(tmp_path / "rooms" / f"{number}.txt", f"The key of room {number} is {number * 7}.")
    outcome = cli("index", str(tmp_path / "rooms"), "--collection", "c")
    assert outcome.out == "21 added.\n"
    write_file(tmp_path / "rooms" / "3.txt", "The key of room 3 is lost.")
    assert cli("index", str(tmp_path / "rooms"), "--collection", "c").out == "1 replaced, 20 unchanged.\n"


@pytest.mark.usefixtures("programs")
def test_the_librarys_own_folder_is_not_searched(cli: Run, home: Path, papers: Path, tmp_path: Path) -> None:
    cli("index", str(papers), "--collection", "c")
    assert home.parent == tmp_path
    cli("index", str(tmp_path), "--collection", "c")
    assert len(titles(cli)) == 5


def test_an_unchanged_file_is_hashed_and_not_read_again(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    cli("index", str(path), "--collection", "c")

    def fail(*args: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr("retrieval.loaders.source_loader.Original.load", fail)
    assert cli("index", str(path), "--collection", "c").out.startswith("Unchanged: “rules” (")
