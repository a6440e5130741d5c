"""The local Discord lets bots in and out, loses servers for a while, and deletes messages together, as Discord does."""

from __future__ import annotations

from typing import Any

import discord as discord_py

from tests.discord.fake import FakeDiscord
from tests.discord.tiny_bot import Running


def heard(running: Running, *names: str) -> list[tuple[str, int]]:
    """Note which of these events the bot hears, and of which server or how many messages."""
    events: list[tuple[str, int]] = []

    for name in names:

        async def note(about: Any, name: str = name) -> None:
            events.append((name, about.id if isinstance(about, discord_py.Guild) else len(about.message_ids)))

        running.bot.add_listener(note, f"on_{name}")
    return events


def test_only_a_new_server_is_joined_and_an_outage_is_no_departure(discord: FakeDiscord, tiny: Running) -> None:
    discord.wait_until(tiny.bot.is_ready, what="the bot, which holds back what it is told before")
    names = ("guild_join", "guild_remove", "guild_available", "guild_unavailable")
    events = heard(tiny, *names)
    old = discord.add_guild()
    new = discord.add_guild(with_bot=False)
    new.add_channel()
    new.add_role("Nobody hears of it")
    new.invite_bot()
    old.begin_outage()
    old.end_outage()
    new.remove_bot()
    expected = [
        ("guild_available", old.id),
        ("guild_join", new.id),
        ("guild_unavailable", old.id),
        ("guild_available", old.id),
        ("guild_remove", new.id),
    ]
    discord.wait_until(lambda: len(events) >= len(expected), what="the events")
    assert events == expected


def test_a_bot_has_been_in_a_server_for_long_unless_it_is_invited_now(discord: FakeDiscord, tiny: Running) -> None:
    old, new = discord.add_guild(), discord.add_guild(with_bot=False)
    new.invite_bot()
    discord.wait_until(lambda: tiny.bot.get_guild(new.id), what="the server")
    (before, now) = (tiny.bot.get_guild(one.id) for one in (old, new))
    assert before is not None
    assert now is not None
    assert before.me.joined_at is not None
    assert now.me.joined_at is not None
    assert (now.me.joined_at - before.me.joined_at).days > 80


def test_messages_that_are_deleted_together_are_told_of_in_one_event(discord: FakeDiscord, tiny: Running) -> None:
    events = heard(tiny, "raw_bulk_message_delete")
    guild = discord.add_guild()
    ada, channel = guild.add_member("Ada"), guild.add_channel()
    said = [ada.say(channel, text).said for text in ("one", "two", "three")]
    channel.purge(*said[:2])
    discord.wait_until(lambda: events, what="the event")
    assert events == [("raw_bulk_message_delete", 2)]
    assert channel.messages() == said[2:]
