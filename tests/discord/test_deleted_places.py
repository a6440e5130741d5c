"""A channel or role that is deleted in Discord leaves every setting that names it, and the owner is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.discord.texts import LANGUAGES, Texts
from tests.discord.fake import Channel, FakeDiscord, Message, Permission, Person, Role
from tests.discord.one_program import (
    QUESTION,
    Place,
    Program,
    ask,
    new_place,
    new_role,
    running_program,
)
from tests.discord.settings_panel import open_panel, stored

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
CHANNEL_LISTS = ("channels", "denied_channels", "forum_channels", "read_channels")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, programs: None) -> Iterator[Program]:
    """A program of this file's own: it is started again."""
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("deleted")) as program:
        yield program


@pytest.fixture
def place(program: Program) -> Place:
    return new_place(program.discord)


def set_all(place: Place, channel: Channel, role: Role) -> None:
    """Name the channel and the role wherever they can be named at once."""
    modes = {"gaps_channel": channel, "weekly_digest": True, "human_channel": channel, "human_role": role}
    settings: dict[str, dict[str, Any]] = {"settings channels": {"add": channel}, "settings modes": modes}
    for command, options in settings.items():
        assert place.ada.slash(place.channel, command, **options).message().text.startswith("Done.")
    for purpose in ("ask questions", "change the library"):
        place.ada.slash(place.channel, "settings roles", purpose=purpose, add=role).message()


def owner_of(place: Place) -> Person:
    world = place.guild.stage.world
    return Person(world.owner, place.guild.stage)


def told(place: Place, *, after: int) -> Message:
    """What the owner was told about this server."""
    direct = owner_of(place).dm_channel
    return direct.wait_message(until=lambda message: message.id > after and f"**{place.guild.name}**" in message.text)


def now(place: Place) -> int:
    with place.guild.stage.world.lock:
        return place.guild.stage.world.clock.snowflake()


def left(program: Program, place: Place, *ids: int) -> dict[str, Any]:
    """The settings, once none of them names what was deleted."""

    def look() -> dict[str, Any] | None:
        settings = stored(program, place)
        named = {one for value in settings.values() for one in (value if isinstance(value, list) else [value])}
        return None if named & set(ids) else settings

    return program.discord.wait_until(look, what="the settings without what was deleted")


@pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])
def test_what_is_deleted_leaves_all_settings_and_an_emptied_list_means_none(
    program: Program, locale: str, texts: Texts
) -> None:
    place = new_place(program.discord, f"Harbour *{locale}*", locale=locale)
    gone, role = place.guild.add_channel("go_ne"), new_role(place, "Millers")
    set_all(place, gone, role)
    since = now(place)
    place.guild.delete_channel(gone)
    settings = left(program, place, gone.id)
    assert settings["channels"] == []
    assert (settings["gaps_channel"], settings["human_channel"], settings["weekly_digest"]) == (None, None, False)
    direct = owner_of(place).dm_channel
    message = direct.wait_message(until=lambda one: one.id > since)
    first = texts.lost_message.format(server=f"Harbour \\*{locale}\\*")
    assert message.text.startswith(f"{first}\n{texts.lost_channel.partition('{name}')[0]}go\\_ne**")
    assert texts.consequence_channels in message.text
    assert texts.consequence_gaps_channel in message.text
    assert not message.pings
    place.guild.delete_role(role)
    settings = left(program, place, role.id)
    assert (settings["asking_roles"], settings["library_roles"], settings["human_role"]) == ([], [], None)
    message = direct.wait_message(until=lambda one: texts.consequence_asking_roles in one.text, after=message)
    # Nobody may ask now, and not everybody, but who manages the server.
    refused = place.bruno.slash(place.channel, "ask", question=QUESTION, locale=locale)
    assert refused.message().text == texts.no_channel_allowed
    ask(place.ada, place.channel)
    # The panel says so too, until somebody has seen it.
    shown = open_panel(place, locale=locale)
    assert texts.consequence_channels in shown.text
    assert texts.consequence_asking_roles in shown.text
    assert "⚠️" not in place.ada.slash(place.channel, "settings show", locale=locale).message().text


def test_other_entries_stay_and_who_is_not_named_is_not_told_of(program: Program, place: Place) -> None:
    other, kept = place.guild.add_channel("other"), place.guild.add_channel("kept")
    place.ada.slash(place.channel, "settings channels", add=place.channel).message()
    place.ada.slash(place.channel, "settings channels", add=kept).message()
    since = now(place)
    place.guild.delete_channel(other)
    place.guild.delete_channel(kept)
    assert left(program, place, kept.id)["channels"] == [place.channel.id]
    message = told(place, after=since)
    assert "**kept**" in message.text
    assert "other" not in message.text
    assert ENGLISH.consequence_channels not in message.text


def test_a_category_that_is_deleted_leaves_the_lists(program: Program, place: Place) -> None:
    category = place.guild.add_category("Staff")
    below = place.guild.add_channel("below", category=category)
    place.ada.slash(place.channel, "settings deny", channel=category).message()
    assert place.bruno.slash(below, "ask", question=QUESTION).message().text == ENGLISH.channel_denied
    place.guild.delete_channel(category)
    assert left(program, place, category.id)["denied_channels"] == []
    ask(place.bruno, below)


def test_what_was_deleted_while_the_bot_was_away_is_found_at_the_start_and_what_is_hidden_stays(
    program: Program, place: Place
) -> None:
    gone, hidden, role = place.guild.add_channel("gone"), place.guild.add_channel("hidden"), new_role(place, "Millers")
    unsure = place.guild.add_channel("unsure")
    for channel in (gone, hidden, unsure):
        place.ada.slash(place.channel, "settings channels", add=channel).message()
    place.ada.slash(place.channel, "settings roles", purpose="ask questions", add=role).message()
    since = now(place)

    def away() -> None:
        place.guild.delete_channel(gone)
        place.guild.delete_channel(unsure)
        place.guild.delete_role(role)
        program.discord.faults.error_before("GET", rf"/channels/{unsure.id}$", status=403)
        hidden.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)

    program.restart(meanwhile=away)
    settings = left(program, place, gone.id, role.id)
    assert (settings["channels"], settings["asking_roles"]) == ([hidden.id, unsure.id], [])
    message = told(place, after=since)
    assert ENGLISH.lost_channel_unnamed.partition("{")[0] in message.text
    assert ENGLISH.consequence_asking_roles in message.text
    # What Discord did not say is asked again at the next start; the rest is told once.
    since = now(place)
    program.restart()
    assert left(program, place, unsure.id)["channels"] == [hidden.id]
    assert ENGLISH.setting_asking_roles not in told(place, after=since).text
    assert len([one for one in owner_of(place).dm_channel.messages(by_bot=True) if one.id > since]) == 1


def test_an_owner_with_closed_direct_messages_reads_it_in_the_settings(program: Program, place: Place) -> None:
    place.ada.slash(place.channel, "settings deny", channel=(gone := place.guild.add_channel("gone"))).message()
    owner = owner_of(place)
    owner.close_dms()
    place.guild.delete_channel(gone)
    left(program, place, gone.id)
    shown = place.ada.slash(place.channel, "settings show").message().text
    assert ENGLISH.lost_channel.format(name="gone", settings=f"*{ENGLISH.setting_denied_channels}*") in shown
    owner.close_dms(closed=False)
    assert program.failures() == []
