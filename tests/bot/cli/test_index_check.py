"""``pullquote index --check``: what would be stored, and nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.bot.fakes import write_file
from tests.bot.json_checks import check_sentence
from tests.conftest import Run
from tests.retrieval.loaders.pdf.pdf_files import typeset


@pytest.mark.usefixtures("programs")
def test_what_would_be_stored_is_told_and_nothing_is(cli: Run, tmp_path: Path) -> None:
    rules = write_file(tmp_path / "rules.md", "# Rules\n\nBe kind.\n\n## Fees\n\nForty euros\ue000 a year.\n")
    fees = write_file(tmp_path / "fees.csv", "who,fee\nadults,40\npupils,20\n")
    outcome = cli("index", "--check", str(rules), str(fees))
    assert (outcome.code, outcome.err) == (0, "")
    first, second = outcome.out.split("\n\n")
    told = dict(line.split(": ", 1) for line in first.splitlines())
    assert told["file"] == str(rules)
    assert (told["title"], told["format"], told["language"]) == ("Rules", "markdown, read as utf-8", "en")
    assert told["headings"] == "2 (Rules; Fees)"
    assert told["tables"] == "0"
    assert told["odd characters"].endswith("(1 × U+E000)")
    assert told["begins"].startswith("# Rules Be kind.")
    assert "pages" not in told
    assert "tables: 1 with 2 rows" in second
    assert "Rules" not in cli("sources", "list").out


def test_one_that_cannot_be_read_is_a_sentence_and_the_others_are_told(cli: Run, tmp_path: Path) -> None:
    rules = write_file(tmp_path / "rules.txt", "Be kind.")
    outcome = cli("index", "--check", str(tmp_path / "missing.txt"), str(rules))
    assert outcome.code == 3
    check_sentence(outcome.err.strip())
    assert f"file: {rules}" in outcome.out
    assert cli("index", "--check", str(tmp_path / "missing.txt")).code == 2


@pytest.mark.usefixtures("programs")
def test_a_page_is_drawn_with_its_lines_in_order(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.pdf").write_bytes(typeset([["Be kind to everybody here."], ["Go in peace, all of you."]]))
    outcome = cli("index", "--check", "--picture", "2", "rules.pdf")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "picture: rules-page-2.png"
    with Image.open("rules-page-2.png") as picture:
        assert max(picture.size) > 1000
        colours = picture.convert("RGB").tobytes()
    dots = zip(colours[::3], colours[1::3], colours[2::3], strict=True)
    assert sum(red > 150 and green < 60 and blue < 60 for red, green, blue in dots) > 100


@pytest.mark.usefixtures("programs")
def test_no_picture_replaces_a_file_that_is_there(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [f"{folder}/{'ü' * 120}.pdf" for folder in ("mine", "yours")]
    for name in names:
        Path(name).parent.mkdir()
        Path(name).write_bytes(typeset([["Be kind to everybody here."]]))
    kept = tmp_path / "kept"
    kept.write_text("words")
    first = Path(f"{'ü' * 90}-page-1.png")
    first.symlink_to(kept)
    outcome = cli("index", "--check", "--picture", "1", *names)
    drawn = [line.removeprefix("picture: ") for line in outcome.out.splitlines() if line.startswith("picture: ")]
    assert drawn == [f"{first.stem}-2.png", f"{first.stem}-3.png"]
    assert all(Path(name).stat().st_size > 1000 for name in drawn)
    assert (kept.read_text(), first.is_symlink()) == ("words", True)


@pytest.mark.usefixtures("programs")
def test_what_cannot_be_drawn_is_a_sentence(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.pdf").write_bytes(typeset([["Be kind to everybody here."]]))
    write_file(tmp_path / "rules.txt", "Be kind.")
    for arguments in (["--check", "--picture", "7", "rules.pdf"], ["--check", "--picture", "1", "rules.txt"]):
        outcome = cli("index", *arguments)
        assert outcome.code == 2
        check_sentence(outcome.err.strip())
    outcome = cli("index", "--picture", "1", "rules.pdf")
    assert (outcome.code, outcome.err) == (2, "--picture goes with --check; add that.\n")
    assert list(tmp_path.glob("*.png")) == []
