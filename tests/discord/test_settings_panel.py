"""The panel of settings: each setting with its value, changed one at a time, by people who manage the server."""

from __future__ import annotations

import pytest

from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.registry import PanelPage, SettingKind, settings_on
from tests.discord.one_program import Place, Program, new_place, shared_program
from tests.discord.settings_panel import choose, open_panel, stored, turn_to, value_of

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])
def test_every_setting_stands_on_its_page_with_what_it_is(place: Place, locale: str, texts: Texts) -> None:
    shown = open_panel(place, locale=locale)
    assert shown.ephemeral
    for page in PanelPage:
        shown = turn_to(place.ada, shown, page, locale=locale)
        assert f"### {texts.page(page.value)}" in shown.text
        assert all(f"**{texts.setting(setting.field)}**: " in shown.text for setting in settings_on(page))
        # A list to choose the page from, and a control for each setting; the limits share a form.
        kinds = [setting.kind for setting in settings_on(page)]
        assert len(shown.lists) == 1 + len(
            [kind for kind in kinds if kind not in (SettingKind.SWITCH, SettingKind.NUMBER)]
        )
        assert len(shown.buttons) == kinds.count(SettingKind.SWITCH) + (SettingKind.NUMBER in kinds)


def test_channels_and_categories_are_put_on_and_taken_off_and_stand_chosen(
    program_online: Program, place: Place
) -> None:
    category, second = place.guild.add_category(), place.guild.add_channel("second")
    shown = open_panel(place)
    assert value_of(shown, "channels") == ENGLISH.value_all_channels
    shown = choose(place.ada, shown, "channels", [place.channel, category])
    assert shown.list_of(":channels:").chosen == (str(place.channel.id), str(category.id))
    assert value_of(shown, "channels") == f"{place.channel.mention}, {category.mention}"
    shown = choose(place.ada, shown, "channels", [place.channel, second])
    assert stored(program_online, place)["channels"] == [place.channel.id, second.id]
