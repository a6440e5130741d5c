"""The local Discord fails as Discord fails: refused, repeated, cut off, late, and a gateway that goes away."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from aiohttp import ClientError
from discord import ConnectionClosed, Forbidden

from tests.discord.fake import Channel, FakeDiscord, Fault
from tests.discord.tiny_bot import Running, Start

MESSAGES = r"/channels/\d+/messages$"


def post(tiny: Running, channel: Channel) -> None:
    tiny.request("POST", f"/channels/{channel.id}/messages", {"content": "hello"})


def test_a_rate_limit_is_believed_and_waited_for(discord: FakeDiscord, tiny: Running, channel: Channel) -> None:
    fault = discord.faults.rate_limit("POST", MESSAGES, retry_after=0.2)
    begun = time.monotonic()
    post(tiny, channel)
    assert time.monotonic() - begun > 0.2
    assert (fault.hits, len(channel.messages())) == (1, 1)
    assert [request.status for request in discord.requests("POST", MESSAGES)] == [429, 200]


@pytest.mark.parametrize(("before", "posted"), [(True, 1), (False, 2)])
def test_an_error_comes_before_or_after_the_effect(
    discord: FakeDiscord, tiny: Running, channel: Channel, before: bool, posted: int
) -> None:
    (discord.faults.error_before if before else discord.faults.error_after)("POST", MESSAGES)
    post(tiny, channel)  # discord.py repeats it by itself
    assert len(channel.messages()) == posted


@pytest.mark.parametrize(("before", "posted"), [(True, 0), (False, 1)])
def test_a_connection_is_cut_before_or_after_the_effect(
    discord: FakeDiscord, tiny: Running, channel: Channel, before: bool, posted: int
) -> None:
    (discord.faults.drop_before if before else discord.faults.drop_after)("POST", MESSAGES)
    with pytest.raises(ClientError):
        post(tiny, channel)
    assert len(channel.messages()) == posted
    assert discord.requests("POST", MESSAGES)[0].status == 0


@pytest.mark.parametrize(("late", "posted"), [(True, 0), (False, 1)])
def test_a_request_arrives_late_or_its_answer_does(
    discord: FakeDiscord, tiny: Running, channel: Channel, late: bool, posted: int
) -> None:
    (discord.faults.late if late else discord.faults.slow)("POST", MESSAGES, 0.8)
    begun = time.monotonic()
    answer = tiny.later(tiny.requesting("POST", f"/channels/{channel.id}/messages", {"content": "hello"}))
    discord.wait_until(lambda: discord.requests("POST", MESSAGES))
    time.sleep(0.1)
    assert len(channel.messages()) == posted
    answer.result(5)
    assert time.monotonic() - begun >= 0.8
    assert len(channel.messages()) == 1


def test_any_code_can_be_answered_and_any_number_of_times(
    discord: FakeDiscord, tiny: Running, channel: Channel
) -> None:
    fault = discord.faults.refuse("*", "/channels/", 403, 50013, "Missing Permissions", times=2)
    for _ in range(2):
        with pytest.raises(Forbidden, match="50013"):
            post(tiny, channel)
    post(tiny, channel)
    assert fault.hits == 2
    unused: Fault = discord.faults.refuse("*", ".", 403, 50013)
    discord.faults.clear()
    post(tiny, channel)
    assert unused.hits == 0


def test_a_failed_test_is_told_the_latest_requests(discord: FakeDiscord, tiny: Running, channel: Channel) -> None:
    post(tiny, channel)
    with pytest.raises(AssertionError, match=r"(?s)Not within 0.1 s: the moon.*POST /channels/\d+/messages -> 200"):
        discord.wait_until(lambda: None, 0.1, "the moon")


BREAKS: dict[str, Callable[[FakeDiscord], None]] = {
    "close 1000": lambda discord: discord.gateway.close(1000),
    "close 4000": lambda discord: discord.gateway.close(4000),
    "cut": lambda discord: discord.gateway.drop(),
    "operation 7": lambda discord: discord.gateway.ask_reconnect(),
    "operation 9, resumable": lambda discord: discord.gateway.invalidate(resumable=True),
}


@pytest.mark.parametrize("way", BREAKS)
def test_a_session_is_resumed_and_nothing_is_missed(discord: FakeDiscord, tiny: Running, way: str) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    assert ada.say(channel, "before", mention_bot=True).message()
    BREAKS[way](discord)
    during = ada.say(channel, "during", mention_bot=True)
    discord.gateway.wait_resumed()
    after = ada.say(channel, "after", mention_bot=True)
    assert during.message().content.endswith("during")
    assert after.message().content.endswith("after")
    assert len(channel.messages(by_bot=True)) == 3
    assert len(discord.gateway.identifies) == 1


NEW_SESSIONS: dict[str, Callable[[FakeDiscord], None]] = {
    "close 4009": lambda discord: discord.gateway.close(4009),
    "operation 9": lambda discord: discord.gateway.invalidate(resumable=False),
}


@pytest.mark.parametrize("way", NEW_SESSIONS)
def test_a_session_that_is_lost_begins_anew(discord: FakeDiscord, tiny: Running, way: str) -> None:
    NEW_SESSIONS[way](discord)
    discord.gateway.wait_ready(10, count=2)
    assert discord.gateway.resume_count == 0
    guild = discord.add_guild()
    assert guild.add_member("Ada").say(guild.add_channel(), "hi", mention_bot=True).message()


def test_code_4004_ends_the_bot(discord: FakeDiscord, tiny: Running) -> None:
    discord.gateway.close(4004)
    tiny.join()
    assert isinstance(tiny.problem, ConnectionClosed)
    assert tiny.problem.code == 4004


@pytest.mark.parametrize("discord", [{"heartbeat_seconds": 0.1}], indirect=True)
def test_lost_heartbeats_are_noticed(discord: FakeDiscord, start_tiny: Start) -> None:
    start_tiny(heartbeat_timeout=1.0)
    time.sleep(1.3)
    assert (discord.gateway.resume_count, discord.gateway.heartbeat_count > 3) == (0, True)
    discord.gateway.swallow_heartbeats()
    discord.gateway.wait_resumed(timeout=10)


def test_what_two_bots_share(discord: FakeDiscord, tiny: Running, start_tiny: Start) -> None:
    """A bot that comes back after a crash finds the old buttons at work."""
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    answer = ada.slash(channel, "ask", question="Who?").final()
    tiny.stop()
    discord.gateway.wait_disconnected()
    start_tiny()
    assert ada.click(answer, "Show passage").message().content == "The passage"
