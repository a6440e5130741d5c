"""``pullquote ask --html``: the answer as a file, which replaces nothing unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.json_checks import check_sentence
from tests.conftest import Run


def test_the_answer_is_printed_as_ever_and_lies_in_the_file(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "planes.html"
    outcome = cli("ask", "How many planes?", "--html", str(file))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{cli('ask', 'How many planes?').out}Saved as {file}.\n"
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "taking possession of five planes" in page
    assert [path.name for path in tmp_path.glob("*.html*")] == ["planes.html"]


def test_a_refusal_is_written_too_and_exits_with_1(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "no.html"
    assert cli("ask", "What is the capital of France?", "--html", str(file)).code == 1
    assert "The document does not say." in file.read_text(encoding="utf-8")
    assert "carrot and stick" not in file.read_text(encoding="utf-8")
    assert cli("ask", "thanks", "--html", str(tmp_path / "thanks.html")).code == 0
    assert (tmp_path / "thanks.html").exists()


def test_a_file_that_is_there_is_replaced_only_by_force(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.html"
    file.write_text("mine", encoding="utf-8")
    outcome = cli("ask", "How many planes?", "--html", str(file))
    assert (outcome.code, outcome.out, file.read_text(encoding="utf-8")) == (2, "", "mine")
    check_sentence(outcome.err)
    assert "--force" in outcome.err
    assert cli("ask", "How many planes?", "--html", str(file), "--force").code == 0
    assert "five planes" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "more"),
    [("a.html", ("--json",)), ("none/a.html", ()), (".", ("--force",))],
    ids=["json", "lost", "folder"],
)
def test_what_cannot_be_written_is_one_sentence(cli: Run, tmp_path: Path, name: str, more: tuple[str, ...]) -> None:
    outcome = cli("ask", "How many planes?", "--html", str(tmp_path / name), *more)
    assert outcome.code == 2
    check_sentence(outcome.err)
    assert not (tmp_path / "a.html").exists()
