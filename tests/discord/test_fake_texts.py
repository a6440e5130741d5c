"""What the local Discord lets a bot read and whom its messages reach: the intents, the mentions, the token."""

from __future__ import annotations

from typing import Any

import pytest
from discord import LoginFailure, PrivilegedIntentsRequired

from tests.discord.fake import FakeDiscord, Message, Permission
from tests.discord.tiny_bot import Running, Start


def heard(discord: FakeDiscord, running: Running, number: int) -> str:
    """Return the text of a message as the bot got it."""
    return discord.wait_until(lambda: running.bot.heard[number : number + 1], what="the bot hears")[0].content


def test_text_is_withheld_unless_the_bot_is_mentioned(discord: FakeDiscord, tiny: Running) -> None:
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    slash = ada.slash(channel, "ask", question="Who?").final()
    ada.say(channel, "plain")
    ada.say(channel, "to a command's response", reply_to=slash)
    reply = ada.say(channel, "hello", mention_bot=True).message()
    ada.say(channel, "with ping", reply_to=reply)
    ada.say(channel, "no ping", reply_to=reply, ping=False)
    texts = [heard(discord, tiny, number) for number in range(5)]
    assert texts == ["", "", f"{discord.bot_mention} hello", "with ping", ""]
    history = tiny.request("GET", f"/channels/{channel.id}/messages")
    assert [message["content"] for message in history if message["author"]["id"] == str(ada.id)] == texts[::-1]
    assert discord.gateway.privileged_intents_asked == 0


@pytest.mark.parametrize("discord", [{"grant_message_content": True}], indirect=True)
def test_text_comes_with_the_intent_where_it_was_granted(discord: FakeDiscord, start_tiny: Start) -> None:
    running = start_tiny(read_content=True)
    guild = discord.add_guild()
    guild.add_member("Ada").say(guild.add_channel(), "plain")
    assert heard(discord, running, 0) == "plain"
    assert discord.gateway.privileged_intents_asked == 1 << 15


def test_an_intent_that_was_not_granted_closes_with_4014(start_tiny: Start, discord: FakeDiscord) -> None:
    running = start_tiny(read_content=True, ready=False)
    running.join()
    assert isinstance(running.problem, PrivilegedIntentsRequired)


def test_a_wrong_token_is_refused(start_tiny: Start) -> None:
    running = start_tiny(token="wrong", ready=False)
    running.join()
    assert isinstance(running.problem, LoginFailure)


@pytest.mark.parametrize(
    ("allowed", "users", "everyone"),
    [
        (None, {"ada"}, True),
        ({"parse": []}, set(), False),
        ({"parse": ["everyone"]}, set(), True),
        ({"parse": ["users"]}, {"ada"}, False),
        ({"parse": [], "users": ["ada"]}, {"ada"}, False),
        ({"parse": [], "replied_user": True}, {"ben"}, False),
    ],
)
def test_who_is_really_pinged(
    discord: FakeDiscord, tiny: Running, allowed: dict[str, Any] | None, users: set[str], everyone: bool
) -> None:
    guild = discord.add_guild()
    channel = guild.add_channel()
    channel.allow(Permission.MENTION_EVERYONE)
    people = {"ada": guild.add_member("Ada"), "ben": guild.add_member("Ben")}
    body: dict[str, Any] = {"content": f"@everyone {people['ada'].mention}"}
    if allowed is not None:
        body["allowed_mentions"] = allowed | ({"users": [str(people["ada"].id)]} if "users" in allowed else {})
        body["message_reference"] = {"message_id": str(people["ben"].say(channel, "hello").said.id)}
    posted = tiny.request("POST", f"/channels/{channel.id}/messages", body)
    message = discord.message(int(posted["id"]))
    assert isinstance(message, Message)
    assert message.pings.users == {people[name].id for name in users}
    assert message.pings.everyone is everyone
