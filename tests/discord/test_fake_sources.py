"""What the local Discord does about pins, archived posts and files in forms."""

from __future__ import annotations

import pytest

from tests.discord.fake import Channel, FakeDiscord, Guild, Permission, Person
from tests.discord.fake.errors import ImpossibleActError
from tests.discord.fake.forums import add_forum, post
from tests.discord.raw_requests import callback, form, label, refusal, unanswered
from tests.discord.tiny_bot import Running


def upload(**changes: object) -> dict[str, object]:
    return {"type": 19, "custom_id": "files", "min_values": 0, "max_values": 3, "required": False} | changes


def test_pins_are_listed_from_new_to_old_a_page_at_a_time(tiny: Running, channel: Channel, ada: Person) -> None:
    said = [ada.say(channel, f"Number {number}").said for number in range(3)]
    for one in (said[2], said[0], said[1]):
        channel.pin(one)
    path = f"/channels/{channel.id}/messages/pins"
    first = tiny.request("GET", f"{path}?limit=2")
    ids = [int(item["message"]["id"]) for item in first["items"]]
    assert (ids, first["has_more"]) == ([said[1].id, said[0].id], True)
    assert all(item["message"]["pinned"] for item in first["items"])
    rest = tiny.request("GET", f"{path}?limit=2&before={first['items'][-1]['pinned_at'].replace('+', '%2B')}")
    assert ([int(item["message"]["id"]) for item in rest["items"]], rest["has_more"]) == ([said[2].id], False)
    channel.pin(said[2], pinned=False)
    ada.delete(said[0])
    assert [int(item["message"]["id"]) for item in tiny.request("GET", path)["items"]] == [said[1].id]
    assert refusal(tiny, "GET", f"{path}?limit=51", None).code == 50035
    channel.deny(Permission.READ_MESSAGE_HISTORY)
    assert tiny.request("GET", path)["items"] == []


def test_archived_posts_are_listed_for_those_who_may_read_the_history(tiny: Running, guild: Guild, ada: Person) -> None:
    forum = add_forum(guild)
    old, _ = post(ada, forum, "Old", "Long ago.")
    post(ada, forum, "New", "Just now.")
    older, _ = post(ada, forum, "Older", "Longer ago.")
    oldest, _ = post(ada, forum, "Oldest", "Very long ago.")
    for one in (oldest, older, old):
        one.archive()
    path = f"/channels/{forum.id}/threads/archived/public"
    page = tiny.request("GET", f"{path}?limit=2")
    assert ([thread["name"] for thread in page["threads"]], page["has_more"]) == (["Old", "Older"], True)
    before = page["threads"][-1]["thread_metadata"]["archive_timestamp"].replace("+", "%2B")
    rest = tiny.request("GET", f"{path}?before={before}")
    assert ([thread["name"] for thread in rest["threads"]], rest["has_more"]) == (["Oldest"], False)
    assert refusal(tiny, "GET", f"{path}?limit=101", None).code == 50035
    forum.deny(Permission.READ_MESSAGE_HISTORY)
    assert refusal(tiny, "GET", path, None).code == 50001


@pytest.mark.parametrize("wrong", [{"max_values": 11}, {"max_values": 0}, {"min_values": -1}])
def test_a_form_takes_ten_files_at_most(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel, wrong: dict[str, object]
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    data = form(label("Files", upload(**wrong)))
    assert refusal(tiny, "POST", callback(pressed), {"type": 9, "data": data}).code == 50035


def test_files_of_a_form_come_with_it(discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 9, "data": form(label("Files", upload()))})
    files = [("a.md", b"one"), ("b.md", b"two")]
    with pytest.raises(ImpossibleActError):
        ada.submit(pressed.form(), {"Files": files * 2})
    sent = ada.submit(pressed.form(), {"Files": files}).record.data
    attachments = sent["resolved"]["attachments"]
    assert sent["components"][0]["component"]["values"] == list(attachments)
    assert [(one["filename"], one["size"]) for one in attachments.values()] == [("a.md", 3), ("b.md", 3)]


def test_what_is_chosen_in_a_form_comes_with_what_it_is(
    discord: FakeDiscord, tiny: Running, guild: Guild, ada: Person, channel: Channel
) -> None:
    listing = {"type": 8, "custom_id": "places", "channel_types": [0], "max_values": 2}
    pressed = unanswered(discord, tiny, ada, channel)
    tiny.request("POST", callback(pressed), {"type": 9, "data": form(label("Places", listing))})
    with pytest.raises(ImpossibleActError):
        ada.submit(pressed.form(), {"Places": [guild.add_category()]})
    sent = ada.submit(pressed.form(), {"Places": [channel]}).record.data
    assert sent["components"][0]["component"]["values"] == list(sent["resolved"]["channels"]) == [str(channel.id)]
