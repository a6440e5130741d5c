"""A server's settings: kept apart, complete, and within their borders."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records import server_settings
from bot.discord.records.server_settings import LARGEST_LIMIT, LIMITS, ServerSettings
from tests.bot.discord.records.fresh_records import GUILD, OTHER_GUILD, fresh_records

IDS = st.frozensets(st.integers(1, 2**63 - 1), max_size=4)
LIMIT = st.integers(1, LARGEST_LIMIT)
LANGUAGE = st.sampled_from([None, "en", "it", "en-GB", "es-419"])
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "frozenset[int] | None": st.none() | IDS,
    "frozenset[int]": IDS,
    "int": LIMIT,
    "int | None": st.none() | LIMIT,
    "str | None": LANGUAGE,
    "bool": st.booleans(),
}
SETTINGS = st.builds(ServerSettings, **{field.name: BY_TYPE[str(field.type)] for field in fields(ServerSettings)})


def test_nobody_has_to_set_anything() -> None:
    with fresh_records() as connection:
        assert server_settings.load_all(connection) == {}
    limits = (ServerSettings().questions_per_minute, ServerSettings().questions_per_day)
    assert (*limits, ServerSettings().server_questions_per_day) == (30, 300, 3000)
    allowed = (ServerSettings().channels, ServerSettings().asking_roles, ServerSettings().shared_documents)
    assert allowed == (None, None, True)
    # What speaks unasked, and whatever else a server may want, is off.
    named = {field.name for field in fields(ServerSettings) if getattr(ServerSettings(), field.name)}
    assert named == {*LIMITS, "shared_documents"}


@given(SETTINGS, SETTINGS, SETTINGS)
def test_each_server_has_its_own_and_the_last_ones_hold(
    one: ServerSettings, other: ServerSettings, later: ServerSettings
) -> None:
    with fresh_records() as connection:
        assert server_settings.change(connection, GUILD, lambda _: one) == one
        server_settings.change(connection, OTHER_GUILD, lambda _: other)
        assert server_settings.load_all(connection) == {GUILD: one, OTHER_GUILD: other}
        server_settings.change(connection, GUILD, lambda _: later)
        assert server_settings.load_all(connection) == {GUILD: later, OTHER_GUILD: other}


def test_a_change_is_told_what_holds_so_that_of_two_at_once_both_hold() -> None:
    with fresh_records() as connection:
        server_settings.change(connection, GUILD, lambda old: replace(old, channels=frozenset({1})))
        both = server_settings.change(connection, GUILD, lambda old: replace(old, language="it"))
        assert both == ServerSettings(channels=frozenset({1}), language="it")


def test_a_document_of_another_version_is_read_as_far_as_it_is_known() -> None:
    with fresh_records() as connection:
        document = json.dumps({"channels": [2], "of_tomorrow": True})
        connection.execute("INSERT INTO server_settings VALUES (?, ?)", (GUILD, document))
        assert server_settings.load_all(connection) == {GUILD: ServerSettings(channels=frozenset({2}))}


@pytest.mark.parametrize("name", LIMITS)
def test_limits_end_where_they_say(name: str) -> None:
    for limit in (1, LARGEST_LIMIT):
        assert getattr(ServerSettings(**{name: limit}), name) == limit  # type: ignore[arg-type]
    for limit in (0, -1, LARGEST_LIMIT + 1):
        with pytest.raises(ValueError, match=rf"^{name} "):
            ServerSettings(**{name: limit})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["", "english", "e", "it\n", "IT", "en_GB", "en-"])
def test_a_language_is_a_locale(language: str) -> None:
    with pytest.raises(ValueError, match=r"^language "):
        ServerSettings(language=language)
