"""Everything the local Discord holds, behind one lock, and the way events leave it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence

from tests.discord.fake import message_payloads, payloads, permissions
from tests.discord.fake.clock import Clock, timestamp
from tests.discord.fake.errors import Json, missing_access, unknown_channel, unknown_message
from tests.discord.fake.model import (
    DIRECT_MESSAGES,
    ChannelRecord,
    FileRecord,
    GuildRecord,
    InteractionRecord,
    MessageRecord,
    RoleRecord,
    UserRecord,
)
from tests.discord.fake.permissions import Permission

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGE_EVENTS, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
GUILD_MEMBERS, GUILD_PRESENCES = 1 << 1, 1 << 8
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT

Build = Callable[[bool], Json]
"""Makes an event's data; it is told whether the receiver may read message content."""


class World:
    """The state of the local Discord.

    Requests are carried out on the server's thread and a test acts on its own, so whoever reads or changes anything
    holds ``lock``; ``changed`` wakes those who wait for something to happen.
    """

    def __init__(self, token: str, grant_message_content: bool) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.clock = Clock()
        self.token = token
        self.grant_message_content = grant_message_content
        self.url = ""
        self.bot = UserRecord(self.clock.snowflake(), "Pullquote", bot=True)
        self.owner = UserRecord(self.clock.snowflake(), "Owner")
        self.users: dict[int, UserRecord] = {user.id: user for user in (self.bot, self.owner)}
        self.guilds: dict[int, GuildRecord] = {}
        self.channels: dict[int, ChannelRecord] = {}
        self.messages: dict[int, MessageRecord] = {}
        self.files: dict[int, FileRecord] = {}
        self.interactions: dict[int, InteractionRecord] = {}
        self.commands: list[Json] = []
        self.syncs: list[list[Json]] = []
        self.emit: Callable[[str, int, Build], None] = lambda _event, _intent, _build: None

    @property
    def application_id(self) -> int:
        """The application has the same id as its bot, as all younger ones do."""
        return self.bot.id

    def touch(self) -> None:
        """Tell those who wait that something changed."""
        self.changed.notify_all()

    # Places

    def visible_channel(self, channel_id: int) -> ChannelRecord:
        """Return a channel that the bot may see, or refuse as Discord does."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise unknown_channel()
        if channel.guild is not None and self.bot.id not in channel.guild.members:
            raise missing_access()
        if Permission.VIEW_CHANNEL not in self.may(channel):
            raise missing_access()
        return channel

    def may(self, channel: ChannelRecord) -> Permission:
        """Return what the bot may do in a channel."""
        return permissions.in_channel(self.bot.id, channel)

    def visible_message(self, channel: ChannelRecord, message_id: int) -> MessageRecord:
        """Return a message that stands in a channel for all to see."""
        message = self.messages.get(message_id)
        if message is None or message.deleted or message.channel is not channel or message.ephemeral_to is not None:
            raise unknown_message()
        return message

    def shares_server(self, user: UserRecord) -> bool:
        """Whether a person is in a server with the bot."""
        return any({user.id, self.bot.id} <= guild.members.keys() for guild in self.guilds.values())

    def direct_messages_with(self, user: UserRecord) -> ChannelRecord:
        """Return the channel for direct messages between a person and the bot; it is made on first use."""
        for channel in self.channels.values():
            if channel.kind == DIRECT_MESSAGES and channel.recipient is user:
                return channel
        channel = ChannelRecord(self.clock.snowflake(), DIRECT_MESSAGES, "", recipient=user)
        self.channels[channel.id] = channel
        return channel

    # Files

    def store_file(
        self, name: str, content: bytes, channel_id: int, description: str | None = None, *, ephemeral: bool = False
    ) -> FileRecord:
        """Keep an uploaded file under the name that Discord makes of its name, downloadable from this server."""
        file_id = self.clock.snowflake()
        stored = stored_name(name)
        url = f"{self.url}/attachments/{channel_id}/{file_id}/{stored}"
        self.files[file_id] = FileRecord(file_id, stored, content, description, url, ephemeral)
        return self.files[file_id]

    # Events

    def tell_about_message(self, event: str, message: MessageRecord) -> None:
        """Send a message's event to the bot, if it can see the place at all; ephemeral ones reach no gateway."""
        if message.ephemeral_to is None and self._bot_sees(message.channel):
            self.emit(
                event,
                _message_intent(message.channel),
                lambda sees_content: message_payloads.event(message, sees_content=sees_content),
            )
        self.touch()

    def tell_about_deletion(self, message: MessageRecord) -> None:
        if message.ephemeral_to is None and self._bot_sees(message.channel):
            payload: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
            if message.channel.guild is not None:
                payload["guild_id"] = str(message.channel.guild.id)
            self.emit("MESSAGE_DELETE", _message_intent(message.channel), lambda _sees_content: payload)
        self.touch()

    def tell_about_bulk_deletion(self, messages: Sequence[MessageRecord]) -> None:
        """Tell that a moderator's bot, say, has deleted messages of one channel at once."""
        channel = messages[0].channel
        payload: Json = {"ids": [str(one.id) for one in messages], "channel_id": str(channel.id)}
        payload |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
        if self._bot_sees(channel):
            self.emit("MESSAGE_DELETE_BULK", _message_intent(channel), lambda _sees_content: payload)
        self.touch()

    def tell_about_channel(self, event: str, channel: ChannelRecord) -> None:
        """Tell about a channel; the bot hears of all channels of a server, and of the threads that it may see."""
        if self._bot_is_in(channel.guild) and (channel.parent is None or self._bot_sees(channel)):
            payload = payloads.channel(channel) | ({"newly_created": True} if event == "THREAD_CREATE" else {})
            self.emit(event, GUILDS, lambda _sees_content: payload)
        self.touch()

    def tell_about_pins(self, channel: ChannelRecord) -> None:
        """Tell that something was pinned or is no longer; Discord does not when a pinned message is deleted."""
        pinned = [one.pinned_at for one in channel.messages if one.pinned_at is not None]
        payload: Json = {
            "channel_id": str(channel.id),
            "last_pin_timestamp": timestamp(max(pinned)) if pinned else None,
        }
        payload |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
        if self._bot_sees(channel):
            self.emit("CHANNEL_PINS_UPDATE", GUILDS, lambda _sees_content: payload)

    def tell_about_guild(self, event: str, guild: GuildRecord, *, joined: bool = False) -> None:
        """Tell that a server is there or gone; only of one that the bot has just joined, it is not said that it is up.

        A server that is gone because of an outage is told to be unavailable.
        """
        gone: Json = {"id": str(guild.id)} | ({"unavailable": True} if guild.in_outage else {})
        payload = payloads.guild(guild, self.bot.id) if event == "GUILD_CREATE" else gone
        if joined:
            payload.pop("unavailable")
        self.emit(event, GUILDS, lambda _sees_content: payload)
        self.touch()

    def tell_about_role(self, guild: GuildRecord, role: RoleRecord) -> None:
        payload = {"guild_id": str(guild.id), "role": payloads.role(role)}
        if self._bot_is_in(guild):
            self.emit("GUILD_ROLE_CREATE", GUILDS, lambda _sees_content: payload)

    def _bot_is_in(self, guild: GuildRecord | None) -> bool:
        return guild is None or self.bot.id in guild.members

    def tell_about_deleted_role(self, guild: GuildRecord, role: RoleRecord) -> None:
        payload = {"guild_id": str(guild.id), "role_id": str(role.id)}
        self.emit("GUILD_ROLE_DELETE", GUILDS, lambda _sees_content: payload)

    def _bot_sees(self, channel: ChannelRecord) -> bool:
        if not self._bot_is_in(channel.guild):
            return False
        return Permission.VIEW_CHANNEL in self.may(channel)


def _message_intent(channel: ChannelRecord) -> int:
    return DIRECT_MESSAGE_EVENTS if channel.guild is None else GUILD_MESSAGES


def stored_name(name: str) -> str:
    """Return what Discord makes of a file's name: no folders, blanks as underscores, no other signs."""
    kept = re.sub(r"[^\w.-]", "", re.sub(r"\s", "_", name.replace("\\", "/").rpartition("/")[2]))
    stem, dot, ending = kept.rpartition(".")
    return kept if stem or not dot else f"unknown.{ending}"
