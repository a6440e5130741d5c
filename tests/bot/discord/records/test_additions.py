"""Who added what: kept apart by server, replaced, and forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.discord.records import additions
from bot.discord.records.additions import Addition
from tests.bot.discord.records.fresh_records import GUILD, NOON, OTHER_GUILD, fresh_records

ONE = Addition("a1", 42, NOON, 1_200)


def test_each_server_has_its_own_and_a_new_version_replaces_the_one_before() -> None:
    later = replace(ONE, person=43, size=5)
    with fresh_records() as connection:
        additions.record(connection, GUILD, ONE, replace(ONE, source_id="b2"))
        additions.record(connection, OTHER_GUILD, ONE)
        additions.record(connection, GUILD, later)
        assert additions.load(connection, GUILD) == {"a1": later, "b2": replace(ONE, source_id="b2")}
        additions.forget(connection, GUILD, "b2")
        assert additions.load(connection, GUILD) == {"a1": later}
        additions.forget(connection, GUILD, "a1", "c3")
        assert additions.load(connection, GUILD) == {}
        assert additions.load(connection, OTHER_GUILD) == {"a1": ONE}
