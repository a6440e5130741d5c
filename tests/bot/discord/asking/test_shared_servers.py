"""Discord is asked about few servers at once, for a short time, and not again for a while."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.discord.asking import shared_servers
from bot.discord.asking.history import History
from bot.discord.asking.shared_servers import AT_ONCE, MOST_SERVERS, REMEMBERED_PEOPLE, PendingQuestion, SharedServers


class Server:
    """A server in which everybody is a member, as soon as it is told to say so."""

    under_way = 0
    most_at_once = 0
    asked = 0

    def __init__(self, number: int, gate: asyncio.Event) -> None:
        self.id = number
        self.name = f"Server {number:04}"
        self._gate = gate

    async def fetch_member(self, person_id: int) -> Any:
        Server.asked += 1
        Server.under_way += 1
        Server.most_at_once = max(Server.most_at_once, Server.under_way)
        await asyncio.sleep(0)  # as a request gives way to others
        await self._gate.wait()
        Server.under_way -= 1
        return SimpleNamespace(id=person_id)


@pytest.fixture(autouse=True)
def forget_counts() -> None:
    Server.under_way = Server.most_at_once = Server.asked = 0


def serving(monkeypatch: pytest.MonkeyPatch, count: int, gate: asyncio.Event) -> SharedServers:
    servers = {number: Server(number, gate) for number in range(1, count + 1)}
    monkeypatch.setattr(shared_servers, "servers_with_documents", lambda _library: frozenset(servers))
    made: Any = SharedServers
    result: SharedServers = made(None, servers.get)
    return result


def person(number: int = 1) -> Any:
    return SimpleNamespace(id=number)


def test_few_are_asked_at_once_and_what_was_told_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look() -> None:
        gate = asyncio.Event()
        gate.set()
        shared = serving(monkeypatch, MOST_SERVERS + 20, gate)
        assert len(await shared.of(person())) == MOST_SERVERS
        assert 1 < Server.most_at_once <= AT_ONCE
        assert Server.asked == MOST_SERVERS
        await shared.of(person())
        assert Server.asked == MOST_SERVERS
        await shared.of(person(2))
        assert Server.asked == 2 * MOST_SERVERS

    asyncio.run(look())


def test_nobody_waits_for_a_discord_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look() -> None:
        monkeypatch.setattr(shared_servers, "SECONDS", 0.01)
        gate = asyncio.Event()
        shared = serving(monkeypatch, 3, gate)
        assert await shared.of(person()) == []
        gate.set()
        assert [guild.id for guild in await shared.of(person())] == [1, 2, 3], "it is asked again"

    asyncio.run(look())


def test_a_question_waits_for_a_choice_and_no_more_than_so_many_people_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def history() -> History:
        return History()

    shared = serving(monkeypatch, 2, asyncio.Event())
    asked = PendingQuestion("Who raised the mill?", history)
    for number in range(REMEMBERED_PEOPLE + 1):
        shared.wait(person(number), asked)
    assert shared.choose(person(0), 1) is None, "the oldest is forgotten"
    assert shared.choose(person(1), 1) is asked
    assert shared.choose(person(1), 2) is None, "it is asked once"
