"""``pullquote doctor``: one line a check, and each failure says what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.extractive.reader.span_reader import SpanReader
from bot.extractive.reader.weights import FOLDER, WEIGHTS
from retrieval import Indexer, Library, load_bytes
from retrieval.models import onnx_embedder
from tests.bot.json_checks import check_sentence
from tests.conftest import Outcome, Run

CHECKS = ["Python", "SQLite", "model", "data folder", "index", "settings", "reader"]


def results(outcome: Outcome) -> dict[str, str]:
    """Each check's verdict."""
    return {line[5:].partition(":")[0]: line[:4].strip() for line in outcome.out.splitlines()}


def check_failed(outcome: Outcome, *names: str) -> None:
    """Exactly these checks failed, each in one sentence."""
    assert results(outcome) == {name: "FAIL" if name in names else "ok" for name in CHECKS}
    assert outcome.code == 2
    check_sentence(outcome.err)
    for line in outcome.out.splitlines():
        if line.startswith("FAIL"):
            check_sentence(line)


def test_all_is_well_with_a_sound_library(cli: Run) -> None:
    outcome = cli("doctor")
    assert results(outcome) == dict.fromkeys(CHECKS, "ok")
    assert (outcome.code, outcome.err) == (0, "")


def test_all_is_well_before_anything_was_asked_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    outcome = run("doctor")
    assert results(outcome) == dict.fromkeys(CHECKS, "ok")
    assert outcome.code == 0
    assert not (tmp_path / "home").exists()


def test_an_unsupported_python_fails(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.maintenance.doctor.OLDEST_PYTHON", (3, 99))
    check_failed(cli("doctor"), "Python")


def test_an_old_sqlite_fails(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.chroma.sqlite_database.OLDEST_SQLITE", (99, 0, 0))
    check_failed(cli("doctor"), "SQLite")


@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_a_model_file_that_is_not_the_published_one_fails(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(onnx_embedder.FOLDER, folder)
    (folder / onnx_embedder.TOKENIZER).unlink()
    if damage == "altered":
        (folder / onnx_embedder.TOKENIZER).write_bytes(b"{}")
    monkeypatch.setattr(onnx_embedder, "FOLDER", folder)
    outcome = cli("doctor")
    check_failed(outcome, "model")
    assert ("tokenizer.json was altered" if damage == "altered" else "missing or unreadable") in outcome.out
    assert "pip install --force-reinstall" in outcome.out


def test_another_model_that_cannot_be_loaded_fails_with_the_index_that_it_did_not_make(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-model").mkdir()
    monkeypatch.setenv("PULLQUOTE_EMBEDDING_MODEL", str(tmp_path / "no-model"))
    check_failed(cli("doctor"), "model", "index")


def test_a_data_folder_that_is_a_file_fails(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_HOME", str(write_nothing(tmp_path / "file")))
    outcome = run("doctor")
    check_failed(outcome, "data folder")
    assert "PULLQUOTE_HOME" in outcome.out


def write_nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("part", ["manifest.json", "texts/*.txt", "index/*/keyword/*", "index/*/chroma"])
def test_damage_to_any_part_of_the_library_fails_with_the_remedy(cli: Run, home: Path, part: str) -> None:
    for path in list(home.glob(part)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.write_bytes(b"damaged")
    outcome = cli("doctor")
    check_failed(outcome, "index")
    assert "`pullquote reindex`" in outcome.out or "`pullquote sources verify --repair`" in outcome.out


def test_reindex_is_indeed_the_remedy(cli: Run, home: Path) -> None:
    for path in home.glob("texts/*.txt"):
        path.write_bytes(b"damaged")
    assert cli("doctor").code == 2
    assert cli("reindex").code == 0
    assert cli("doctor").code == 0


def test_a_misspelt_setting_fails_and_is_named(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_TRESHOLD", "0.5")
    outcome = cli("doctor")
    check_failed(outcome, "settings")
    assert "PULLQUOTE_TRESHOLD" in outcome.out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSAGES", "many"),
        ("PASSAGES", "0"),
        ("ANSWER_THRESHOLD", "2"),
        ("ANSWER_THRESHOLD", "nan"),
        ("SURE_THRESHOLD", "2"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_without_its_value(
    cli: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PULLQUOTE_{name}", value)
    for arguments in (("doctor",), ("ask", "How many planes?")):
        outcome = cli(*arguments)
        assert outcome.code == 2
        assert f"PULLQUOTE_{name}" in outcome.out + outcome.err
        check_sentence(outcome.err)


def test_an_altered_reader_fails(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "reader")
    (folder / WEIGHTS).write_bytes(b"not the weights")
    monkeypatch.setattr("bot.cli.doctor.open_reader", lambda model: SpanReader(folder))
    check_failed(cli("doctor"), "reader")


def test_documents_that_an_older_version_has_read_are_named(cli: Run, library: Library) -> None:
    gate = load_bytes(b"# Gate\n\nThe gate is blue.", name="gate.md", uri="https://club.example/gate.md")
    Indexer(library).add([replace(gate, loader="markdown-0"), replace(gate, id="1" * 12, uri="file:///new.md")], "club")
    line = (
        "ok   documents: 1 document was read by an older version of Pullquote; index it again, or run "
        "`pullquote refresh`: “Gate”"
    )
    assert line in cli("doctor").out.splitlines()
    assert "older version" not in cli("doctor", "--collection", "default").out
    more = [replace(gate, id=f"{number:012x}", uri=f"file:///{number}.md", loader="") for number in range(3)]
    Indexer(library).add(more, "club")
    outcome = cli("doctor", "--collection", "club")
    assert outcome.code == 0
    assert (
        "4 documents were read by an older version of Pullquote; index them again: “Gate”, “Gate”, “Gate”, …"
        in outcome.out
    )
