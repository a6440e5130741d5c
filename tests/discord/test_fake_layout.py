"""The local Discord takes messages that are laid out, and lists of channels, roles and people, as Discord does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord.fake import Channel, FakeDiscord, Guild, ImpossibleActError, Message, Permission, Person
from tests.discord.raw_requests import button, refusal, row
from tests.discord.tiny_bot import Running

LAYOUT = 1 << 15


def text(content: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": content}


def section(*texts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": 9, "components": list(texts) or [text()], "accessory": button()} | changes


def box(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(components)}


def layout(*components: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"flags": LAYOUT, "components": list(components)} | changes


def listing(kind: int, **changes: Any) -> dict[str, Any]:
    part = {"type": kind, "custom_id": "list", "min_values": 0, "max_values": 25} | changes
    return {"type": 1, "components": [part]}


def defaults(kind: str, *ids: int) -> dict[str, Any]:
    return {"default_values": [{"id": str(one), "type": kind} for one in ids]}


LIST = "components.0.components.0"
TOO_MUCH = {
    "content": (layout(text(), content="x"), "content"),
    "an embed": (layout(text(), embeds=[{"title": "x"}]), "embeds"),
    "nothing": (layout(), "components"),
    "41 components": (layout(*[text()] * 41), "components"),
    "41 components inside": (layout(box(*[text()] * 40)), "components"),
    "4001 characters": (layout(text("x" * 2000), box(text("x" * 2001))), "components"),
    "no words": (layout(text("")), "components.0.content"),
    "four texts": (layout(section(*[text()] * 4)), "components.0.components"),
    "a section alone": (layout(section(accessory=None)), "components.0.accessory"),
    "a box in a box": (layout(box(box(text()))), "components.0.components.0.type"),
    "a button outside of a row": (layout(button()), "components.0.type"),
    "one id twice": (layout(section(), box(section())), "components.1.components.0.accessory.custom_id"),
    "26 to choose": (row(listing(8, max_values=26)["components"][0]), f"{LIST}.max_values"),
    "more chosen than can be": (
        layout(listing(8, max_values=1, **defaults("channel", 1, 2))),
        f"{LIST}.default_values",
    ),
    "one chosen twice": (layout(listing(8, **defaults("channel", 1, 1))), f"{LIST}.default_values"),
    "a role among channels": (layout(listing(8, **defaults("role", 1))), f"{LIST}.default_values"),
    "kinds of channels for roles": (layout(listing(6, channel_types=[0])), f"{LIST}.channel_types"),
    "one text twice": (
        layout(listing(3, options=[{"label": "x", "value": "v"}, {"label": "y", "value": "v"}])),
        f"{LIST}.options",
    ),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_is_laid_out_wrongly_is_refused_where_it_stands(tiny: Running, channel: Channel, what: str) -> None:
    body, place = TOO_MUCH[what]
    refused = refusal(tiny, "POST", f"/channels/{channel.id}/messages", body)
    assert (refused.status, refused.code) == (400, 50035)
    assert f"In {place}:" in refused.text
    assert channel.messages() == []


def post(discord: FakeDiscord, tiny: Running, channel: Channel, body: dict[str, Any]) -> Message:
    posted = tiny.request("POST", f"/channels/{channel.id}/messages", body)
    message = discord.message(int(posted["id"]))
    assert message is not None
    return message


def test_a_layout_is_read_from_top_to_bottom_and_its_words_can_ping(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel
) -> None:
    body = layout(text("one"), box(section(text(f"two {ada.mention}")), {"type": 14}, text("three")))
    message = post(discord, tiny, channel, body)
    assert message.text == f"one\ntwo {ada.mention}\nthree"
    assert [button.face for button in message.buttons] == ["Press"]
    assert message.pings.users == {ada.id}
    quiet = post(discord, tiny, channel, body | {"allowed_mentions": {"parse": []}})
    assert not quiet.pings


def test_people_choose_from_lists_what_these_offer(
    discord: FakeDiscord, tiny: Running, guild: Guild, ada: Person, channel: Channel
) -> None:
    category, role, hidden = guild.add_category(), guild.add_role("Millers"), guild.add_channel("hidden")
    hidden.deny(Permission.VIEW_CHANNEL, whom=guild.id)
    chosen: dict[int, tuple[Any, str]] = {
        5: (ada, "users"),
        6: (role, "roles"),
        7: (role, "roles"),
        8: (channel, "channels"),
    }
    for kind, (one, resolved) in chosen.items():
        message = post(discord, tiny, channel, layout(listing(kind)))
        data = ada.choose(message, "list", [one]).record.data
        assert data["values"] == [str(one.id)]
        assert list(data["resolved"][resolved]) == [str(one.id)]
    only_text = post(discord, tiny, channel, layout(listing(8, channel_types=[0], max_values=1)))
    for impossible in ([category], [role], [ada], [hidden], [channel, channel]):
        with pytest.raises(ImpossibleActError):
            ada.choose(only_text, "list", impossible)
    assert ada.choose(only_text, "list", []).record.data["values"] == []


def test_what_is_deleted_is_told_and_gone(tiny: Running, guild: Guild, channel: Channel, discord: FakeDiscord) -> None:
    category, role = guild.add_category(), guild.add_role("Millers")
    below = guild.add_channel("below", category=category)
    seen = discord.wait_until(lambda: tiny.bot.get_guild(guild.id))
    discord.wait_until(lambda: (one := seen.get_channel(below.id)) and one.category_id == category.id)
    guild.delete_channel(category)
    guild.delete_role(role)
    discord.wait_until(lambda: not seen.get_channel(category.id) and not seen.get_role(role.id))
    left = seen.get_channel(below.id)
    assert left is not None
    assert left.category_id is None


def test_words_that_stand_there_are_taken_away_before_a_message_is_laid_out(tiny: Running, channel: Channel) -> None:
    path = f"/channels/{channel.id}/messages"
    path = f"{path}/{tiny.request('POST', path, {'content': 'first', 'embeds': [{'title': 'x'}]})['id']}"
    assert refusal(tiny, "PATCH", path, layout(text())).code == 50035
    assert refusal(tiny, "PATCH", path, layout(text(), content=None)).code == 50035
    assert tiny.request("PATCH", path, layout(text(), content=None, embeds=[]))["flags"] & LAYOUT
