"""Asking many questions at once blocks no event loop, runs a bounded number, and stops what nobody waits for."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from typing import Any

import pytest

from bot import Answer, Question, Status
from bot.chain import MAX_CONCURRENT_ANSWERS, AnswerChain
from retrieval import Passage
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, first_sentences, quoting

PATIENCE = 20  # seconds, after which a test has hung


async def largest_lag(stop: asyncio.Event) -> float:
    """The longest time for which the event loop let nobody else run."""
    worst, last = 0.0, time.perf_counter()
    while not stop.is_set():
        await asyncio.sleep(0.01)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
    return worst


async def test_the_event_loop_goes_on_while_ten_answers_are_worked_on(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(1, pause=0.4)))
    stop = asyncio.Event()
    lag = asyncio.create_task(largest_lag(stop))
    answers = await asyncio.wait_for(asyncio.gather(*(chain.ainvoke("q") for _ in range(10))), PATIENCE)
    stop.set()
    assert [answer.status for answer in answers] == [Status.ANSWERED] * 10
    assert await lag < 1.0  # on the loop, ten times 0.4 s would pass in one go


async def test_the_event_loop_goes_on_while_answers_are_streamed(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(3, pause=0.15)))
    stop = asyncio.Event()
    lag = asyncio.create_task(largest_lag(stop))
    counts = await asyncio.wait_for(asyncio.gather(*(count_snapshots(chain) for _ in range(10))), PATIENCE)
    stop.set()
    assert counts == [3] * 10
    assert await lag < 1.0


async def count_snapshots(chain: AnswerChain) -> int:
    return len([snapshot async for snapshot in chain.astream("q")])


async def test_no_more_than_the_bound_are_worked_on_at_once(chain_of: ChainOf) -> None:
    answerer = ScriptedAnswerer(first_sentences(2, pause=0.1))
    chain = chain_of(answerer)
    asked = [*(chain.ainvoke("q") for _ in range(6)), chain.abatch(["q"] * 4), *(count_snapshots(chain) for _ in "123")]
    await asyncio.wait_for(asyncio.gather(*asked), PATIENCE)
    assert answerer.snapshots == 2 * 13
    assert 2 <= answerer.most_at_once <= MAX_CONCURRENT_ANSWERS


async def test_a_stream_that_is_abandoned_stops_its_producer(chain_of: ChainOf) -> None:
    answerer = ScriptedAnswerer(first_sentences(100, pause=0.02))
    chain = chain_of(answerer)
    async with aclosing(chain.astream("q")) as stream:
        async for snapshot in stream:
            assert snapshot.status is Status.ANSWERED
            break
    assert await asyncio.to_thread(answerer.ended.wait, PATIENCE)
    assert answerer.snapshots < 20


async def test_a_stream_whose_task_is_cancelled_stops_its_producer(chain_of: ChainOf) -> None:
    answerer = ScriptedAnswerer(first_sentences(100, pause=0.02))
    task = asyncio.create_task(count_snapshots(chain_of(answerer)))
    assert await asyncio.to_thread(answerer.began.wait, PATIENCE)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(answerer.ended.wait, PATIENCE)
    assert answerer.snapshots < 20


async def test_abandoned_streams_leave_room_for_the_next_question(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(20, pause=0.02)))
    for _ in range(2 * MAX_CONCURRENT_ANSWERS):
        async with aclosing(chain.astream("q")) as stream:
            await anext(stream)
    answer = await asyncio.wait_for(chain.ainvoke("q"), PATIENCE)
    assert len(answer.citations) == 20


async def test_an_error_after_the_stream_was_abandoned_bothers_nobody(chain_of: ChainOf) -> None:
    def breaks_late(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        yield quoting(question.text, passages[0].source, passages[0].span)
        time.sleep(0.2)
        raise OSError("nobody is listening any more")

    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))
    answerer = ScriptedAnswerer(breaks_late)
    async with aclosing(chain_of(answerer).astream("q")) as stream:
        await anext(stream)
    assert await asyncio.to_thread(answerer.ended.wait, PATIENCE)
    await asyncio.sleep(0.1)
    gc.collect()
    await asyncio.sleep(0)
    assert complaints == []


async def test_an_ainvoke_that_is_cancelled_leaves_the_chain_usable(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(1, pause=0.1)))
    tasks = [asyncio.create_task(chain.ainvoke("q")) for _ in range(12)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
    answer = await asyncio.wait_for(chain.ainvoke("q"), PATIENCE)
    assert answer.status is Status.ANSWERED


def test_one_chain_serves_one_event_loop_after_another(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(2)))
    assert [asyncio.run(count_snapshots(chain)) for _ in range(2)] == [2, 2]


async def test_closing_the_chain_leaves_no_stream_waiting_for_ever(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(first_sentences(1, pause=0.3)))
    streams = [asyncio.create_task(count_snapshots(chain)) for _ in range(MAX_CONCURRENT_ANSWERS + 2)]
    await asyncio.sleep(0.1)
    await asyncio.to_thread(chain.close)
    done, waiting = await asyncio.wait(streams, timeout=PATIENCE)
    assert (len(done), waiting) == (len(streams), set())
    assert sum(task.cancelled() for task in done) == 2
