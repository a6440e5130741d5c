"""Servers as a test holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.discord.fake import payloads
from tests.discord.fake.channels import Channel, Role, take_away
from tests.discord.fake.model import (
    CATEGORY,
    TEXT_CHANNEL,
    ChannelRecord,
    GuildRecord,
    MemberRecord,
    RoleRecord,
)
from tests.discord.fake.people import Person, new_person
from tests.discord.fake.permissions import NOTHING, READ_AND_WRITE, Permission
from tests.discord.fake.stage import Stage
from tests.discord.fake.world import World

MEMBER_FOR_SECONDS = 90 * 86_400


@dataclass(frozen=True)
class Guild:
    """A server that the bot was invited to."""

    record: GuildRecord
    stage: Stage

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    def add_channel(
        self, name: str = "general", *, category: Channel | None = None, kind: int = TEXT_CHANNEL
    ) -> Channel:
        """Add a channel with text, of that kind, in which everybody may read and write."""
        return self._add(name, kind, category)

    def add_category(self, name: str = "Community") -> Channel:
        """Add a category, under which channels can lie."""
        return self._add(name, CATEGORY, None)

    def _add(self, name: str, kind: int, category: Channel | None) -> Channel:
        world = self.stage.world
        with world.lock:
            record = ChannelRecord(world.clock.snowflake(), kind, name, guild=self.record)
            record.category = category.record if category else None
            self.record.channels.append(record)
            world.channels[record.id] = record
            world.tell_about_channel("CHANNEL_CREATE", record)
        return Channel(record, self.stage)

    @property
    def everyone(self) -> Role:
        """The role that everybody has."""
        return Role(self.record.roles[self.id])

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel, also while the bot is away; the channels of a category stay, in none."""
        world = self.stage.world
        with world.lock:
            for below in [one for one in self.record.channels if one.category is channel.record]:
                below.category = None
                world.tell_about_channel("CHANNEL_UPDATE", below)
            world.tell_about_channel("CHANNEL_DELETE", channel.record)
            take_away(world, channel.record)

    def delete_role(self, role: Role) -> None:
        """Delete a role, also while the bot is away; whoever had it has it no more."""
        world = self.stage.world
        with world.lock:
            for member in self.record.members.values():
                member.role_ids = [one for one in member.role_ids if one != role.id]
            del self.record.roles[role.id]
            world.tell_about_deleted_role(self.record, role.record)

    def add_role(self, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False) -> Role:
        """Add a role."""
        world = self.stage.world
        with world.lock:
            position = len(self.record.roles)
            record = RoleRecord(world.clock.snowflake(), name, int(permissions), position, mentionable)
            self.record.roles[record.id] = record
            world.tell_about_role(self.record, record)
        return Role(record)

    def add_member(
        self,
        who: str | Person,
        *,
        permissions: Permission = NOTHING,
        roles: Sequence[Role] = (),
        locale: str = "en-US",
    ) -> Person:
        """Let a person join: a new one by name, or one from elsewhere, with permissions on top of everybody's."""
        person = new_person(self.stage, who, locale) if isinstance(who, str) else who
        own = [self.add_role(f"{person.name}'s role", permissions)] if permissions else []
        world = self.stage.world
        with world.lock:
            self.record.members[person.id] = MemberRecord(
                person.record, world.clock.now(), [role.id for role in (*roles, *own)]
            )
        return person

    def remove_member(self, person: Person) -> None:
        """Let somebody leave; without the privileged intent no bot is told."""
        with self.stage.world.lock:
            del self.record.members[person.id]

    def take_role(self, person: Person, role: Role) -> None:
        """Take a role away; without the privileged intent no bot is told."""
        with self.stage.world.lock:
            self.record.members[person.id].role_ids.remove(role.id)

    def time_out_bot(self, seconds: float) -> None:
        """Let a moderator time the bot out: it may read, and nothing else."""
        world = self.stage.world
        with world.lock:
            self.record.members[world.bot.id].timed_out_until = world.clock.now() + seconds
            self._tell_bot_of_itself()

    def change_bot_roles(self, *roles: Role) -> None:
        """Let the bot have these roles beside its own."""
        world = self.stage.world
        with world.lock:
            own = [role.id for role in self.record.roles.values() if role.managed]
            self.record.members[world.bot.id].role_ids = [*own, *(role.id for role in roles)]
            self._tell_bot_of_itself()

    def _tell_bot_of_itself(self) -> None:
        """What a bot hears of its own membership, it hears without any intent."""
        world = self.stage.world
        payload = payloads.member(self.record.members[world.bot.id]) | {"guild_id": str(self.id)}
        world.emit("GUILD_MEMBER_UPDATE", 0, lambda _sees_content: payload)

    def remove_bot(self) -> None:
        """Throw the bot out."""
        world = self.stage.world
        with world.lock:
            del self.record.members[world.bot.id]
            world.tell_about_guild("GUILD_DELETE", self.record)

    def invite_bot(self) -> None:
        """Let the bot in, which was thrown out before or never there; it joins at this moment."""
        world = self.stage.world
        with world.lock:
            self.record.members[world.bot.id] = _bot_member(world, self.record, world.clock.now())
            world.tell_about_guild("GUILD_CREATE", self.record, joined=True)

    def begin_outage(self) -> None:
        """Let Discord lose the server for a while; its members stay."""
        world = self.stage.world
        with world.lock:
            self.record.in_outage = True
            world.tell_about_guild("GUILD_DELETE", self.record)

    def end_outage(self) -> None:
        """Let the server come back."""
        world = self.stage.world
        with world.lock:
            self.record.in_outage = False
            world.tell_about_guild("GUILD_CREATE", self.record)

    def make_system_channel(self, channel: Channel) -> None:
        """Let a channel be the one in which Discord tells who has joined, before the bot is there."""
        self.record.system_channel_id = channel.id


def new_guild(stage: Stage, name: str, locale: str, *, with_bot: bool = True) -> Guild:
    """Make a server, owned by somebody who takes no part; the bot, if it is in it, has been there for a long time."""
    world = stage.world
    with world.lock:
        guild = GuildRecord(world.clock.snowflake(), name, locale, world.owner.id)
        bot_role = RoleRecord(
            world.clock.snowflake(), world.bot.name, int(READ_AND_WRITE), 1, managed=True, bot_id=world.bot.id
        )
        guild.roles = {guild.id: RoleRecord(guild.id, "@everyone", int(READ_AND_WRITE), 0), bot_role.id: bot_role}
        guild.members[world.owner.id] = MemberRecord(world.owner, world.clock.now())
        world.guilds[guild.id] = guild
        if with_bot:
            guild.members[world.bot.id] = _bot_member(world, guild, world.clock.now() - MEMBER_FOR_SECONDS)
            world.tell_about_guild("GUILD_CREATE", guild)
    return Guild(guild, stage)


def _bot_member(world: World, guild: GuildRecord, joined_at: float) -> MemberRecord:
    managed = [role.id for role in guild.roles.values() if role.managed]
    return MemberRecord(world.bot, joined_at, managed)
