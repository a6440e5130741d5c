"""Throttled edits: never too often, never the same twice, never late with the end, and nothing is swallowed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.asking.edit_throttle import SECONDS_BETWEEN_EDITS, SETTLING_SECONDS, throttle_edits
from tests.bot.discord.asking.virtual_time import run_virtually


@dataclass
class Screen:
    """Notes what was shown, from when to when; showing takes as long as it is told."""

    seconds: Sequence[float] = (0.2,)
    failing: frozenset[int] = frozenset()
    shown: list[str] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    cancelled: int = 0

    async def show(self, snapshot: str) -> None:
        loop = asyncio.get_running_loop()
        number = len(self.shown)
        self.shown.append(snapshot)
        self.begun.append(loop.time())
        try:
            await asyncio.sleep(self.seconds[number % len(self.seconds)])
            if number in self.failing:
                raise OSError("no such message")
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.ended.append(loop.time())


async def streamed(*parts: tuple[float, str], end: float = 0.0) -> AsyncIterator[str]:
    """Each snapshot after its pause, and then the end."""
    for pause, snapshot in parts:
        await asyncio.sleep(pause)
        yield snapshot
    await asyncio.sleep(end)


async def timed(work: Awaitable[str]) -> tuple[str, float]:
    loop = asyncio.get_running_loop()
    began = loop.time()
    return await work, loop.time() - began


def test_an_answer_in_one_piece_is_shown_by_the_caller_alone() -> None:
    screen = Screen()
    last, took = run_virtually(timed(throttle_edits(streamed((2, "whole")), screen.show)))
    assert (last, screen.shown) == ("whole", [])
    assert took == pytest.approx(2)


def test_an_answer_in_parts_is_shown_at_most_every_second_and_a_half() -> None:
    screen = Screen()
    parts = [(0.3, str(number)) for number in range(40)]
    last, took = run_virtually(timed(throttle_edits(streamed(*parts), screen.show)))
    assert last == "39"
    # Each shows the newest; 0.2 s for showing, 1.5 s of rest and the moment to settle lie between two.
    assert screen.begun == pytest.approx([0.4 + number * 1.8 for number in range(7)])
    assert screen.shown == ["0", "6", "12", "18", "24", "30", "36"]
    assert took == pytest.approx(12)


def test_a_lone_part_is_shown_while_the_next_is_awaited() -> None:
    screen = Screen()
    run_virtually(throttle_edits(streamed((0, "part"), (9, "whole")), screen.show))
    assert screen.shown == ["part"]
    assert screen.begun == pytest.approx([SETTLING_SECONDS])


def test_what_stands_there_is_not_shown_again() -> None:
    screen = Screen()
    run_virtually(throttle_edits(streamed((0, "same"), (3, "same"), (3, "other"), (3, "other"), end=9), screen.show))
    assert screen.shown == ["same", "other"]


def test_no_pause_is_waited_for_at_the_end() -> None:
    screen = Screen(seconds=[0])
    last, took = run_virtually(timed(throttle_edits(streamed((0, "part"), (0.5, "whole")), screen.show, seconds=1000)))
    assert (last, screen.shown, took) == ("whole", ["part"], 0.5)


def test_what_is_being_shown_at_the_end_is_waited_for() -> None:
    screen = Screen(seconds=[5])
    last, took = run_virtually(timed(throttle_edits(streamed((0, "part"), (1, "whole")), screen.show)))
    assert (last, screen.shown, screen.cancelled) == ("whole", ["part"], 0)
    assert took == pytest.approx(5 + SETTLING_SECONDS)


def test_a_part_that_cannot_be_shown_is_logged_and_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    screen = Screen(failing=frozenset({0}))
    parts = [(0.0, "one"), (3, "one"), (3, "two"), (3, "whole")]
    assert run_virtually(throttle_edits(streamed(*parts), screen.show)) == "whole"
    assert screen.shown == ["one", "one", "two"], "what was not shown does not stand there"
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.exc_info is not None
    assert "no such message" in str(record.exc_info[1])


def test_a_part_that_fails_when_the_stream_is_over_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    screen = Screen(seconds=[5], failing=frozenset({0}))
    assert run_virtually(throttle_edits(streamed((0, "part"), (1, "whole")), screen.show)) == "whole"
    assert len(caplog.records) == 1


def test_showing_that_was_cancelled_from_elsewhere_does_not_cancel_the_answer() -> None:
    async def show(snapshot: str) -> None:
        raise asyncio.CancelledError

    assert run_virtually(throttle_edits(streamed((0, "part"), (3, "whole")), show)) == "whole"


@pytest.mark.parametrize("showing", [0.0, 50.0])
def test_a_stream_that_fails_is_heard_at_once(showing: float) -> None:
    screen = Screen(seconds=[showing])

    async def failing() -> AsyncIterator[str]:
        yield "part"
        await asyncio.sleep(1)
        raise KeyError("the model is gone")

    async def main() -> float:
        with pytest.raises(KeyError):
            await throttle_edits(failing(), screen.show)
        assert len(asyncio.all_tasks()) == 1
        return asyncio.get_running_loop().time()

    assert run_virtually(main()) == pytest.approx(1)
    assert screen.cancelled == (1 if showing else 0)


def test_a_stream_without_a_snapshot_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no snapshot"):
        run_virtually(throttle_edits(streamed(), Screen().show))


async def begin(work: Callable[[], Awaitable[str]], seconds: float) -> asyncio.Task[str]:
    async def call() -> str:
        return await work()

    task = asyncio.create_task(call())
    await asyncio.sleep(seconds)
    return task


@pytest.mark.parametrize(
    ("after", "cancelled_shows"),
    [(0.5, 1), (2.5, 0), (6, 1)],
    ids=["while showing", "while resting", "while the end waits for what is being shown"],
)
def test_cancelling_is_heard_and_cancels_everything(after: float, cancelled_shows: int) -> None:
    screen = Screen(seconds=[2, 9])
    closed = []

    async def stream() -> AsyncIterator[str]:
        try:
            yield "one"
            await asyncio.sleep(3)
            yield "two"
            await asyncio.sleep(2.5)
        finally:
            closed.append(True)

    async def main() -> None:
        task = await begin(lambda: throttle_edits(stream(), screen.show), after)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert asyncio.get_running_loop().time() == pytest.approx(after)
        assert len(asyncio.all_tasks()) == 1

    run_virtually(main())
    assert (screen.cancelled, closed) == (cancelled_shows, [True])


PAUSES = st.sampled_from([0.0, 0.01, SETTLING_SECONDS, 0.3, 1.4, 1.5, 1.6, 5.0])


@given(
    st.lists(st.tuples(PAUSES, st.sampled_from("abc")), min_size=1, max_size=30),
    PAUSES,
    st.lists(PAUSES, min_size=1, max_size=4),
    st.frozensets(st.integers(0, 10)),
    st.sampled_from([0.0, 0.5, SECONDS_BETWEEN_EDITS]),
)
def test_whatever_comes_the_pace_holds(
    parts: list[tuple[float, str]],
    end: float,
    showing: list[float],
    failing: frozenset[int],
    seconds: float,
) -> None:
    logging.getLogger("bot.discord.asking.edit_throttle").disabled = True
    screen = Screen(showing, failing)
    try:
        last, took = run_virtually(timed(throttle_edits(streamed(*parts, end=end), screen.show, seconds=seconds)))
    finally:
        logging.getLogger("bot.discord.asking.edit_throttle").disabled = False
    assert last == parts[-1][1]
    over = sum(pause for pause, _ in parts) + end
    under_way = [ended for begun, ended in zip(screen.begun, screen.ended, strict=True) if begun <= over]
    assert took == pytest.approx(max([over, *under_way[-1:]])), "read on, and no pause waited for"
    assert screen.cancelled == 0
    for ended, begun in zip(screen.ended, screen.begun[1:], strict=False):
        assert begun - ended >= seconds - 1e-6
    stands: str | None = None
    for number, snapshot in enumerate(screen.shown):
        assert snapshot != stands
        stands = stands if number in failing else snapshot
    arrived, now = [], 0.0
    for pause, snapshot in parts:
        now += pause
        arrived.append((now, snapshot))
    for begun, snapshot in zip(screen.begun, screen.shown, strict=True):
        newest = [candidate for moment, candidate in arrived if moment < begun - 1e-6]
        at_once = [candidate for moment, candidate in arrived if abs(moment - begun) <= 1e-6]
        assert snapshot in [*newest[-1:], *at_once], "the newest is shown"
