"""Channels, threads and roles as a test holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.discord.fake.messages import delete_together
from tests.discord.fake.model import THREADS, ChannelRecord, Overwrite, RoleRecord
from tests.discord.fake.permissions import Permission
from tests.discord.fake.pins import pin
from tests.discord.fake.seen import Message
from tests.discord.fake.stage import Stage
from tests.discord.fake.world import World


@dataclass(frozen=True)
class Role:
    """A role of a server."""

    record: RoleRecord

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def mention(self) -> str:
        return f"<@&{self.record.id}>"


def take_away(world: World, channel: ChannelRecord) -> None:
    """Take a channel away with its messages and its threads, of which Discord tells no more than of the channel."""
    guild = channel.guild
    assert guild is not None
    for thread in [one for one in guild.channels if one.parent is channel]:
        take_away(world, thread)
    del world.channels[channel.id]
    guild.channels.remove(channel)
    for message in channel.messages:
        message.deleted = True


@dataclass(frozen=True)
class Channel:
    """A text channel, a thread, or the direct messages of one person with the bot."""

    record: ChannelRecord
    stage: Stage

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def mention(self) -> str:
        return f"<#{self.record.id}>"

    def messages(self, *, by_bot: bool = False) -> list[Message]:
        """Return the messages that stand here for all to see, from old to new."""
        world = self.stage.world
        with world.lock:
            shown = [one for one in self.record.messages if not by_bot or one.author is world.bot]
            return [one.states[-1] for one in shown]

    def wait_message(
        self, timeout: float = 10.0, *, until: Callable[[Message], bool] | None = None, after: Message | None = None
    ) -> Message:
        """Wait for a message by the bot that all can see, no longer "thinking", newer than ``after``."""

        def look() -> Message | None:
            for message in self.messages(by_bot=True):
                if message.id > (after.id if after else 0) and not message.loading and (not until or until(message)):
                    return message
            return None

        return self.stage.waiter.until(look, timeout, f"a message by the bot in #{self.name}")

    def purge(self, *messages: Message) -> None:
        """Delete messages at once, as a moderator's bot does."""
        world = self.stage.world
        with world.lock:
            delete_together(world, [self.stage.record_of(message) for message in messages])

    def pin(self, message: Message, *, pinned: bool = True) -> None:
        """Pin a message, or take its pin away, as a moderator does."""
        with self.stage.world.lock:
            pin(self.stage.world, self.stage.record_of(message), pinned=pinned)

    @property
    def typing_count(self) -> int:
        """How often the bot showed here that it is typing."""
        return len(self.record.typing_at)

    def archive(self, *, locked: bool = False) -> None:
        """Archive this thread, as a moderator does who may also lock it, or as time does."""
        world = self.stage.world
        with world.lock:
            self.record.archived, self.record.locked = True, locked
            self.record.archived_at = world.clock.now()
            world.tell_about_channel("THREAD_UPDATE", self.record)

    def lock(self) -> None:
        """Lock this thread, as a moderator does, and leave it open to be seen among the others."""
        world = self.stage.world
        with world.lock:
            self.record.archived, self.record.locked = False, True
            world.tell_about_channel("THREAD_UPDATE", self.record)

    def slow_down(self, seconds: int) -> None:
        """Switch slow mode on; it holds for people, not for bots."""
        world = self.stage.world
        with world.lock:
            self.record.slow_seconds = seconds
            world.tell_about_channel("CHANNEL_UPDATE", self.record)

    def delete(self) -> None:
        """Delete this channel or thread with all that is in it."""
        world = self.stage.world
        with world.lock:
            world.tell_about_channel("THREAD_DELETE" if self.record.kind in THREADS else "CHANNEL_DELETE", self.record)
            take_away(world, self.record)

    def deny(self, *denied: Permission, whom: int | None = None) -> None:
        """Take permissions away in this channel: from the bot, or from the person or role with the id ``whom``."""
        self._overwrite(whom, 0, sum(denied))

    def allow(self, *allowed: Permission, whom: int | None = None) -> None:
        """Give permissions in this channel, against what roles say: to the bot, or to the person or role ``whom``."""
        self._overwrite(whom, sum(allowed), 0)

    def _overwrite(self, whom: int | None, allow: int, deny: int) -> None:
        world = self.stage.world
        with world.lock:
            overwrite = self.record.overwrites.setdefault(whom or world.bot.id, Overwrite())
            overwrite.allow = (overwrite.allow | allow) & ~deny
            overwrite.deny = (overwrite.deny | deny) & ~allow
            world.tell_about_channel("CHANNEL_UPDATE", self.record)
