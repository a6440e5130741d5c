"""What a terminal shows of an answer that a chat model writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.chat.conftest import KEY, MODEL
from tests.bot.chat.planes import GOOD, PLANES
from tests.bot.chat_server import ChatServer, Say, wrong_key
from tests.bot.terminals import RunInTerminal, plain
from tests.conftest import Run


@pytest.fixture
def with_model(server: ChatServer, home: Path, monkeypatch: pytest.MonkeyPatch) -> ChatServer:
    for name, value in {"MODEL": MODEL, "BASE_URL": server.url, "API_KEY": KEY}.items():
        monkeypatch.setenv(f"PULLQUOTE_CHAT_{name}", value)
    monkeypatch.setenv("PULLQUOTE_SURE_THRESHOLD", "0")  # so that no test hangs on how sure an answer is
    server.script = [GOOD]
    return server


def test_the_statements_stand_before_the_quotes(cli: Run, with_model: ChatServer) -> None:
    outcome = cli("ask", PLANES)
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert lines[:2] == ["They took five planes at Almaty airport. [1]", "One of the planes was foreign. [1]"]
    assert lines[2].startswith("“The country, the president said")
    assert lines[2].endswith("” [1]")


def test_a_terminal_shows_each_statement_once(cli: Run, in_terminal: RunInTerminal, with_model: ChatServer) -> None:
    code, shown = in_terminal(cli, "ask", PLANES)
    assert code == 0
    assert plain(shown).count("They took five planes at Almaty airport. [1]") == 1
    assert plain(shown).count("One of the planes was foreign. [1]") == 1
    assert f"chat model {MODEL}" in plain(shown)


def test_explain_shows_what_was_left_out_and_why(cli: Run, with_model: ChatServer) -> None:
    with_model.script = [Say("Nine planes were taken. [99]\n"), GOOD]
    told = cli("ask", "--explain", PLANES).out
    assert "supported: They took five planes at Almaty airport." in told
    assert "left out: Nine planes were taken. (There is no sentence [99].)" in told
    with_model.script = [Say("Nine planes were taken. [99]\n"), GOOD]
    assert "Nine" not in cli("ask", PLANES).out


def test_a_fault_is_one_line_under_the_quotes(cli: Run, with_model: ChatServer) -> None:
    with_model.script = [wrong_key(KEY)]
    outcome = cli("ask", PLANES)
    assert outcome.code == 0
    assert "five planes" in outcome.out
    assert outcome.out.splitlines()[-1] == (
        "The chat model did not accept the API key, so the answer is made of quotes alone."
    )
    assert KEY not in outcome.out + outcome.err


def test_doctor_tries_the_model(cli: Run, with_model: ChatServer) -> None:
    with_model.script = [Say("OK")]
    assert f"ok   chat model: {MODEL} answers" in cli("doctor").out
    with_model.script = [wrong_key(KEY)]
    outcome = cli("doctor")
    assert outcome.code == 2
    assert "FAIL chat model: The chat model did not accept the API key; set PULLQUOTE_CHAT_API_KEY" in outcome.out
    assert KEY not in outcome.out + outcome.err


def test_a_conversation_says_how_a_follow_up_was_read(cli: Run, with_model: ChatServer) -> None:
    with_model.script = [GOOD, Say("How many planes did they take at Almaty airport?"), GOOD]
    told = cli("chat", stdin=f"{PLANES}\nhow many at Almaty airport?\n".encode()).out
    assert "Read as: How many planes did they take at Almaty airport?" in told


def test_json_is_one_line_with_the_statements(cli: Run, with_model: ChatServer) -> None:
    told = json.loads(cli("ask", "--json", PLANES).out)
    assert [statement["verdict"] for statement in told["statements"]] == ["supported", "supported"]
    assert told["mode"] == MODEL
