"""A server's settings: kept apart, complete, and within their borders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records import server_settings
from bot.discord.records.server_settings import LARGEST_LIMIT, LIMITS, ServerSettings
from tests.bot.discord.records.fresh_records import GUILD, OTHER_GUILD, fresh_records

IDS = st.frozensets(st.integers(1, 2**63 - 1), max_size=4)
LIMIT = st.integers(1, LARGEST_LIMIT)
SETTINGS = st.builds(
    ServerSettings, IDS, IDS, IDS, st.sampled_from([None, "en", "it", "en-GB", "es-419"]), LIMIT, LIMIT, LIMIT
)


def test_nobody_has_to_set_anything() -> None:
    with fresh_records() as connection:
        assert server_settings.load_all(connection) == {}
    assert ServerSettings() == ServerSettings(frozenset(), frozenset(), frozenset(), None, 30, 300, 3000)


@given(SETTINGS, SETTINGS, SETTINGS)
def test_each_server_has_its_own_and_the_last_ones_hold(
    one: ServerSettings, other: ServerSettings, later: ServerSettings
) -> None:
    with fresh_records() as connection:
        server_settings.save(connection, GUILD, one)
        server_settings.save(connection, OTHER_GUILD, other)
        assert server_settings.load_all(connection) == {GUILD: one, OTHER_GUILD: other}
        server_settings.save(connection, GUILD, later)
        assert server_settings.load_all(connection) == {GUILD: later, OTHER_GUILD: other}


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
