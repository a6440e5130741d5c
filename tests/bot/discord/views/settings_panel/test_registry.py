"""Every setting of a server stands in the panel's one list, and has its words in every language."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from bot.discord.records.server_settings import (
    CHANNEL_FIELDS,
    LIMITS,
    ROLE_FIELDS,
    ServerSettings,
)
from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.limits_form import whole_number
from bot.discord.views.settings_panel.registry import LISTS, SETTINGS, PanelPage, SettingKind, settings_on
from bot.discord.views.settings_panel.setting_values import MOST_NAMED, all_lines, value_words

ENGLISH = LANGUAGES["en"]
EVERY = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
# What a phone shows at once: a list takes two lines, and a message at most 40 components.
MOST_ON_A_PAGE = 6


def test_every_field_is_a_setting_of_the_panel_and_nothing_else_is() -> None:
    assert sorted(setting.field for setting in SETTINGS) == sorted(field.name for field in fields(ServerSettings))


def test_fields_are_of_the_kind_that_they_hold() -> None:
    kinds: dict[SettingKind, set[str]] = {kind: set() for kind in SettingKind}
    for setting in SETTINGS:
        kinds[setting.kind].add(setting.field)
        value = getattr(ServerSettings(), setting.field)
        assert isinstance(value, bool) == (setting.kind is SettingKind.SWITCH)
        assert isinstance(value, frozenset | None) or setting.kind not in LISTS
    assert kinds[SettingKind.CHANNELS] | kinds[SettingKind.CHANNEL] == set(CHANNEL_FIELDS)
    assert kinds[SettingKind.ROLES] | kinds[SettingKind.ROLE] == set(ROLE_FIELDS)
    assert kinds[SettingKind.PEOPLE] == {"denied_people"}
    assert kinds[SettingKind.NUMBER] == set(LIMITS)


@EVERY
def test_every_page_is_small_and_everything_on_it_has_words(texts: Texts) -> None:
    for page in PanelPage:
        assert 1 <= len(settings_on(page)) <= MOST_ON_A_PAGE
        assert texts.page(page.value)
        assert len(texts.page_about(page.value)) <= 100
    for setting in SETTINGS:
        assert len(texts.setting(setting.field)) <= (45 if setting.kind is SettingKind.NUMBER else 80)
        assert all(texts.permission(right) for right in setting.rights)
        assert not setting.words_of_messages or texts.instead(setting.field)
        # Only the last entry of a list whose absence means all leads to a question.
        default: Any = getattr(ServerSettings(), setting.field)
        assert setting.kind not in LISTS or default is not None or texts.empty_question(setting.field)


@EVERY
def test_what_a_setting_is_differs_with_what_it_holds(texts: Texts) -> None:
    for setting in SETTINGS:
        values: dict[SettingKind, tuple[object, ...]] = {
            SettingKind.SWITCH: (True, False),
            SettingKind.NUMBER: (1, 2),
            SettingKind.LANGUAGE: (None, "it"),
            SettingKind.CHANNEL: (None, 1),
            SettingKind.ROLE: (None, 1),
        }
        for_lists = (
            frozenset(),
            frozenset({1}),
            *((None,) if getattr(ServerSettings(), setting.field) is None else ()),
        )
        words = {
            value_words(setting, replace(ServerSettings(), **{setting.field: value}), texts, texts)
            for value in values.get(setting.kind, for_lists)
        }
        assert len(words) == len(values.get(setting.kind, for_lists)), setting.field


def test_long_lists_are_cut_and_counted() -> None:
    (channels, *_) = SETTINGS
    settings = ServerSettings(channels=frozenset(range(1, MOST_NAMED + 4)))
    assert value_words(channels, settings, ENGLISH, ENGLISH).endswith(f"<#{MOST_NAMED}> and 3 more")
    assert len("\n".join(all_lines(settings, ENGLISH, ENGLISH))) < 4000


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", 30),
        (" 1,000,000 ", 1_000_000),
        ("1.000", 1000),
        ("1\u202f000", 1000),
        ("0", None),
        ("1000001", None),
        ("-3", None),
        ("many", None),
        ("", None),
        ("٣", None),
        ("1e3", None),
    ],
)
def test_a_limit_is_a_whole_number_with_or_without_marks(text: str, number: int | None) -> None:
    assert whole_number(text) == number
