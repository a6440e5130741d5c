"""What goes wrong with a chat model costs a line under the answer, and never the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import AnswerChain, Status
from bot.notices import Trouble
from bot.types import EXTRACTIVE
from tests.bot.chat.conftest import KEY, MODEL, ChainWith
from tests.bot.chat.planes import GOOD, PLANES, holds_the_promise
from tests.bot.chat_server import (
    HTML,
    OTHER_JSON,
    Behaviour,
    ChatServer,
    Cut,
    Empty,
    Error,
    InvalidUtf8,
    KeepsAlive,
    Reset,
    Say,
    Stall,
    context_length_exceeded,
    no_such_model,
    numbered_sentences,
    overloaded,
    quota_exceeded,
    too_many_requests,
    wrong_key,
)
from tests.bot.chat_server import broken as server_error


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (wrong_key(), Trouble.BAD_KEY),
        (no_such_model(), Trouble.UNKNOWN_MODEL),
        (too_many_requests(retry_after=0.01), Trouble.RATE_LIMIT),
        (quota_exceeded(), Trouble.NO_CREDIT),
        (server_error(), Trouble.SERVER_ERROR),
        (overloaded(), Trouble.SERVER_ERROR),
        (context_length_exceeded(), Trouble.TOO_LONG),
        (Empty(), Trouble.SILENT),
        (HTML, Trouble.UNREADABLE),
        (OTHER_JSON, Trouble.UNREADABLE),
        (InvalidUtf8(), Trouble.UNREADABLE),
        (Say("", finish_reason="content_filter"), Trouble.DECLINED),
        (Stall("They", after=1), Trouble.TOO_SLOW),
        (KeepsAlive(), Trouble.TOO_SLOW),
    ],
    ids=repr,
)
def test_a_fault_costs_a_line_and_never_the_answer(
    chain_with: ChainWith, server: ChatServer, fault: Behaviour, trouble: Trouble
) -> None:
    server.script = [fault]
    # Only a server that keeps its caller waiting is to be given up; a busy machine must not look like one.
    chain = chain_with(chat_timeout_seconds=0.5 if trouble is Trouble.TOO_SLOW else 20.0)
    answer = chain.invoke(PLANES)
    holds_the_promise(answer, chain)
    assert (answer.status, answer.mode, answer.trouble) == (Status.ANSWERED, EXTRACTIVE, trouble)


def test_a_server_that_is_not_there_costs_a_line(chain_with: ChainWith, server: ChatServer) -> None:
    chain = chain_with(chat_base_url="http://127.0.0.1:1/v1")
    answer = chain.invoke(PLANES)
    assert (answer.mode, answer.trouble) == (EXTRACTIVE, Trouble.UNREACHABLE)


@pytest.mark.parametrize("fault", [Cut, Reset], ids=["cut", "reset"])
def test_a_stream_that_breaks_keeps_what_was_checked(
    chain: AnswerChain, server: ChatServer, fault: type[Cut] | type[Reset]
) -> None:
    def good_then_gone(request: object) -> Behaviour:
        text = GOOD.write(request)  # type: ignore[arg-type]
        whole = text.partition("\n")[0] + "\nOne of the"
        return fault(whole, after=100)

    server.script = good_then_gone
    answer = chain.invoke(PLANES)
    holds_the_promise(answer, chain)
    assert answer.text == "They took five planes at Almaty airport. [1]"
    assert answer.mode == MODEL
    assert answer.trouble in {Trouble.CUT_OFF, Trouble.UNREACHABLE}


def test_too_much_for_the_model_is_asked_again_with_fewer_passages(chain: AnswerChain, server: ChatServer) -> None:
    server.script = [context_length_exceeded(), GOOD]
    answer = chain.invoke(PLANES)
    first, second, *_ = server.requests
    assert 0 < len(numbered_sentences(second)) < len(numbered_sentences(first))
    assert answer.mode in {MODEL, EXTRACTIVE}
    assert answer.trouble is None or answer.mode == EXTRACTIVE


def test_past_the_days_tokens_the_model_is_not_asked(chain_with: ChainWith, server: ChatServer, home: Path) -> None:
    server.script = [GOOD]
    chain = chain_with(chat_max_tokens_a_day=10)
    assert chain.invoke(PLANES).mode == MODEL
    answer = chain.invoke(PLANES)
    assert (answer.mode, answer.trouble) == (EXTRACTIVE, Trouble.SPENT)
    assert len(server.requests) == 1
    assert json.loads((home / "chat-tokens.json").read_text())["tokens"] > 10


def test_the_key_is_nowhere_to_be_seen(
    chain: AnswerChain, server: ChatServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.script = [Error(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}})]
    answer = chain.invoke(PLANES)
    assert server.requests[0].key == KEY
    assert KEY not in repr(answer)
    assert KEY not in json.dumps(answer.to_json(1, explain=True))
    assert KEY not in caplog.text
    assert KEY not in repr(chain)
