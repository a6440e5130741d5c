"""The routes of the local Discord that read, edit and delete, one by one."""

from __future__ import annotations

from typing import Any

import pytest
from discord import File, TextChannel

from tests.discord.fake import Channel, FakeDiscord, Guild, Permission, Person
from tests.discord.raw_requests import callback, original, refusal, unanswered
from tests.discord.tiny_bot import Running

TOO_LONG = {"content": "x" * 2001}


@pytest.fixture
def posted(tiny: Running, channel: Channel) -> str:
    """The path of a message by the bot."""
    path = f"/channels/{channel.id}/messages"
    return f"{path}/{tiny.request('POST', path, {'content': 'first', 'embeds': [{'title': 'kept'}]})['id']}"


def test_a_message_is_edited_where_the_body_says_so(tiny: Running, channel: Channel, posted: str) -> None:
    edited = tiny.request("PATCH", posted, {"content": "second"})
    assert (edited["content"], edited["embeds"][0]["title"]) == ("second", "kept")
    assert edited["edited_timestamp"]
    (message,) = channel.messages()
    assert (message.content, message.edited) == ("second", True)
    assert tiny.request("GET", posted)["content"] == "second"
    assert refusal(tiny, "PATCH", posted, TOO_LONG).code == 50035
    assert refusal(tiny, "PATCH", posted, {"content": None, "embeds": []}).code == 50006
    assert channel.messages() == [message]


def test_an_edit_keeps_the_files_that_it_names_and_adds_new_ones(
    discord: FakeDiscord, tiny: Running, channel: Channel
) -> None:
    target = discord.wait_until(lambda: tiny.bot.get_channel(channel.id))
    assert isinstance(target, TextChannel)
    message = tiny.call(target.send("x", files=[File(__file__, "a.md"), File(__file__, "b.md")]))
    tiny.call(message.edit(attachments=[message.attachments[1], File(__file__, "c.md")]))
    assert list(channel.messages()[0].files) == ["b.md", "c.md"]
    tiny.call(message.edit(content="y"))
    assert list(channel.messages()[0].files) == ["b.md", "c.md"]
    assert message.attachments[0].content_type == "text/markdown; charset=utf-8"
    channel.deny(Permission.ATTACH_FILES, Permission.EMBED_LINKS)
    with pytest.raises(Exception, match="50013"):
        tiny.call(message.edit(attachments=[File(__file__, "d.md")]))
    assert (
        tiny.request("PATCH", f"/channels/{channel.id}/messages/{message.id}", {"embeds": [{"title": "x"}]})["embeds"]
        == []
    )


def test_a_message_is_deleted(tiny: Running, channel: Channel, posted: str) -> None:
    tiny.request("DELETE", posted)
    assert channel.messages() == []
    for method in ("GET", "PATCH", "DELETE"):
        assert refusal(tiny, method, posted, {"content": "x"} if method == "PATCH" else None).code == 10008


def test_other_peoples_messages_are_deleted_with_permission(tiny: Running, channel: Channel, ada: Person) -> None:
    said = ada.say(channel, "x").said
    channel.allow(Permission.MANAGE_MESSAGES)
    tiny.request("DELETE", f"/channels/{channel.id}/messages/{said.id}")
    assert channel.messages() == []
    direct = ada.dm("x").said
    assert refusal(tiny, "DELETE", f"/channels/{direct.channel_id}/messages/{direct.id}", None).code == 50003


def test_responses_have_the_limits_of_messages(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 5})
    assert refusal(tiny, "PATCH", original(discord, pressed), TOO_LONG).code == 50035
    assert refusal(tiny, "POST", f"/webhooks/{discord.bot_id}/{pressed.record.token}", TOO_LONG).code == 50035
    assert [state.loading for state in pressed.states] == [True]


def test_a_further_message_has_an_id_of_its_own(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 4, "data": {"content": "first"}})
    path = f"/webhooks/{discord.bot_id}/{pressed.record.token}"
    more = tiny.request("POST", path, {"content": "second", "flags": 64})
    assert tiny.request("PATCH", f"{path}/messages/{more['id']}", {"content": "third"})["flags"] == 64
    assert [(message.content, message.ephemeral) for message in pressed.followups] == [("third", True)]
    assert more["interaction_metadata"]["original_response_message_id"] == str(pressed.message().id)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/users/@me", {"username": "pullquote", "bot": True}),
        ("/users/{ada}", {"global_name": "Ada"}),
        ("/applications/@me", {"name": "Pullquote", "flags": 0}),
        ("/oauth2/applications/@me", {"name": "Pullquote", "flags": 0}),
        ("/gateway/bot", {"shards": 1}),
        ("/guilds/{guild}", {"name": "Harbour", "preferred_locale": "en-US"}),
        ("/guilds/{guild}/members/{ada}", {"nick": None}),
        ("/channels/{channel}", {"name": "general", "type": 0}),
    ],
)
def test_what_can_be_read(
    tiny: Running, guild: Guild, channel: Channel, ada: Person, path: str, names: dict[str, Any]
) -> None:
    read = tiny.request("GET", path.format(ada=ada.id, guild=guild.id, channel=channel.id))
    assert {name: read[name] for name in names} == names


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/users/1", 10013),
        ("GET", "/channels/1", 10003),
        ("GET", "/guilds/1", 10004),
        ("GET", "/guilds/{guild}/members/1", 10007),
        ("GET", "/applications/1/commands", 10002),
        ("GET", "/channels/{channel}/messages?limit=101", 50035),
        ("PATCH", "/channels/{channel}/messages/@original", 10008),
        ("POST", "/users/@me/channels", 50033),
    ],
)
def test_what_is_not_there(tiny: Running, guild: Guild, channel: Channel, method: str, path: str, code: int) -> None:
    body = None if method == "GET" else {"recipient_id": "1"}
    assert refusal(tiny, method, path.format(guild=guild.id, channel=channel.id), body).code == code


def test_a_server_that_is_asked_for_tells_neither_channels_nor_members(tiny: Running, guild: Guild) -> None:
    told = tiny.request("GET", f"/guilds/{guild.id}")
    assert "roles" in told
    assert not {"channels", "threads", "members", "member_count", "joined_at"} & told.keys()


def test_a_server_is_closed_to_a_bot_that_was_thrown_out(tiny: Running, guild: Guild) -> None:
    guild.remove_bot()
    assert refusal(tiny, "GET", f"/guilds/{guild.id}", None).code == 50001


def test_an_attachment_without_a_number_is_refused(tiny: Running, channel: Channel) -> None:
    body = {"content": "x", "attachments": [{"filename": "a.md"}]}
    assert "In attachments.0.id:" in refusal(tiny, "POST", f"/channels/{channel.id}/messages", body).text


@pytest.mark.parametrize("discord", [{"grant_message_content": True}], indirect=True)
def test_an_application_tells_what_the_portal_granted(discord: FakeDiscord, tiny: Running) -> None:
    information = tiny.call(tiny.bot.application_info())
    assert information.flags.gateway_message_content_limited
    assert not information.flags.gateway_message_content
