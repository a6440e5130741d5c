"""The local Discord refuses what Discord refuses in the definitions of commands."""

from __future__ import annotations

from typing import Any

import pytest
from discord import app_commands

from tests.discord.fake import FakeDiscord
from tests.discord.raw_requests import refusal
from tests.discord.tiny_bot import Running


def option(name: str = "a", **changes: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "d"} | changes


def options(*given: dict[str, Any]) -> dict[str, Any]:
    return {"options": list(given)}


CHOICES = [{"name": str(number), "value": str(number)} for number in range(26)]
GROUP = option("g", type=2, options=[option("s", type=1)])


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": "Ask"}, "0.name"),
        ({"name": "two words"}, "0.name"),
        ({"name": "x" * 33}, "0.name"),
        ({"description": "x" * 101}, "0.description"),
        ({"description": ""}, "0.description"),
        ({"description_localizations": {"it": "x" * 101}}, "0.description_localizations.it"),
        ({"type": 3, "name": "x" * 33, "description": ""}, "0.name"),
        ({"type": 3, "description": "not here"}, "0.description"),
        (options(*[option(str(number)) for number in range(26)]), "0.options"),
        (options(option(description="x" * 101)), "0.options.0.description"),
        (options(option(), option("b", required=True)), "0.options.1"),
        (options(option(), option()), "0.options.0.name"),
        (options(option(choices=CHOICES)), "0.options.0.choices"),
        (options(option(choices=[{"name": "x" * 101, "value": "v"}])), "0.options.0.choices.0.name"),
        (options(option(choices=[{"name": "n", "value": "x" * 101}])), "0.options.0.choices.0.value"),
        (options(option(choices=CHOICES[:1], autocomplete=True)), "0.options.0.autocomplete"),
        (options(option(max_length=6001)), "0.options.0.max_length"),
        (options(option("s", type=1, options=[option("B")])), "0.options.0.options.0.name"),
        (options(GROUP | {"options": [GROUP]}), "0.options.0.options.0.type"),
    ],
)
def test_definitions_of_commands_have_limits(
    discord: FakeDiscord, tiny: Running, change: dict[str, Any], place: str
) -> None:
    command = {"name": "ask", "description": "Asks", "type": 1} | change
    refused = refusal(tiny, "PUT", f"/applications/{discord.bot_id}/commands", [command])
    assert f"In {place}:" in refused.text
    assert len(discord.syncs) == 1


def test_commands_have_limits_together(discord: FakeDiscord, tiny: Running) -> None:
    path = f"/applications/{discord.bot_id}/commands"
    many = [{"name": f"c{number}", "description": "d", "type": 1} for number in range(101)]
    assert "No more than 100" in refusal(tiny, "PUT", path, many).text
    assert "must be unique" in refusal(tiny, "PUT", path, [many[0], many[0]]).text
    large = [{"type": 3, "name": f"o{number}", "description": "d" * 100} for number in range(25)]
    group = [{"type": 1, "name": f"s{number}", "description": "d", "options": large} for number in range(4)]
    assert "maximum size" in refusal(tiny, "PUT", path, [many[0] | {"options": group}]).text
    # Of all languages, the longest counts.
    longer = [option | {"description_localizations": {"it": "d" * 99, "de": "d" * 100}} for option in large]
    halves = [{"type": 1, "name": f"s{number}", "description": "d", "options": longer} for number in range(3)]
    brief = [one | {"options": [option | {"description": "d"} for option in longer]} for one in halves]
    tiny.request("PUT", path, [many[0] | {"options": halves}])
    assert "maximum size" in refusal(tiny, "PUT", path, [many[0] | {"options": [*brief, group[0]]}]).text


def test_a_command_keeps_its_id_when_it_is_synced_again(discord: FakeDiscord, tiny: Running) -> None:
    before = {command["name"]: command["id"] for command in discord.commands}
    tiny.call(tiny.bot.tree.sync())
    assert {command["name"]: command["id"] for command in discord.commands} == before
    fetched = tiny.call(tiny.bot.tree.fetch_commands())
    assert {type(command) for command in fetched} == {app_commands.AppCommand}
