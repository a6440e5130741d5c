"""The installed program as a process of its own: acceptance and offline."""

from __future__ import annotations

import hashlib
import json
import os
import select
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.bot.json_checks import check_answer, check_sentence, parse_lines
from tests.conftest import PROGRAM, Run

FOUND = {
    "What triggered the protests?": "doubling of the price of LPG",
    "Who resigned in 2019?": "Nazarbayev",
    "Which agency reported the statue's demolition?": "Tass",
    "How many planes?": "five planes",
}
REFUSED = [
    "What is the capital of France?",
    "Who won the 2022 World Cup?",
    "Why did Tokayev resign?",
    "Write me a poem",
]
PATIENCE = 120  # seconds, after which the program has hung


@dataclass(frozen=True)
class Batch:
    """What a batch answered, line by line, and the library that it left."""

    results: list[dict[str, Any]]
    code: int
    rest: str
    home: Path


@pytest.fixture(scope="module")
def batch(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """One process from an empty library: each question is written only when the one before is answered."""
    home = tmp_path_factory.mktemp("batch") / "home"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")}
    process = subprocess.Popen(
        [str(PROGRAM), "ask", "--json", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home.parent,
        env={**environment, "PULLQUOTE_HOME": str(home)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    results = []
    try:
        for question in [*FOUND, *REFUSED]:
            process.stdin.write(json.dumps({"id": question, "question": question}).encode() + b"\n")
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            assert ready, "an answer waits for more questions"
            results += parse_lines(process.stdout.readline().decode())
        rest, errors = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return Batch(results, process.returncode, (rest + errors).decode(), home)


def test_each_line_is_answered_before_the_next_is_written_and_nothing_else_is_said(batch: Batch) -> None:
    assert [result["id"] for result in batch.results] == [*FOUND, *REFUSED]
    assert (batch.code, batch.rest) == (0, "")
    for result in batch.results:
        check_answer(result)


@pytest.mark.parametrize(("question", "words"), FOUND.items())
def test_the_article_answers_what_it_says(batch: Batch, question: str, words: str) -> None:
    (result,) = [result for result in batch.results if result["id"] == question]
    assert result["status"] == "answered"
    assert any(words in citation["quote"] for citation in result["citations"])


@pytest.mark.parametrize("question", REFUSED)
def test_what_the_article_does_not_say_is_refused(batch: Batch, question: str) -> None:
    (result,) = [result for result in batch.results if result["id"] == question]
    assert (result["status"], result["text"]) == ("not_found", "The document does not say.")
    assert result["citations"] == []


def test_every_quote_is_the_slice_of_the_bytes_that_raw_shows(batch: Batch, program: Run) -> None:
    citations = [c for r in batch.results for c in [*r["citations"], *([r["closest"]] if r["closest"] else [])]]
    assert len(citations) >= len(FOUND) + len(REFUSED) - 1  # "Write me a poem" is a command and has no closest sentence
    (source_id,) = {citation["source"]["id"] for citation in citations}
    shown = subprocess.run(
        [str(PROGRAM), "sources", "show", source_id, "--raw"],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
        env={**os.environ, "PULLQUOTE_HOME": str(batch.home)},
    ).stdout
    text = shown.decode("utf-8")
    for citation in citations:
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["source"]["sha256"] == hashlib.sha256(shown).hexdigest()
        assert citation["line"] == text[: citation["start"]].count("\n") + 1


def offline() -> list[str]:
    """A command that runs another one with no network at all; empty where that is not permitted."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return []


@pytest.mark.usefixtures("programs")
def test_the_program_needs_no_network(tmp_path: Path) -> None:
    """In a network namespace of its own, with not even a loopback, from an empty library to an answer."""
    command = offline()
    if not command:
        pytest.skip("network namespaces are not permitted here")
    done = subprocess.run(
        [*command, str(PROGRAM), "ask", "How many planes?"],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, "PULLQUOTE_HOME": str(tmp_path / "offline")},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "five planes" in done.stdout.decode()


def test_python_m_bot_is_the_same_program(program: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        cwd=Path(__file__).parents[3],
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == program("--version").out
    assert done.stdout.startswith("pullquote ")


@pytest.mark.usefixtures("programs")
def test_a_reader_that_goes_away_ends_the_program_without_a_word() -> None:
    process = subprocess.Popen([str(PROGRAM), "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(timeout=PATIENCE)
    assert errors == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    "command", [(), ("ask",), ("search",), ("chat",), ("index",), ("doctor",), ("sources", "show")]
)
def test_help_exits_with_0(run: Run, command: tuple[str, ...]) -> None:
    outcome = run(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Usage: pullquote" in outcome.out


def test_no_command_at_all_shows_the_help(run: Run) -> None:
    assert run() == run("--help")


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (("nonsense",), ""),
        (("--nonsense",), ""),
        (("-k",), ""),
        (("ask",), "ask "),
        (("ask", "q", "--nonsense"), "ask "),
        (("doctor", "extra"), "doctor "),
        (("sources", "show"), "sources show "),
    ],
)
def test_a_wrong_command_line_is_one_sentence_that_names_the_help_and_exits_with_2(
    run: Run, arguments: tuple[str, ...], command: str
) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
    assert f"`pullquote {command}--help`" in outcome.err


def test_a_mistyped_command_is_asked_about(run: Run) -> None:
    assert run("as").err == "No such command 'as'. Did you mean 'ask'? See `pullquote --help`.\n"


def test_a_file_that_is_there_is_named_with_the_remedy_alone(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "planes.html"
    page.touch()
    refused = run("ask", "--html", str(page), "How many planes?")
    assert (refused.code, refused.err) == (2, f"{page} exists already; add --force to replace it.\n")
