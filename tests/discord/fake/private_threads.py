"""Private threads: seen by their members, and by whoever manages threads."""

from __future__ import annotations

from collections.abc import Sequence

from tests.discord.fake.channels import Channel
from tests.discord.fake.model import PRIVATE_THREAD, ChannelRecord
from tests.discord.fake.people import Person


def start_private_thread(channel: Channel, members: Sequence[Person], name: str = "Between us") -> Channel:
    """Start one; the first member owns it, and has mentioned the bot in it, which adds that."""
    world = channel.stage.world
    with world.lock:
        guild = channel.record.guild
        thread = ChannelRecord(world.clock.snowflake(), PRIVATE_THREAD, name, guild=guild, parent=channel.record)
        thread.owner_id, thread.created_at = members[0].id, world.clock.now()
        thread.member_ids = {world.bot.id, *(member.id for member in members)}
        assert guild is not None
        guild.channels.append(thread)
        world.channels[thread.id] = thread
        world.tell_about_channel("THREAD_CREATE", thread)
    return Channel(thread, channel.stage)
