"""What was deleted in Discord is kept until somebody has seen it."""

from __future__ import annotations

from bot.discord.records import lost_places, server_settings
from bot.discord.records.lost_places import LostPlace
from bot.discord.records.server_settings import CHANNEL_FIELDS, ServerSettings
from tests.bot.discord.records.fresh_records import GUILD, OTHER_GUILD, fresh_records


def test_each_setting_that_named_it_is_noted_until_it_was_seen() -> None:
    settings = ServerSettings(channels=frozenset({1, 2}), denied_channels=frozenset({3}), gaps_channel=1)
    with fresh_records() as connection:
        server_settings.change(connection, GUILD, lambda _: settings)
        noted = lost_places.record(connection, GUILD, {1: "general", 3: None, 4: "never named"}, CHANNEL_FIELDS)
        assert noted == [
            LostPlace("channels", 1, "general", was_last=False),
            LostPlace("denied_channels", 3, None, was_last=True),
            LostPlace("gaps_channel", 1, "general", was_last=True),
        ]
        assert server_settings.load(connection, GUILD) == settings
        # Found again after a crash, it is noted once.
        lost_places.record(connection, GUILD, {1: "general"}, CHANNEL_FIELDS)
        kept = lost_places.load(connection, GUILD)
        assert sorted(kept, key=lambda one: one.field) == noted
        assert lost_places.load(connection, OTHER_GUILD) == []
        lost_places.forget(connection, GUILD, kept[:2])
        assert lost_places.load(connection, GUILD) == kept[2:]
