"""Messages to a channel keep their order, and hold up no other channel."""

from __future__ import annotations

import asyncio
import gc

from bot.discord.asking.send_order import SendOrder

HERE, THERE = 1, 2


async def test_who_came_first_sends_first_and_other_channels_do_not_wait() -> None:
    order, sent = SendOrder(), list[str]()
    opened = asyncio.Event()

    async def send(channel: int, name: str) -> None:
        async with order.turn(channel):
            if channel == HERE:
                await opened.wait()
            sent.append(name)

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        waiting = [group.create_task(send(HERE, name)) for name in "abcd"]
        await group.create_task(send(THERE, "e"))
        waiting[1].cancel()
        opened.set()
    assert sent == ["e", "a", "c", "d"]


async def test_nothing_is_kept_about_channels_in_which_nobody_waits() -> None:
    order = SendOrder()
    for channel in range(100):
        async with order.turn(channel):
            assert len(order._locks) == 1
    gc.collect()
    assert not order._locks
