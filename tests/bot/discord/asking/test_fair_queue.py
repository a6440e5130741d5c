"""The fair queue: never too many inside, nobody forgotten, and every server and everybody in it in turn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.asking.fair_queue import FairQueue
from tests.bot.discord.asking.virtual_time import run_virtually

SLOTS = 2


@dataclass
class Visits:
    """Who came in, in order; everybody inside stays until let out."""

    queue: FairQueue
    entered: list[str] = field(default_factory=list)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    exits: dict[str, asyncio.Event] = field(default_factory=dict)

    async def come(self, *names: str) -> None:
        """Let visitors come one after the other: a capital for the server, if it is another one, a letter, a number."""
        for name in names:
            self.exits[name] = asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._visit(name))
        await settle()

    async def let_out(self, *names: str) -> None:
        for name in names:
            self.exits[name].set()
            await settle()

    async def _visit(self, name: str) -> None:
        server, person = (name[0], name[1]) if name[0].isupper() else ("home", name[0])
        async with self.queue.slot(server, person):
            self.entered.append(name)
            await self.exits[name].wait()


async def settle() -> None:
    """Let everybody do what can be done now."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def visits() -> Visits:
    return Visits(FairQueue(SLOTS))


async def test_two_are_inside_and_the_third_waits(visits: Visits) -> None:
    await visits.come("a", "b", "c")
    assert (visits.entered, visits.queue.running, visits.queue.waiting) == (["a", "b"], SLOTS, 1)
    await visits.let_out("b")
    assert (visits.entered, visits.queue.running, visits.queue.waiting) == (["a", "b", "c"], 2, 0)
    await visits.let_out("a", "c")
    assert (visits.queue.running, visits.queue.waiting) == (0, 0)


async def test_ten_questions_of_one_person_do_not_hold_up_anothers_first(visits: Visits) -> None:
    crowd = [f"a{number}" for number in range(12)]
    await visits.come(*crowd, "b0", "b1", "c0")
    await visits.let_out("a0", "a1", "a2", "b0", "c0", "a3")
    assert visits.entered == ["a0", "a1", "a2", "b0", "c0", "a3", "b1", "a4"]
    await visits.let_out("b1", *crowd[4:])
    assert visits.entered[8:] == crowd[5:]
    assert (visits.queue.running, visits.queue.waiting) == (0, 0)


async def test_a_crowd_in_one_server_does_not_hold_up_another(visits: Visits) -> None:
    crowd = [f"A{person}" for person in "abcdefghijkl"]
    await visits.come(*crowd, "Bz", "Cy", "By")
    await visits.let_out("Aa", "Ab", "Ac", "Bz", "Cy", "Ad", "By")
    assert visits.entered == ["Aa", "Ab", "Ac", "Bz", "Cy", "Ad", "By", "Ae", "Af"]
    await visits.let_out(*crowd[4:])
    assert visits.entered[9:] == crowd[6:]
    assert (visits.queue.running, visits.queue.waiting) == (0, 0)


async def test_in_direct_messages_each_person_takes_turns_with_servers() -> None:
    queue, entered = FairQueue(1), list[str]()
    opened = asyncio.Event()

    async def visit(server: str | None, person: str) -> None:
        async with queue.slot(server, person):
            entered.append(f"{server or ''}{person}")
            await opened.wait()

    visitors = [("A", "a"), ("A", "b"), ("A", "c"), (None, "d"), (None, "d"), (None, "e")]
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        for server, person in visitors:
            group.create_task(visit(server, person))
            await settle()
        opened.set()
    assert entered == ["Aa", "Ab", "d", "e", "Ac", "d"]


async def test_who_gives_up_waiting_takes_no_slot_and_costs_nobody_a_turn(visits: Visits) -> None:
    await visits.come("a0", "a1", "b0", "b1", "c0", "b2")
    visits.tasks["b0"].cancel()
    visits.tasks["c0"].cancel()
    await settle()
    assert visits.queue.waiting == 2
    await visits.let_out("a0", "a1", "b1", "b2")
    assert visits.entered == ["a0", "a1", "b1", "b2"]
    assert (visits.queue.running, visits.queue.waiting) == (0, 0)


async def test_who_gives_up_in_the_moment_of_being_called_passes_the_slot_on(visits: Visits) -> None:
    await visits.come("a", "b", "c", "d")
    visits.exits["a"].set()
    for _ in range(5):
        await asyncio.sleep(0)
        if visits.queue.waiting == 1:  # the slot has been given to c, who does not know yet
            break
    assert "c" not in visits.entered
    visits.tasks["c"].cancel()
    await settle()
    assert visits.entered == ["a", "b", "d"]
    await visits.let_out("b", "d")
    await visits.come("e", "f", "g")
    assert visits.entered[3:] == ["e", "f"]
    await visits.let_out("e", "f", "g")


async def test_a_call_in_the_moment_of_giving_up_goes_to_the_next(visits: Visits) -> None:
    await visits.come("a", "b", "c0", "c1", "d")
    visits.tasks["c0"].cancel()  # has not noticed yet when the slot becomes free
    visits.tasks["a"].cancel()
    await settle()
    assert visits.entered == ["a", "b", "c1"]
    await visits.let_out("b", "c1", "d")
    assert (visits.queue.running, visits.queue.waiting) == (0, 0)


