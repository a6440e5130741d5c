"""The bot introduces itself to a server once."""

from __future__ import annotations

from bot.discord.records import welcomes
from bot.discord.records.welcomes import Welcome
from tests.bot.discord.records.fresh_records import GUILD, NOON, OTHER_GUILD, fresh_records


def test_a_server_is_welcomed_once_and_its_message_is_known() -> None:
    with fresh_records() as records:
        assert welcomes.record(records, GUILD, NOON)
        assert not welcomes.record(records, GUILD, NOON)
        assert welcomes.load(records, GUILD) is None
        welcomes.record_message(records, GUILD, Welcome(1, 2))
        assert welcomes.load(records, GUILD) == Welcome(1, 2)
        assert welcomes.record(records, OTHER_GUILD, NOON)
