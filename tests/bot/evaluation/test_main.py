"""``python -m bot.evaluation``: from its files to its tables, and the sentences for what it cannot use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import Settings
from bot.evaluation.__main__ import main
from retrieval import OnnxEmbeddings
from retrieval.extras import EXTRAS
from tests.bot.evaluation.documents import write_json_lines, write_squad
from tests.bot.json_checks import check_sentence, parse_lines
from tests.conftest import Outcome

Measure = Callable[..., Outcome]


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], embeddings: OnnxEmbeddings) -> Measure:
    """The program in this process, with the real model loaded once for all tests."""
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: embeddings)

    def call(*arguments: str) -> Outcome:
        code = main(list(arguments))
        return Outcome(code, *capsys.readouterr())

    return call


def test_tables_are_printed_and_everything_is_written(measure: Measure, settings: Settings, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n<!-- table:quality -->\n<!-- /table:quality -->\n\nEnd.\n", encoding="utf-8")
    out = tmp_path / "out"
    outcome = measure(str(write_squad(tmp_path)), "--limit", "2", "--out", str(out), "--write", str(page))
    assert outcome.code == 0
    for words in ("## Quality", "quotes exact", "1.000", "plain LangChain", "Time with 2 chunks", "questions.json"):
        assert words in outcome.out
    assert "Timing: 2 of 2\n" in outcome.err
    names = {path.name for path in out.iterdir()}
    assert names == {"report.json", "report.md", "failures.jsonl", "risk-coverage.svg", "reliability.svg"}
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Page\n\n<!-- table:quality -->\n\n| measure | n |")
    assert text.endswith("<!-- /table:quality -->\n\nEnd.\n")
    assert not settings.home.exists()  # nobody's own library is touched


def test_json_stands_alone_and_a_limit_is_kept(measure: Measure, tmp_path: Path) -> None:
    outcome = measure(str(write_json_lines(tmp_path)), "--json", "--limit", "1", "--no-timing")
    (report,) = parse_lines(outcome.out)
    assert outcome.code == 0
    assert report["questions"] == {"answerable": 2, "unanswerable inside the topic": 2, "off the document": 2}
    assert "time_p50" not in report["systems"]["Pullquote"]["figures"]


def test_without_matplotlib_there_is_a_sentence_and_everything_but_the_plots(
    measure: Measure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EXTRAS, "eval", ("no_such_module",))
    out = tmp_path / "out"
    outcome = measure(str(write_squad(tmp_path)), "--limit", "1", "--no-timing", "--out", str(out))
    assert outcome.code == 2
    sentence = outcome.err.splitlines()[-1]
    check_sentence(f"{sentence}\n")
    assert 'pip install "pullquote[eval]"' in sentence
    assert "quotes exact" in outcome.out
    assert {path.name for path in out.iterdir()} == {"report.json", "report.md", "failures.jsonl"}
    assert "![" not in (out / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.json"],
        ["empty"],
        ["bad.jsonl"],
        ["good.json", "--library", "empty"],
        ["good.json", "--write", "missing.md"],
        ["good.json", "--out", "bad.jsonl"],
    ],
)
def test_what_cannot_be_used_is_one_sentence_before_anything_is_asked(measure: Measure, arguments: list[str]) -> None:
    Path("empty").mkdir()
    Path("bad.jsonl").write_text("{}\n", encoding="utf-8")
    write_squad(Path()).rename("good.json")
    outcome = measure(*arguments)
    assert outcome.code == 2
    check_sentence(outcome.err)
    assert outcome.out == ""


def test_a_limit_of_none_is_refused(measure: Measure, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        measure("good.json", "--limit", "0")
    assert stopped.value.code == 2
    assert "argument --limit: invalid" in capsys.readouterr().err
