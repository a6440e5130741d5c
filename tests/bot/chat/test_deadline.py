"""Nobody waits for a chat model longer than the settings say, and no server is asked again sooner than it says."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from bot.cancellation import waiting
from bot.chat.deadline import acquire_until, read_until
from bot.notices import Trouble
from tests.bot.chat.conftest import MODEL, ChainWith
from tests.bot.chat.planes import GOOD, PLANES
from tests.bot.chat_server import ChatServer, KeepsAlive, too_many_requests

PATIENCE = 20


def test_a_server_is_asked_again_when_it_said_and_not_before(chain_with: ChainWith, server: ChatServer) -> None:
    server.script = [too_many_requests(retry_after=1), GOOD]
    began = time.monotonic()
    answer = chain_with().invoke(PLANES)
    assert (answer.mode, answer.trouble) == (MODEL, None)
    assert len(server.requests) == 2
    assert time.monotonic() - began >= 1  # the client would have waited half a second otherwise


def test_waiting_for_a_turn_counts_as_waiting(chain_with: ChainWith, server: ChatServer) -> None:
    chain = chain_with(chat_timeout_seconds=0.5, chat_concurrent_calls=1)
    server.script = [KeepsAlive()]
    assert chain.invoke(PLANES).trouble is Trouble.TOO_SLOW
    # The server still holds the only place; whoever comes next is told so in time, and asks nobody.
    began = time.monotonic()
    assert chain.invoke(PLANES).trouble is Trouble.TOO_SLOW
    assert time.monotonic() - began < 5
    assert len(server.requests) == 1


def test_a_place_is_free_again_when_a_model_that_was_left_says_something(
    chain_with: ChainWith, server: ChatServer
) -> None:
    chain = chain_with(chat_concurrent_calls=1)
    for _ in range(3):
        server.script = [GOOD]
        stream = chain.stream(PLANES)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
    assert chain.invoke(PLANES).trouble is None


def test_a_place_that_comes_when_nobody_waits_any_more_is_given_back() -> None:
    with ExitStack() as asked:
        context = asked.enter_context(waiting())

        class LeftAsItComes(threading.Semaphore):
            def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
                taken = super().acquire(blocking, timeout)
                asked.close()
                return taken

        places = LeftAsItComes(1)
        with pytest.raises(TimeoutError):
            context.run(acquire_until, places, time.monotonic() + PATIENCE)
    assert places.acquire(blocking=False)


def test_what_is_read_comes_in_order_and_its_error_last() -> None:
    ended = threading.Event()

    def numbers() -> Generator[int, None, None]:
        yield from range(250)
        raise ValueError("no more")

    reading = read_until(numbers, time.monotonic() + 60, ended.set)
    assert [next(reading) for _ in range(250)] == list(range(250))
    with pytest.raises(ValueError, match="no more"):
        next(reading)
    assert ended.wait(5)


def test_closing_closes_what_is_read() -> None:
    closed, ended = threading.Event(), threading.Event()

    def endless() -> Generator[str, None, None]:
        try:
            while True:
                yield "on and "
        finally:
            closed.set()

    reading = read_until(endless, time.monotonic() + 60, ended.set)
    assert next(reading) == "on and "
    reading.close()
    assert closed.wait(5)
    assert ended.wait(5)
