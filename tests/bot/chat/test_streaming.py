"""An answer while a chat model writes it: what is shown of it and when, and what ends when nobody waits any more."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from bot import Answer, AnswerChain
from bot.chain import MAX_CONCURRENT_ANSWERS
from bot.notices import Trouble
from tests.bot.chain.test_chain_concurrency import largest_lag
from tests.bot.chat.conftest import MODEL, ChainWith
from tests.bot.chat.planes import GOOD, PLANES, holds_the_promise
from tests.bot.chat_server import (
    Behaviour,
    ChatServer,
    KeepsAlive,
    LineByLine,
    Model,
    NeverStop,
    Request,
    Reset,
    Say,
    Silent,
    Stall,
    cited,
    holding,
    too_many_requests,
)
from tests.bot.chat_server.wire import Wire

FIRST, SECOND = "They took five planes at Almaty airport.", "One of the planes was foreign."
UNTRUE, UNCITED = "They took nine planes.", "They took planes."
PATIENCE = 20
# Far less than a call to the chat model may take, and more than ending one takes on a busy machine.
SOON = 3.0
# The chain's own work holds Python's lock for a while on a busy machine; a call that stalls would hold the loop for a
# second at least.
LARGEST_LAG = 1.0


@dataclass(frozen=True)
class TrueAndUntrue(Model):
    """True statements with others between them that must not be shown."""

    def write(self, request: Request) -> str:
        numbers = holding(request, "five planes")[:1]
        lines = [cited(FIRST, *numbers), cited(UNTRUE, *numbers), UNCITED, cited("Read on. ", 99)]
        return "\n".join([*lines, cited(SECOND, *numbers)])


def said(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


def reading_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "pullquote-chat"]


def wait_until_none_reads() -> float:
    """How long it takes until nothing of a chat model is read any more."""
    began = time.monotonic()
    while reading_threads():
        assert time.monotonic() < began + PATIENCE, "a chat model is read for ever"
        time.sleep(0.01)
    return time.monotonic() - began


async def test_a_statement_is_shown_before_the_next_one_is_written(chain: AnswerChain, server: ChatServer) -> None:
    model = LineByLine(TrueAndUntrue())
    server.script = [model, GOOD]
    shown: list[Answer] = []
    async with aclosing(chain.astream(PLANES)) as stream:
        model.next_line.release()
        shown.append(await asyncio.wait_for(anext(stream), PATIENCE))
        (request,) = server.requests
        assert not request.done.is_set()  # four lines are still to come
        model.next_line.release(4)
        shown += [snapshot async for snapshot in stream]
    assert [said(snapshot) for snapshot in shown[:2]] == [[FIRST], [FIRST, SECOND]]
    for snapshot in shown:
        holds_the_promise(snapshot, chain)
        assert (snapshot.mode, snapshot.trouble) == (MODEL, None)
        assert not {UNTRUE, UNCITED} & set(said(snapshot))
    for shorter, longer in itertools.pairwise(shown):
        assert longer.statements[: len(shorter.statements)] == shorter.statements
        assert longer.citations[: len(shorter.citations)] == shorter.citations
    assert {one.text for one in shown[-1].left_out} == {UNTRUE, UNCITED, "Read on."}
    first_statement = [snapshot.timings_ms["first_statement"] for snapshot in shown]
    assert first_statement == first_statement[:1] * len(shown)


async def test_the_last_snapshot_is_what_asking_gives(chain: AnswerChain, server: ChatServer) -> None:
    server.script = [GOOD]
    *_, last = [snapshot async for snapshot in chain.astream(PLANES)]
    assert last == chain.invoke(PLANES)


async def test_what_breaks_the_stream_keeps_what_was_shown(chain: AnswerChain, server: ChatServer) -> None:
    server.script = lambda request: Reset(f"{GOOD.write(request).splitlines()[0]}\n{SECOND[:10]}", after=100)
    shown = [snapshot async for snapshot in chain.astream(PLANES)]
    assert [said(snapshot) for snapshot in shown] == [[FIRST], [FIRST]]
    assert shown[0].trouble is None
    assert shown[-1].trouble in {Trouble.CUT_OFF, Trouble.UNREACHABLE}


# How a chat model goes on after a true statement: with no other one, for as long as anybody reads.
GOES_ON = {"words": "and so on " * 1000, "untrue statements": "They took nine planes. [1]\n" * 11}


@pytest.mark.parametrize("rest", GOES_ON.values(), ids=GOES_ON)
async def test_a_stream_that_is_closed_ends_the_call(chain: AnswerChain, server: ChatServer, rest: str) -> None:
    server.script = lambda request: Say(f"{GOOD.write(request).splitlines()[0]}\n{rest}", pace=0.1, piece=60)
    async with aclosing(chain.astream(PLANES)) as stream:
        assert said(await asyncio.wait_for(anext(stream), PATIENCE)) == [FIRST]
    assert await asyncio.to_thread(wait_until_none_reads) < SOON
    (request,) = server.requests
    assert await asyncio.to_thread(request.left.wait, PATIENCE)
    # Nor is it asked again about what did not pass.
    assert await asyncio.wait_for(chain.ainvoke("What is the capital of France?"), PATIENCE)
    assert server.requests == [request]


@pytest.mark.parametrize("way", ["stream", "invoke"])
async def test_a_task_that_is_cancelled_ends_the_call(chain: AnswerChain, server: ChatServer, way: str) -> None:
    server.script = [NeverStop(pace=0.05)]

    async def ask() -> None:
        if way == "invoke":
            await chain.ainvoke(PLANES)
        async for _ in chain.astream(PLANES):
            pass

    task = asyncio.create_task(ask())
    (request,) = await asyncio.to_thread(server.wait_for, 1, PATIENCE)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(wait_until_none_reads) < SOON
    assert await asyncio.to_thread(request.left.wait, PATIENCE)
    assert server.requests == [request]


async def test_whoever_is_next_does_not_wait_for_calls_that_nobody_waits_for(
    chain_with: ChainWith, server: ChatServer
) -> None:
    server.script = [NeverStop(pace=0.05)]
    chain = chain_with(chat_concurrent_calls=1)
    tasks = [asyncio.create_task(chain.ainvoke(PLANES)) for _ in range(2 * MAX_CONCURRENT_ANSWERS)]
    await asyncio.to_thread(server.wait_for, 1, PATIENCE)  # the others wait for it
    for task in tasks:
        task.cancel()
    server.script = [GOOD]
    began = time.monotonic()
    answer = await asyncio.wait_for(chain.ainvoke(PLANES), PATIENCE)
    assert time.monotonic() - began < SOON
    assert said(answer) == [FIRST, SECOND]
    assert len(server.requests) == 2


@dataclass
class Crowded(Behaviour):
    """Answers when ``expected`` calls have been here at once, and not before more of them could have come."""

    expected: int
    now: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, wire: Wire) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        while self.most < self.expected:
            wire.wait(0.01)
        wire.wait(0.4)
        with self.lock:  # before the client can know that its call is over
            self.now -= 1
        GOOD.send(wire)


@pytest.mark.parametrize("calls", [2, 4])
async def test_ten_streams_at_once_make_no_more_calls_than_are_allowed(
    chain_with: ChainWith, server: ChatServer, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    monkeypatch.setattr("bot.chain.answer_chain.MAX_CONCURRENT_ANSWERS", 10)
    crowded = Crowded(calls)
    server.script = [crowded]
    chain = chain_with(chat_concurrent_calls=calls)

    async def last() -> Answer:
        *_, answer = [snapshot async for snapshot in chain.astream(PLANES)]
        return answer

    answers = await asyncio.wait_for(asyncio.gather(*(last() for _ in range(10))), PATIENCE)
    assert [said(answer) for answer in answers] == [[FIRST, SECOND]] * 10
    assert len(server.requests) == 10
    assert crowded.most == calls


async def test_the_event_loop_goes_on_while_chat_models_stall(chain_with: ChainWith, server: ChatServer) -> None:
    server.script = [Stall(FIRST, after=2), too_many_requests(retry_after=0.5), GOOD, Silent(), KeepsAlive()]
    chain = chain_with(chat_timeout_seconds=1.0)
    stop = asyncio.Event()
    lag = asyncio.create_task(largest_lag(stop))
    answers = await asyncio.wait_for(asyncio.gather(*(chain.ainvoke(PLANES) for _ in range(4))), PATIENCE)
    stop.set()
    assert len([answer for answer in answers if answer.trouble is Trouble.TOO_SLOW]) >= 2
    for answer in answers:
        holds_the_promise(answer, chain)
    assert await lag < LARGEST_LAG
