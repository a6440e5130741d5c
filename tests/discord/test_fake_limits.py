"""The local Discord refuses what Discord refuses: too much of anything."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from discord import File, HTTPException, TextChannel

from tests.discord.fake import Channel, FakeDiscord, Person
from tests.discord.raw_requests import button, callback, form, label, refusal, row, text_input, unanswered
from tests.discord.tiny_bot import Running

EMOJI = "😀"  # two UTF-16 units


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def field(name: str = "n", value: str = "v") -> dict[str, str]:
    return {"name": name, "value": value}


def chosen(*options: dict[str, str]) -> dict[str, Any]:
    return row({"type": 3, "custom_id": "s", "options": list(options)})


OPTION = {"label": "x", "value": "v"}
PART = "components.0.components.0"
TOO_MUCH: dict[str, tuple[dict[str, Any], str]] = {
    "content": ({"content": "x" * 2001}, "content"),
    "content in UTF-16 units": ({"content": EMOJI * 1001}, "content"),
    "title": (embed(title="x" * 257), "embeds.0.title"),
    "description": (embed(description="x" * 4097), "embeds.0.description"),
    "field name": (embed(fields=[field(name="x" * 257)]), "embeds.0.fields.0.name"),
    "field value": (embed(fields=[field(value="x" * 1025)]), "embeds.0.fields.0.value"),
    "empty field value": (embed(fields=[field(value="")]), "embeds.0.fields.0.value"),
    "fields": (embed(fields=[field()] * 26), "embeds.0.fields"),
    "footer": (embed(title="x", footer={"text": "x" * 2049}), "embeds.0.footer.text"),
    "author": (embed(title="x", author={"name": "x" * 257}), "embeds.0.author.name"),
    "all embeds": ({"embeds": [{"description": EMOJI * 1001}] * 3}, "embeds"),
    "eleven embeds": ({"embeds": [{"title": "x"}] * 11}, "embeds"),
    "empty embed": (embed(color=1), "embeds.0.description"),
    "six buttons": (row(*map(button, range(6))), "components.0.components"),
    "six rows": ({"content": "x", "components": [row(button(n))["components"][0] for n in range(6)]}, "components"),
    "long id": (row(button(custom_id="x" * 101)), f"{PART}.custom_id"),
    "same id": (row(button(1), button(1)), "components.0.components.1.custom_id"),
    "long label": (row(button(label="x" * 81)), f"{PART}.label"),
    "no label": (row(button(label=None)), f"{PART}.label"),
    "26 options": (chosen(*[{"label": str(n), "value": str(n)} for n in range(26)]), f"{PART}.options"),
    "no options": (chosen(), f"{PART}.options"),
    "long option": (chosen({"label": "x" * 101, "value": "v"}), f"{PART}.options.0.label"),
    "long value": (chosen({"label": "x", "value": "x" * 101}), f"{PART}.options.0.value"),
    "long description": (chosen(OPTION | {"description": "x" * 101}), f"{PART}.options.0.description"),
    "long placeholder": (row({"type": 5, "custom_id": "s", "placeholder": "x" * 151}), f"{PART}.placeholder"),
    "nonce": ({"content": "x", "nonce": "x" * 26}, "nonce"),
    "a link without address": (row(button(style=5, custom_id=None)), f"{PART}.url"),
    "no such style": (row(button(style=7)), f"{PART}.style"),
    "a link with an id": (row(button(style=5, url="https://example.org")), f"{PART}.custom_id"),
    "a link to nothing": (row(button(style=5, custom_id=None, url="mill.md")), f"{PART}.url"),
    "a title that leads nowhere": (embed(title="x", url="file:///mill.md"), "embeds.0.url"),
    "a field of blanks": (embed(fields=[field(value=" \n")]), "embeds.0.fields.0.value"),
    "more to choose than there is": (
        row({"type": 3, "custom_id": "s", "options": [OPTION], "max_values": 2}),
        f"{PART}.max_values",
    ),
    "no row": ({"content": "x", "components": [button()]}, "components.0"),
    "a text field in a message": (row({"type": 4, "custom_id": "t"}), f"{PART}.type"),
    "101 mentioned people": (
        {"content": "x", "allowed_mentions": {"users": [str(n) for n in range(101)]}},
        "allowed_mentions.users",
    ),
    "both kinds of mentions": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions.users",
    ),
}
JUST_ENOUGH: dict[str, dict[str, Any]] = {
    "content": {"content": EMOJI * 1000},
    "embed": {"embeds": [{"title": "x" * 256, "description": EMOJI * 2048, "footer": {"text": "x" * 1648}}]},
    "fields": embed(fields=[field()] * 25),
    "buttons": {
        "content": "x",
        "components": [row(*[button(n * 5 + k) for k in range(5)])["components"][0] for n in range(5)],
    },
    "ids": row(button(custom_id="x" * 100, label="x" * 80)),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_is_refused_where_it_stands(tiny: Running, channel: Channel, what: str) -> None:
    body, place = TOO_MUCH[what]
    refused = refusal(tiny, "POST", f"/channels/{channel.id}/messages", body)
    assert (refused.status, refused.code) == (400, 50035)
    assert f"In {place}:" in refused.text
    assert channel.messages() == []


@pytest.mark.parametrize("what", JUST_ENOUGH)
def test_just_enough_is_taken(tiny: Running, channel: Channel, what: str) -> None:
    tiny.request("POST", f"/channels/{channel.id}/messages", JUST_ENOUGH[what])
    assert len(channel.messages()) == 1


@pytest.mark.parametrize("body", [{"content": " "}, {"components": row(button())["components"]}, {"embeds": []}])
def test_an_empty_message_is_refused(tiny: Running, channel: Channel, body: dict[str, Any]) -> None:
    assert refusal(tiny, "POST", f"/channels/{channel.id}/messages", body).code == 50006


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (form(title="x" * 46), "data.title"),
        (form(custom_id="x" * 101), "data.custom_id"),
        (form(label("x" * 46)), "data.components.0.label"),
        (form(label(description="x" * 101)), "data.components.0.description"),
        (form(label(inner=text_input(placeholder="x" * 101))), "data.components.0.component.placeholder"),
        (form(label(inner=text_input(max_length=4001))), "data.components.0.component.max_length"),
        (form(label(inner=text_input(label="twice"))), "data.components.0.component.label"),
        (form(label(inner=text_input(custom_id=""))), "data.components.0.component.custom_id"),
        (form(label(inner=text_input(style=3))), "data.components.0.component.style"),
        (form(label(inner=text_input(value="xx", max_length=1))), "data.components.0.component.value"),
        (form(label(inner=button())), "data.components.0.component.type"),
        (form(label(inner={"type": 3, "custom_id": "s", "options": []})), "data.components.0.component.options"),
        (form(label(inner={"type": 8, "custom_id": "s", "min_values": 0})), "data.components.0.component.min_values"),
        (form(label(inner={"type": 6, "custom_id": "s", "disabled": True})), "data.components.0.component.disabled"),
        (form(button()), "data.components.0.type"),
        (form(label(), label()), "data.components.1.component.custom_id"),
        (form({"type": 1, "components": [text_input(label="x" * 46)]}), "data.components.0.components.0.label"),
        (form(*[label(inner=text_input(custom_id=str(n))) for n in range(6)]), "data.components"),
    ],
)
def test_a_form_has_limits_too(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel, data: dict[str, Any], place: str
) -> None:
    pressed = unanswered(discord, tiny, ada, channel)
    refused = refusal(tiny, "POST", callback(pressed), {"type": 9, "data": data})
    assert f"In {place}:" in refused.text
    assert not pressed.acknowledged
    tiny.request("POST", callback(pressed), {"type": 9, "data": form()})
    assert pressed.form().fields[0].label == "Reason"


def test_suggestions_are_at_most_25(discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel) -> None:
    asked = ada.complete(channel, "library remove", "title", "")
    assert len(asked.choices()) == 2
    asked.record.acknowledged = None
    for choices, place in (
        ([{"name": str(number), "value": str(number)} for number in range(26)], "data.choices"),
        ([{"name": "x" * 101, "value": "v"}], "data.choices.0.name"),
        ([{"name": "n", "value": "x" * 101}], "data.choices.0.value"),
    ):
        refused = refusal(tiny, "POST", callback(asked), {"type": 8, "data": {"choices": choices}})
        assert f"In {place}:" in refused.text


def test_an_upload_gets_the_name_that_discord_makes(discord: FakeDiscord, tiny: Running, channel: Channel) -> None:
    target = discord.wait_until(lambda: tiny.bot.get_channel(channel.id))
    assert isinstance(target, TextChannel)
    tiny.call(target.send(file=File(__file__, filename="../my @nswer é.md")))
    (message,) = channel.messages()
    (name,) = message.files
    assert name == "my_nswer_é.md"
    assert message.files[name].startswith(b'"""')


def test_files_are_few_and_small(discord: FakeDiscord, tiny: Running, channel: Channel) -> None:
    target = discord.wait_until(lambda: tiny.bot.get_channel(channel.id))
    assert isinstance(target, TextChannel)
    with pytest.raises(HTTPException, match="In attachments:"):
        tiny.call(target.send(files=[File(BytesIO(b"x"), f"{number}.txt") for number in range(11)]))
    large = BytesIO(bytes(10 * 1024 * 1024 + 1))
    with pytest.raises(HTTPException, match="40005") as caught:
        tiny.call(target.send(file=File(large, "large.txt")))
    assert caught.value.status == 413
    assert channel.messages() == []
