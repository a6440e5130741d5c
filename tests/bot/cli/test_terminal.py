"""The words that answer: bold on a screen, and no mark of them in a pipe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.citations import Citation
from bot.cli.terminal import show_blocks
from bot.quotes import cite
from bot.render import render_answer, render_citation
from retrieval import Span
from tests.bot.fakes import make_source, place, quoting, write_file
from tests.bot.terminals import RunInTerminal, plain
from tests.conftest import Outcome, Run

BOLD, END = "\x1b[1m", "\x1b[0m"
SOURCE = make_source("Rain fell.\nThey took \x07five [b]planes[/b]\u202e, one\r\nof them\tforeign.")
SENTENCE = Span(SOURCE.text.index("They"), len(SOURCE.text))


def pointing_at(words: str) -> Citation:
    return cite(SOURCE, SENTENCE, 1, place(SOURCE, words))


def shown_on(in_terminal: RunInTerminal, citation: Citation) -> str:
    def show() -> Outcome:
        show_blocks(render_citation(citation))
        return Outcome(0, "", "")

    return in_terminal(show)[1]


def test_the_words_that_answer_are_bold_in_a_terminal(in_terminal: RunInTerminal) -> None:
    shown = shown_on(in_terminal, pointing_at("five [b]planes[/b]\u202e"))
    assert f"“They took \\x07{BOLD}five [b]planes[/b]\\u202e{END}, one" in shown
    assert shown.count(BOLD) == 1
    assert plain(shown) == plain(shown_on(in_terminal, cite(SOURCE, SENTENCE, 1)))


def test_words_over_two_lines_are_bold_on_both(in_terminal: RunInTerminal) -> None:
    shown = shown_on(in_terminal, pointing_at(" one\r\nof them\tforeign"))
    first, second = (line for line in shown.splitlines() if BOLD in line)
    assert f"{BOLD}one{END}" in first
    assert second.strip().startswith(f"{BOLD}of them")
    assert second.rstrip().endswith(f"foreign{END}.” [1]")


@pytest.mark.parametrize("words", ["five", "They", "\x07five [b]planes[/b]\u202e, one\r\nof", "\t"])
def test_a_pipe_gets_the_same_bytes_with_and_without_them(capfd: pytest.CaptureFixture[str], words: str) -> None:
    answer = quoting("q", SOURCE, SENTENCE)
    show_blocks(render_answer(answer))
    without = capfd.readouterr().out
    show_blocks(render_citation(pointing_at(words)))
    assert capfd.readouterr().out == without != ""


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"])
def test_nothing_moves_in_a_file_and_lines_stay_lines_whatever_is_forced(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "1")
    path = write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")
    for arguments in (("index", str(path)), ("ask", "When does gate seven open?"), ("search", "gate"), ("reindex",)):
        outcome = cli(*arguments)
        assert (outcome.code, outcome.err) == (0, "")
        assert not re.search(r"\x1b\[[0-9;?]*[A-HJKSTfhl]", outcome.out), "a code that moves something"
    assert all(line.count("\t") == 2 for line in cli("sources", "list").out.splitlines())


def test_a_screen_without_bold_words_has_none(in_terminal: RunInTerminal) -> None:
    assert BOLD not in shown_on(in_terminal, cite(SOURCE, SENTENCE, 1))
