"""The local Discord's forums, forwarded messages, edits and reactions are as Discord's."""

from __future__ import annotations

import pytest

from tests.discord.fake import Channel, FakeDiscord, Guild, ImpossibleActError, Permission, Person
from tests.discord.fake.forums import add_forum, post, tags_of
from tests.discord.fake.forwarding import forward
from tests.discord.raw_requests import refusal
from tests.discord.tiny_bot import Running


def test_a_post_is_a_thread_whose_first_message_has_its_id(tiny: Running, guild: Guild, ada: Person) -> None:
    forum = add_forum(guild, tags=["Bug", "Solved"])
    thread, first = post(ada, forum, "The mill", "Who raised it?", ["Bug"])
    assert first.said.id == thread.id
    read = tiny.request("GET", f"/channels/{thread.id}")
    assert (read["name"], read["parent_id"], read["owner_id"]) == ("The mill", str(forum.id), str(ada.id))
    assert [int(tag) for tag in read["applied_tags"]] == [next(iter(forum.record.available_tags))]
    # The title is told, the words are not.
    assert tiny.request("GET", f"/channels/{thread.id}/messages/{thread.id}")["content"] == ""
    forum.deny(Permission.SEND_MESSAGES, whom=ada.id)
    with pytest.raises(ImpossibleActError):
        post(ada, forum, "Another", "?")


def test_tags_of_somebody_elses_post_need_the_right_to_manage_it(tiny: Running, guild: Guild, ada: Person) -> None:
    forum = add_forum(guild, tags=["Bug", "Solved"])
    thread, _ = post(ada, forum, "The mill", "Who raised it?")
    path, tags = f"/channels/{thread.id}", {"applied_tags": [str(tag) for tag in forum.record.available_tags]}
    assert refusal(tiny, "PATCH", path, tags).code == 50013
    forum.allow(Permission.MANAGE_THREADS)
    assert refusal(tiny, "PATCH", path, {"applied_tags": ["1"]}).code == 50035
    assert tiny.request("PATCH", path, tags)["applied_tags"] == tags["applied_tags"]
    assert tags_of(thread) == ["Bug", "Solved"]
    thread.archive()
    assert refusal(tiny, "PATCH", path, tags).code == 50083


def test_a_forwarded_message_carries_the_words_where_they_are_given(
    discord: FakeDiscord, tiny: Running, channel: Channel, ada: Person
) -> None:
    said = ada.say(channel, "Who raised the mill?").said
    for place, words in ((channel, ""), (ada.dm_channel, "Who raised the mill?")):
        here = forward(ada, said, place).said
        read = tiny.request("GET", f"/channels/{place.id}/messages/{here.id}")
        assert (read["content"], read["message_reference"]["type"]) == ("", 1)
        assert [one["message"]["content"] for one in read["message_snapshots"]] == [words]


def test_an_edit_mentions_whom_it_names_and_notifies_nobody(
    discord: FakeDiscord, tiny: Running, channel: Channel, ada: Person
) -> None:
    said = ada.say(channel, "Who raised the mill?").said
    path = f"/channels/{channel.id}/messages/{said.id}"
    assert tiny.request("GET", path)["content"] == ""
    ada.edit(said, f"{discord.bot_mention} who raised the mill?")
    read = tiny.request("GET", path)
    assert [one["id"] for one in read["mentions"]] == [str(discord.bot_id)]
    assert read["content"].endswith("who raised the mill?")
    assert not channel.messages()[-1].pings


def test_in_a_closed_thread_messages_are_deleted_at_most(tiny: Running, channel: Channel, ada: Person) -> None:
    thread = ada.start_thread(ada.say(channel, "the mill").said)
    own = [tiny.request("POST", f"/channels/{thread.id}/messages", {"content": "x"})["id"] for _ in range(2)]
    first, second = (f"/channels/{thread.id}/messages/{one}" for one in own)
    thread.archive()
    assert refusal(tiny, "PATCH", first, {"content": "y"}).code == 50083
    assert refusal(tiny, "PUT", f"{first}/reactions/%F0%9F%91%8D/@me", None).code == 50083
    tiny.request("DELETE", first)
    thread.archive(locked=True)
    assert refusal(tiny, "DELETE", second, None).code == 160005
    thread.lock()
    assert refusal(tiny, "PATCH", second, {"content": "y"}).code == 160005
    tiny.request("DELETE", second)


def test_a_channel_takes_its_threads_along(discord: FakeDiscord, tiny: Running, guild: Guild, ada: Person) -> None:
    forum = add_forum(guild)
    thread, first = post(ada, forum, "The mill", "Who raised it?")
    forum.delete()
    assert discord.message(first.said.id) is None
    assert refusal(tiny, "GET", f"/channels/{thread.id}", None).code == 10003


def test_nobody_replies_to_what_discord_itself_says(tiny: Running, channel: Channel, ada: Person) -> None:
    channel.pin(ada.say(channel, "Who raised the mill?").said)
    notice = channel.messages()[-1]
    assert (notice.type, notice.content) == (6, "")
    reply = {"content": "x", "message_reference": {"message_id": str(notice.id)}}
    assert "system message" in refusal(tiny, "POST", f"/channels/{channel.id}/messages", reply).text


def test_who_shares_no_server_gets_no_direct_message_unasked(
    discord: FakeDiscord, tiny: Running, guild: Guild, ada: Person
) -> None:
    dora = discord.add_person("Dora")
    for person, code in ((ada, None), (dora, 50278)):
        path = f"/channels/{person.dm_channel.id}/messages"
        if code is None:
            tiny.request("POST", path, {"content": "hello"})
        else:
            assert refusal(tiny, "POST", path, {"content": "hello"}).code == code
    dora.dm("Who raised the mill?")
    tiny.request("POST", f"/channels/{dora.dm_channel.id}/messages", {"content": "hello"})


def test_a_reaction_needs_the_rights_to_add_one_and_to_read_the_history(
    tiny: Running, channel: Channel, ada: Person
) -> None:
    said = ada.say(channel, "lol ok")
    path = f"/channels/{channel.id}/messages/{said.said.id}/reactions/%F0%9F%91%8D/@me"
    tiny.request("PUT", path)
    assert said.reaction() == "👍"
    channel.deny(Permission.ADD_REACTIONS)
    assert refusal(tiny, "PUT", path, None).code == 50013
    channel.deny(Permission.READ_MESSAGE_HISTORY)
    assert refusal(tiny, "PUT", path, None).code == 50001
