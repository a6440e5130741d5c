"""Work that is done once however often it is asked for."""

from __future__ import annotations

import asyncio

from bot.discord.sources.due_work import DueWork


async def done(asked: list[tuple[str, float]], count: int, forgotten: str = "") -> list[str]:
    """What is done, in order, until so many pieces are."""
    finished: list[str] = []
    enough = asyncio.Event()

    async def work(key: str) -> None:
        finished.append(key)
        if len(finished) == count:
            enough.set()

    due: DueWork[str] = DueWork(work)
    running = asyncio.create_task(due.run())
    for key, seconds in asked:
        due.ask(key, seconds)
    due.forget(forgotten)
    await asyncio.wait_for(enough.wait(), 10)
    running.cancel()
    return finished


def test_the_earliest_comes_first_and_each_once() -> None:
    asked = [("late", 0.2), ("early", 0.05), ("late", 5.0), ("early", 0.0)]
    assert asyncio.run(done(asked, 2)) == ["early", "late"]


def test_what_is_asked_for_again_is_not_put_off() -> None:
    assert asyncio.run(done([("channel", 0.05), ("channel", 60.0)], 1)) == ["channel"]


def test_what_is_taken_back_is_not_done() -> None:
    assert asyncio.run(done([("gone", 0.0), ("stays", 0.05)], 1, forgotten="gone")) == ["stays"]


def test_what_is_asked_for_while_it_is_done_is_done_again() -> None:
    async def twice() -> int:
        count, enough = 0, asyncio.Event()

        async def work(key: str) -> None:
            nonlocal count
            count += 1
            if count == 1:
                due.ask(key, 0)
            else:
                enough.set()

        due: DueWork[str] = DueWork(work)
        running = asyncio.create_task(due.run())
        due.ask("channel", 0)
        await asyncio.wait_for(enough.wait(), 10)
        running.cancel()
        return count

    assert asyncio.run(twice()) == 2
