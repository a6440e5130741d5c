"""The local Discord refuses what Discord refuses at that moment: too late, twice, not there any more, not allowed."""

from __future__ import annotations

from typing import Any

import pytest
from discord import File, Forbidden, NotFound, TextChannel

from tests.discord.fake import Channel, FakeDiscord, Guild, Permission, Person
from tests.discord.raw_requests import callback, form, original, refusal, unanswered
from tests.discord.tiny_bot import Running

EMBED = {"embeds": [{"title": "lost"}]}


def test_the_first_response_comes_once_and_within_three_seconds(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    late = unanswered(discord, tiny, ada, channel)
    assert refusal(tiny, "PATCH", original(discord, pressed), {"content": "x"}).code == 10015
    tiny.request("POST", callback(pressed), {"type": 5})
    again = refusal(tiny, "POST", callback(pressed), {"type": 5})
    assert (again.status, again.code) == (400, 40060)
    discord.clock.shift(3.1)
    refused = refusal(tiny, "POST", callback(late), {"type": 5})
    assert (refused.status, refused.code) == (404, 10062)
    assert tiny.request("PATCH", original(discord, pressed), {"content": "in time"})["flags"] == 0


def test_a_token_ends_after_fifteen_minutes_or_at_once(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    first, second = (unanswered(discord, tiny, ada, channel) for _ in range(2))
    for pressed in (first, second):
        tiny.request("POST", callback(pressed), {"type": 5})
    first.expire()
    assert refusal(tiny, "PATCH", original(discord, first), {"content": "x"}).code == 50027
    discord.clock.shift(15 * 60 - 5)
    tiny.request("PATCH", original(discord, second), {"content": "x"})
    discord.clock.shift(10)
    refused = refusal(tiny, "PATCH", original(discord, second), {"content": "x"})
    assert (refused.status, refused.code) == (401, 50027)


@pytest.mark.parametrize("kind", [8, 3, 1])
def test_a_response_has_to_fit(discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel, kind: int) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    assert "In type:" in refusal(tiny, "POST", callback(pressed), {"type": kind, "data": {"content": "x"}}).text


@pytest.mark.parametrize("kind", [4, 7])
def test_a_response_has_the_limits_of_a_message(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel, kind: int
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    refused = refusal(tiny, "POST", callback(pressed), {"type": kind, "data": {"content": "x" * 2001}})
    assert "In data.content:" in refused.text
    assert not pressed.acknowledged
    assert len(channel.messages()) == 1


def test_a_deleted_message_cannot_be_updated(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("DELETE", f"/channels/{channel.id}/messages/{channel.messages()[0].id}")
    refused = refusal(tiny, "POST", callback(pressed), {"type": 7, "data": {"content": "x"}})
    assert (refused.status, refused.code) == (404, 10008)


def test_a_bot_that_was_thrown_out_cannot_answer(
    discord: FakeDiscord, tiny: Running, guild: Guild, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    guild.remove_bot()
    assert refusal(tiny, "POST", callback(pressed), {"type": 5}).code == 50001


def test_a_form_cannot_answer_a_form(discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 9, "data": form(custom_id="nobody knows")})
    sent = ada.submit(pressed.form(), "text")
    assert "In type:" in refusal(tiny, "POST", callback(sent), {"type": 9, "data": form()}).text
    tiny.request("POST", callback(sent), {"type": 7, "data": {"content": "updated"}})
    assert sent.updated().content == "updated"


def test_the_first_further_message_takes_the_place_of_thinking(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 5})
    path = f"/webhooks/{discord.bot_id}/{pressed.record.token}"
    for text in ("first", "second"):
        tiny.request("POST", path, {"content": text})
    assert pressed.message().content == "first"
    assert [message.content for message in pressed.followups] == ["second"]


def test_a_response_is_read_and_deleted_by_its_token(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 4, "data": {"content": "hello"}})
    assert tiny.request("GET", original(discord, pressed))["content"] == "hello"
    tiny.request("DELETE", original(discord, pressed))
    assert refusal(tiny, "GET", original(discord, pressed), None).code == 10008
    assert len(channel.messages(by_bot=True)) == 1  # the one with the button


def test_a_token_of_nobody_is_refused(discord: FakeDiscord, tiny: Running) -> None:
    assert refusal(tiny, "PATCH", f"/webhooks/{discord.bot_id}/none/messages/@original", {"content": "x"}).code == 10015
    assert refusal(tiny, "POST", "/interactions/1/none/callback", {"type": 5}).code == 10062


def test_a_deleted_response_is_not_there(discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel) -> None:
    asked = ada.slash(channel, "ask", question="Who?", private=True)
    ada.delete(asked.final())
    assert refusal(tiny, "PATCH", original(discord, asked), {"content": "x"}).code == 10008


def test_permissions_are_those_of_the_channel(
    discord: FakeDiscord, tiny: Running, guild: Guild, channel: Channel, ada: Person
) -> None:
    path = f"/channels/{channel.id}/messages"
    target = discord.wait_until(lambda: tiny.bot.get_channel(channel.id))
    assert isinstance(target, TextChannel)
    said = ada.say(channel, "hello").said
    channel.deny(Permission.EMBED_LINKS)
    assert tiny.request("POST", path, {"content": "kept"} | EMBED)["embeds"] == []
    assert refusal(tiny, "POST", path, EMBED).code == 50006
    channel.deny(Permission.ATTACH_FILES)
    with pytest.raises(Forbidden, match="50013"):
        tiny.call(target.send("x", file=File(__file__)))
    channel.deny(Permission.READ_MESSAGE_HISTORY)
    assert tiny.request("GET", path) == []
    assert refusal(tiny, "GET", f"{path}/{said.id}", None).code == 50001
    reply = {"content": "x", "message_reference": {"message_id": str(said.id)}}
    assert refusal(tiny, "POST", path, reply).code == 160002
    channel.deny(Permission.SEND_MESSAGES)
    assert refusal(tiny, "POST", path, {"content": "x"}).code == 50013
    assert refusal(tiny, "POST", f"/channels/{channel.id}/typing", None).code == 50013
    seen = ada.slash(channel, "ask", question="Who?")
    assert seen.final().embeds  # what answers a command is never stripped
    channel.deny(Permission.VIEW_CHANNEL)
    assert refusal(tiny, "POST", path, {"content": "x"}).code == 50001
    discord.wait_until(lambda: not target.permissions_for(target.guild.me).view_channel)


def test_a_reply_needs_its_message_unless_told_otherwise(tiny: Running, channel: Channel, ada: Person) -> None:
    said = ada.say(channel, "gone soon").said
    ada.delete(said)
    path = f"/channels/{channel.id}/messages"
    reference: dict[str, Any] = {"message_id": str(said.id)}
    refused = refusal(tiny, "POST", path, {"content": "x", "message_reference": reference})
    assert "In message_reference: Unknown message" in refused.text
    reference["fail_if_not_exists"] = False
    assert "message_reference" not in tiny.request("POST", path, {"content": "x", "message_reference": reference})


def test_closed_direct_messages_and_other_peoples_messages(tiny: Running, channel: Channel, ada: Person) -> None:
    ada.close_dms()
    direct = tiny.request("POST", "/users/@me/channels", {"recipient_id": str(ada.id)})
    assert refusal(tiny, "POST", f"/channels/{direct['id']}/messages", {"content": "x"}).code == 50007
    said = f"/channels/{channel.id}/messages/{ada.say(channel, 'mine').said.id}"
    assert refusal(tiny, "PATCH", said, {"content": "yours"}).code == 50005
    assert refusal(tiny, "DELETE", said, None).code == 50013
    with pytest.raises(NotFound):
        tiny.request("GET", f"/channels/{channel.id}/messages/1")
