"""``pullquote library``: export and import."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Settings
from retrieval import Indexer, Library, OnnxEmbeddings, Place, Source, export_library
from tests.bot.json_checks import check_sentence
from tests.bot.terminals import RunInTerminal
from tests.conftest import Run

EVIL = "\x1b]0;mine\x07\x1b[2J\r\n\x9b31m\u202eevil"
PLANES = "Gate seven opens at noon. Nine planes wait there."


def test_a_library_moves_to_another_folder(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gates.txt").write_text(PLANES)
    cli("index", str(tmp_path / "gates.txt"), "--collection", "gates")
    file = tmp_path / "library.zip"
    out = cli("library", "export", str(file))
    assert (out.code, out.err) == (0, "")
    assert out.out == "Exported “default”: 1 document.\nExported “gates”: 1 document.\n"
    monkeypatch.setenv("PULLQUOTE_HOME", str(tmp_path / "elsewhere"))
    taken = cli("library", "import", str(file))
    assert (taken.code, taken.out) == (0, out.out.replace("Exported", "Imported"))
    assert "Nine planes" in cli("ask", "--collection", "gates", "How many planes wait?").out
    assert "five planes" in cli("ask", "How many planes?").out
    again = cli("library", "import", str(file))
    assert (again.code, again.out) == (2, "")
    assert "add --replace" in again.err
    assert cli("library", "import", "--replace", str(file)).code == 0


def test_a_file_that_is_there_is_not_replaced_unasked(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("mine")
    refused = cli("library", "export", str(file))
    assert (refused.code, file.read_text()) == (2, "mine")
    check_sentence(refused.err)
    assert "--force" in refused.err
    assert cli("library", "export", "--force", str(file)).code == 0
    assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("arguments", [("export",), ("import",), ("import", "nowhere.zip"), ()])
def test_what_cannot_be_done_is_one_sentence(cli: Run, arguments: tuple[str, ...]) -> None:
    outcome = cli("library", *arguments)
    assert outcome.code == 2
    check_sentence(outcome.err)


def test_nothing_to_export_is_said(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_HOME", str(tmp_path / "elsewhere"))
    outcome = cli("library", "export", str(tmp_path / "x.zip"))
    assert outcome.code == 2
    assert re.match("There is no library yet", outcome.err)
    assert not (tmp_path / "x.zip").exists()


def test_names_in_a_file_of_others_are_shown_as_what_they_are(
    cli: Run, in_terminal: RunInTerminal, tmp_path: Path, embeddings: OnnxEmbeddings
) -> None:
    uri = f"file:///a{EVIL}"
    source = replace(
        Source.from_bytes(uri=uri, title=f"Gates{EVIL}", data=PLANES.encode()),
        places=(Place(0, None, f"Heading{EVIL}"),),
        format=f"text{EVIL}",
        encoding=f"utf-8{EVIL}",
    )
    theirs = Library(Settings(home=tmp_path / "theirs"), embeddings)
    Indexer(theirs).add([source], "gates")
    export_library(theirs, tmp_path / "theirs.zip")
    theirs.close()
    assert cli("library", "import", str(tmp_path / "theirs.zip")).code == 0
    of_gates = ("--collection", "gates")
    commands = [
        ("ask", *of_gates, "How many planes wait?"),
        ("search", *of_gates, "How many planes wait?"),
        ("sources", "list", *of_gates),
        ("sources", "list", "--json", *of_gates),
        ("sources", "show", source.id, *of_gates),
        ("sources", "verify", *of_gates),
        ("doctor", *of_gates),
        ("sources", "remove", source.id, *of_gates),
    ]
    for command in commands[:3]:
        _, shown = in_terminal(cli, *command)
        assert not re.search(r"\x1b\]|\x1b\[2J|\x9b|\u202e|\x07", shown), command
    for command in commands:
        outcome = cli(*command)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", outcome.out + outcome.err), command


def test_a_name_that_breaks_lines_makes_no_line_of_its_own(
    cli: Run, tmp_path: Path, embeddings: OnnxEmbeddings
) -> None:
    mine = Library(Settings.load(), embeddings)
    source = Source.from_bytes(uri="file:///a\nok   all is well", title="Gates", data=PLANES.encode())
    Indexer(mine).add([source], "gates")
    mine.close()
    assert len(cli("sources", "list", "--collection", "gates").out.splitlines()) == 1
    shown = cli("sources", "show", source.id, "--collection", "gates").out
    assert "uri: file:///a ok all is well\n" in shown
