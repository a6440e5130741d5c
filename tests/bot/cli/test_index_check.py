"""``pullquote index --check``: what would be stored, and nothing is."""

from __future__ import annotations

from pathlib import Path

from tests.bot.fakes import write_file
from tests.bot.json_checks import check_sentence
from tests.conftest import Run


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
