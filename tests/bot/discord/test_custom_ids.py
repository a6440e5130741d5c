"""What a button's id holds: as much as it needs, within Discord's limit, and old ids are still known."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bot.discord import custom_ids
from bot.discord.custom_ids import FOLLOW, follow
from bot.discord.formatting.answer_layout import AnswerLayout
from bot.discord.records.server_settings import ServerSettings
from bot.discord.records.setting_changes import fingerprint
from bot.discord.views.settings_panel.registry import PanelPage

LARGEST_ID = 2**64 - 1
# Discord's limit.
MOST = 100


@pytest.mark.parametrize("layout", AnswerLayout)
@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("before", [0, LARGEST_ID])
def test_the_id_of_a_follow_up_holds_how_to_read_the_conversation_and_nothing_else(
    before: int, layout: AnswerLayout, private: bool
) -> None:
    custom_id = follow(before, layout, private=private)
    assert len(custom_id) <= MOST
    found = re.fullmatch(FOLLOW, custom_id)
    assert found is not None
    assert found.groupdict() == {"private": str(int(private)), "before": str(before), "layout": str(layout)}
    assert custom_id == ":".join(["pullquote", "follow", *found.groups()])


def test_the_id_of_an_older_program_is_known_and_has_no_layout() -> None:
    found = re.fullmatch(FOLLOW, "pullquote:follow:1:1193842675312345678")
    assert found is not None
    assert found.groupdict() == {"private": "1", "before": "1193842675312345678", "layout": None}
    assert follow(1193842675312345678, None, private=True) == found[0]


@pytest.mark.parametrize("custom_id", ["pullquote:follow:1:", "pullquote:follow:1:5:", "pullquote:follow:1:5:quotes-"])
def test_what_only_resembles_such_an_id_is_none(custom_id: str) -> None:
    assert re.fullmatch(FOLLOW, custom_id) is None


def test_the_ids_of_the_panel_hold_the_setting_and_fit() -> None:
    for field in (one.name for one in fields(ServerSettings)):
        for custom_id, pattern in (
            (custom_ids.setting(field, LARGEST_ID), custom_ids.SETTING),
            (custom_ids.switch(field, on=True), custom_ids.SWITCH),
            (custom_ids.empty(field, fingerprint({1}), allow_all=False), custom_ids.EMPTY),
        ):
            found = re.fullmatch(pattern, custom_id)
            assert found is not None
            assert found["field"] == field
            assert len(custom_id) <= MOST
    assert re.fullmatch(custom_ids.PAGES, custom_ids.page_list(LARGEST_ID))
    assert all(re.fullmatch(custom_ids.PANEL, custom_ids.panel(page)) for page in PanelPage)