async def test_a_slot_is_given_back_when_the_work_fails() -> None:
    queue = FairQueue(1)
    for _ in range(3):
        with pytest.raises(KeyError):
            async with queue.slot("home", "a"):
                raise KeyError
    assert queue.running == 0


@pytest.mark.parametrize("slots", [0, -1])
def test_there_is_at_least_one_slot(slots: int) -> None:
    with pytest.raises(ValueError, match="slots"):
        FairQueue(slots)


@dataclass(frozen=True)
class Plan:
    """When somebody comes, how long the work takes, and how long the patience lasts.

    The fractions see to it that nobody comes in the moment in which another leaves.
    """

    server: str
    person: str
    comes: int
    works: float
    patience: float | None


PLANS = st.lists(
    st.builds(
        Plan,
        server=st.sampled_from("AB"),
        person=st.sampled_from("abc"),
        comes=st.integers(0, 12),
        works=st.integers(0, 5).map(lambda seconds: seconds + 0.01),
        patience=st.none() | st.integers(0, 8).map(lambda seconds: seconds + 0.5),
    ),
    max_size=25,
)


@given(st.integers(1, 3), PLANS)
def test_slots_are_kept_turns_are_fair_and_nobody_is_forgotten(slots: int, plans: list[Plan]) -> None:
    queue = FairQueue(slots)
    line: list[tuple[str, str, int]] = []  # who waits, in the order of coming
    # Who was served meanwhile: servers while this one was the first of its server, people of the same server while it
    # was the first of its person.
    served: dict[tuple[str, ...], list[str]] = {}
    done: list[int] = []

    def note_turn(plan: Plan) -> None:
        """Note whose turn it was for those who still wait, and find nobody served twice before somebody's first."""
        for server in {one[0] for one in line} - {plan.server}:
            others = served.setdefault((server,), [])
            assert plan.server not in others, "a server served twice before another's first"
            others.append(plan.server)
        for person in {one[1] for one in line if one[0] == plan.server} - {plan.person}:
            others = served.setdefault((plan.server, person), [])
            assert plan.person not in others, "a person served twice before another's first"
            others.append(plan.person)

    def leave(own: tuple[str, str, int]) -> None:
        """Wait no longer; who is the last to wait leaves nothing behind."""
        line.remove(own)
        for waiting in (own[:1], own[:2]):
            if not any(other[: len(waiting)] == waiting for other in line):
                served.pop(waiting, None)

    async def visit(number: int, plan: Plan) -> None:
        await asyncio.sleep(plan.comes)
        own = (plan.server, plan.person, number)
        line.append(own)
        try:
            async with queue.slot(plan.server, plan.person):
                assert queue.running <= slots
                assert own == next(other for other in line if other[:2] == own[:2]), "not in order"
                leave(own)
                served.pop((plan.server,), None)
                served.pop((plan.server, plan.person), None)
                note_turn(plan)
                await asyncio.sleep(plan.works)
                done.append(number)
        finally:
            if own in line:
                leave(own)

    async def patient(number: int, plan: Plan) -> None:
        try:
            async with asyncio.timeout(None if plan.patience is None else plan.comes + plan.patience):
                await visit(number, plan)
        except TimeoutError:
            assert plan.patience is not None

    async def watch() -> None:
        await asyncio.sleep(0.4)  # when nobody comes or goes
        while True:
            await asyncio.sleep(0.5)
            assert queue.waiting == len(line)
            assert queue.running == slots or not line, "a slot is free while somebody waits"

    async def main() -> None:
        watching = asyncio.create_task(watch())
        await asyncio.gather(*(patient(number, plan) for number, plan in enumerate(plans)))
        assert (queue.running, queue.waiting) == (0, 0)
        watching.cancel()
        await asyncio.wait([watching])
        assert watching.cancelled() or watching.result()
        async with asyncio.timeout(1), asyncio.TaskGroup() as group:  # every slot is still there
            inside = asyncio.Barrier(slots)

            async def enter(person: int) -> None:
                async with queue.slot(None, person):
                    await inside.wait()

            for person in range(slots):
                group.create_task(enter(person))

    run_virtually(main())
    assert {number for number, plan in enumerate(plans) if plan.patience is None} <= set(done)


async def test_thousands_come_and_go_in_real_time() -> None:
    queue, inside, most = FairQueue(SLOTS), 0, 0

    async def visit(number: int) -> None:
        nonlocal inside, most
        async with queue.slot(number % 3, number % 7):
            inside += 1
            most = max(most, inside)
            try:
                await asyncio.sleep(0)
            finally:
                inside -= 1

    tasks = [asyncio.create_task(visit(number)) for number in range(3000)]
    for task in tasks[::3]:
        await asyncio.sleep(0)
        task.cancel()
    async with asyncio.timeout(20):
        await asyncio.gather(*tasks, return_exceptions=True)
    assert (most, inside, queue.running, queue.waiting) == (SLOTS, 0, 0, 0)
