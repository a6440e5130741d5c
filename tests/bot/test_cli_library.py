"""``pullquote library``: export and import."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bot.contract_checks import check_sentence
from tests.conftest import Run

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
