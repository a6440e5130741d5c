"""The panel of settings: each setting with its value, changed one at a time, by people who manage the server."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from bot.discord.records.server_settings import LIMITS, ServerSettings
from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.registry import PanelPage, SettingKind, settings_on
from bot.discord.views.settings_panel.setting_values import MOST_NAMED, MOST_SHOWN
from tests.discord.fake import Guild, Permission, Person
from tests.discord.one_program import (
    Place,
    Program,
    new_place,
    new_role,
    shared_program,
)
from tests.discord.settings_panel import choose, open_panel, stored, switch, turn_to, value_of

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
BOTH = pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


def shown_everywhere(place: Place, field: str, page: PanelPage) -> str:
    """What a setting is, as the panel and the list of all settings say alike."""
    said = value_of(open_panel(place, page=page), field)
    assert value_of(place.ada.slash(place.channel, "settings show").message(), field) == said
    return said


# What is on it


@BOTH
def test_every_setting_stands_on_its_page_with_what_it_is(place: Place, locale: str, texts: Texts) -> None:
    shown = open_panel(place, locale=locale)
    assert shown.ephemeral
    for page in PanelPage:
        shown = turn_to(place.ada, shown, page, locale=locale)
        assert f"### {texts.page(page.value)}" in shown.text
        assert shown.list_of(":pages:").chosen == (page.value,)
        assert all(f"**{texts.setting(setting.field)}**: " in shown.text for setting in settings_on(page))
        # A list to choose the page from, and a control for each setting; the limits share a form.
        kinds = [setting.kind for setting in settings_on(page)]
        switches, numbers = kinds.count(SettingKind.SWITCH), kinds.count(SettingKind.NUMBER)
        assert len(shown.lists) == 1 + len(kinds) - switches - numbers
        assert len(shown.buttons) == switches + bool(numbers)
        assert not shown.pings


@BOTH
def test_the_list_of_settings_has_every_one(place: Place, locale: str, texts: Texts) -> None:
    shown = place.ada.slash(place.channel, "settings show", locale=locale).message()
    assert shown.ephemeral
    for field in fields(ServerSettings):
        assert value_of(shown, field.name, texts)
    assert value_of(shown, "language", texts) == texts.value_server_language.format(language="English")


# What is changed on it


def test_every_kind_of_setting_is_set_on_the_panel_saved_at_once_and_shown(
    program_online: Program, place: Place
) -> None:
    role, category = new_role(place, "Millers"), place.guild.add_category()
    channel, second = place.guild.add_channel("mill"), place.guild.add_channel("second")
    chosen: dict[PanelPage, dict[str, list[Any]]] = {
        PanelPage.PLACES: {"channels": [channel, category], "denied_channels": [second], "forum_channels": [channel]},
        PanelPage.PEOPLE: {
            "asking_roles": [role],
            "denied_roles": [new_role(place, "Trolls")],
            "denied_people": [place.bruno],
            "library_roles": [role],
        },
        PanelPage.HELPERS: {"gaps_channel": [channel], "human_channel": [channel], "human_role": [role]},
        PanelPage.SOURCES: {"read_channels": [channel, second]},
    }
    shown = open_panel(place)
    for page, fields_of_page in chosen.items():
        shown = turn_to(place.ada, shown, page)
        for field, values in fields_of_page.items():
            shown = choose(place.ada, shown, field, values)
            ids = sorted(one.id for one in values)
            kept = stored(program_online, place)[field]
            assert kept == (ids if isinstance(kept, list) else ids[0])
            assert shown.list_of(f":{field}:").chosen == tuple(map(str, ids))
            said = shown_everywhere(place, field, page)
            assert all(one.mention in said for one in values)
            assert not shown.pings
            shown = turn_to(place.ada, shown, page)


def test_switches_are_on_and_off_and_two_people_do_not_switch_twice(program_online: Program, place: Place) -> None:
    dora = place.guild.add_member("Dora", permissions=Permission.MANAGE_GUILD)
    place.ada.slash(place.channel, "settings modes", gaps_channel=place.channel).message()
    for page in PanelPage:
        for one in settings_on(page):
            if one.kind is SettingKind.SWITCH:
                panels = [open_panel(place, person, page=page) for person in (place.ada, dora)]
                before = value_of(panels[0], one.field)
                switch(place.ada, panels[0], one.field)
                shown = switch(dora, panels[1], one.field)
                assert {before, value_of(shown, one.field)} == {ENGLISH.value_on, ENGLISH.value_off}
                assert stored(program_online, place)[one.field] == (before == ENGLISH.value_off)
                assert shown_everywhere(place, one.field, page) != before


@BOTH
def test_the_language_and_the_limits_are_set(program_online: Program, place: Place, locale: str, texts: Texts) -> None:
    shown = open_panel(place, page=PanelPage.ANSWERS, locale=locale)
    assert shown.list_of(":language:").chosen == ("server",)
    shown = choose(place.ada, shown, "language", ["it"], locale=locale)
    assert value_of(shown, "language", texts) == "Italiano"
    assert shown.list_of(":language:").chosen == ("it",)
    shown = choose(place.ada, shown, "language", ["server"], locale=locale)
    assert stored(program_online, place)["language"] is None
    form = place.ada.click(shown, texts.button_limits, locale=locale).form()
    assert [(field.label, field.value) for field in form.fields] == [
        (texts.setting(name), limit) for name, limit in zip(LIMITS, ("30", "300", "3000"), strict=True)
    ]
    # Meanwhile somebody else changes one of them; what was left as it was in the form stays as it is now.
    place.ada.slash(place.channel, "settings limits", server_day=5).message()
    shown = place.ada.submit(form, {texts.setting("questions_per_day"): "1 200"}, locale=locale).updated()
    assert value_of(shown, "questions_per_day", texts) == texts.number(1200)
    assert [stored(program_online, place)[name] for name in LIMITS] == [30, 1200, 5]
    for wrong in ("0", "1000001", "many", "1.5.x"):
        form = place.ada.click(shown, texts.button_limits, locale=locale).form()
        shown = place.ada.submit(form, {texts.setting("questions_per_day"): wrong}, locale=locale).updated()
        assert f"⚠️ {texts.limits_no_number}" in shown.text
        assert value_of(shown, "questions_per_day", texts) == texts.number(1200)


def test_two_people_with_a_panel_open_do_not_undo_each_other_s_changes(program_online: Program, place: Place) -> None:
    dora = place.guild.add_member("Dora", permissions=Permission.MANAGE_GUILD)
    second, third = place.guild.add_channel("second"), place.guild.add_channel("third")
    place.ada.slash(place.channel, "settings channels", add=place.channel).message()
    hers, theirs = open_panel(place), open_panel(place, dora)
    choose(place.ada, hers, "channels", [place.channel, second])
    choose(place.ada, hers, "denied_channels", [place.guild.add_channel("staff")])
    # On this panel the second one was never shown, so it was not taken off either.
    shown = choose(dora, theirs, "channels", [third])
    assert stored(program_online, place)["channels"] == [second.id, third.id]
    assert len(stored(program_online, place)["denied_channels"]) == 1
    assert shown.list_of(":channels:").chosen == (str(second.id), str(third.id))


def test_a_channel_that_a_manager_does_not_see_stays(program_online: Program, place: Place) -> None:
    hidden = place.guild.add_channel("hidden")
    place.ada.slash(place.channel, "settings channels", add=hidden).message()
    hidden.deny(Permission.VIEW_CHANNEL, whom=place.ada.id)
    shown = open_panel(place)
    assert shown.list_of(":channels:").chosen == ()
    shown = choose(place.ada, shown, "channels", [place.channel])
    assert stored(program_online, place)["channels"] == sorted([hidden.id, place.channel.id])


def test_a_long_list_is_cut_and_what_is_not_shown_stays(program_online: Program, place: Place) -> None:
    channels = [place.guild.add_channel(f"channel-{number}") for number in range(MOST_SHOWN + 3)]
    shown = open_panel(place)
    shown = choose(place.ada, shown, "denied_channels", channels[:MOST_SHOWN])
    shown = choose(place.ada, shown, "denied_channels", channels)
    assert len(shown.list_of(":denied_channels:").chosen) == MOST_SHOWN
    assert value_of(shown, "denied_channels").endswith(f" and {len(channels) - MOST_NAMED} more")
    choose(place.ada, shown, "denied_channels", channels[1:MOST_SHOWN])
    assert stored(program_online, place)["denied_channels"] == [one.id for one in channels[1:]]


# Who may, and when


@BOTH
def test_who_no_longer_manages_the_server_changes_nothing_on_an_open_panel(
    program_online: Program, place: Place, locale: str, texts: Texts
) -> None:
    shown = open_panel(place, locale=locale)
    answers = open_panel(place, page=PanelPage.ANSWERS, locale=locale)
    form = place.ada.click(answers, texts.button_limits, locale=locale).form()
    place.ada.slash(place.channel, "settings channels", add=place.channel).message()
    asked = place.ada.slash(place.channel, "settings channels", remove=place.channel, locale=locale).message()
    before = stored(program_online, place)
    take_away_roles(place.guild, place.ada)
    private, _ = [one.custom_id for one in answers.buttons if ":switch:" in one.custom_id]
    for pressed in (
        place.ada.choose(shown, ":channels:", [place.channel], locale=locale),
        place.ada.choose(shown, ":pages:", [PanelPage.PEOPLE.value], locale=locale),
        place.ada.click(answers, private, locale=locale),
        place.ada.click(answers, texts.button_limits, locale=locale),
        place.ada.click(asked, texts.button_no_channel, locale=locale),
        place.ada.click(asked, texts.button_back, locale=locale),
        place.ada.submit(form, {texts.setting("questions_per_day"): "1"}, locale=locale),
    ):
        assert pressed.message().text == texts.panel_not_allowed
        assert pressed.ephemeral
    assert stored(program_online, place) == before


def take_away_roles(guild: Guild, person: Person) -> None:
    with guild.stage.world.lock:
        guild.record.members[person.id].role_ids = []
