"""Routes about channels and the messages that stand in them for all to see."""

from __future__ import annotations

from urllib.parse import unquote

from tests.discord.fake import message_payloads, payloads
from tests.discord.fake.errors import (
    ApiError,
    FormErrors,
    Json,
    closed_direct_messages,
    foreign_message,
    missing_access,
    missing_permissions,
    no_mutual_servers,
    thread_archived,
    thread_locked,
    unknown_message,
)
from tests.discord.fake.messages import check_body, delete, edited, fill, publish
from tests.discord.fake.model import MENU_RESPONSE, PLAIN, REPLY, SLASH_RESPONSE, ChannelRecord, MessageRecord
from tests.discord.fake.permissions import Permission, may_write
from tests.discord.fake.rest import Call, Reply, Rest, message_body
from tests.discord.fake.world import World

REPLYABLE = {PLAIN, REPLY, SLASH_RESPONSE, MENU_RESPONSE}
ONE_MESSAGE = "/channels/{channel}/messages/{message}"


class ChannelRoutes:
    """Reads and writes channels with the permissions that the bot has there."""

    def __init__(self, rest: Rest) -> None:
        self._world: World = rest.world
        rest.route("GET", "/channels/{channel}", self._read_channel)
        rest.route("PUT", f"{ONE_MESSAGE}/reactions/{{emoji}}/@me", self._react)
        rest.route("POST", "/channels/{channel}/typing", self._type)
        rest.route("GET", "/channels/{channel}/messages", self._history)
        rest.route("POST", "/channels/{channel}/messages", self._post)
        rest.route("GET", ONE_MESSAGE, self._read)
        rest.route("PATCH", ONE_MESSAGE, self._edit)
        rest.route("DELETE", ONE_MESSAGE, self._delete)

    def _read_channel(self, call: Call) -> Json:
        return payloads.channel(self._channel(call))

    def _type(self, call: Call) -> Reply:
        channel = self._writable(call)
        channel.typing_at.append(self._world.clock.now())
        return Reply(204)

    def _history(self, call: Call) -> list[Json]:
        """Return messages from new to old; nothing without the permission to read the history."""
        channel = self._channel(call)
        if Permission.READ_MESSAGE_HISTORY not in self._world.may(channel):
            return []
        limit = int(call.query.get("limit", "50"))
        if not 1 <= limit <= 100:
            raise ApiError(400, 50035, "Invalid Form Body")
        before, after, around = (int(call.query.get(name, "0")) for name in ("before", "after", "around"))
        found = [one for one in channel.messages if (not before or one.id < before) and one.id > after]
        if around:
            older = [one for one in found if one.id < around][-(limit // 2) :]
            found = older + [one for one in found if one.id >= around][: limit - len(older)]
        chosen = found[:limit] if after and not before else found[-limit:]
        return [self._payload(one) for one in reversed(chosen)]

    def _read(self, call: Call) -> Json:
        channel = self._channel(call)
        if Permission.READ_MESSAGE_HISTORY not in self._world.may(channel):
            raise missing_access()
        return self._payload(self._world.visible_message(channel, call.number("message")))

    def _post(self, call: Call) -> Json:
        channel = self._writable(call)
        body, uploads = message_body(call)
        check_body(body, uploads)
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce"):
            for earlier in channel.messages:
                if earlier.nonce == str(nonce) and earlier.author is self._world.bot:
                    return self._payload(earlier)
        may = self._world.may(channel)
        if uploads and Permission.ATTACH_FILES not in may:
            raise missing_permissions()
        world = self._world
        message = MessageRecord(world.clock.snowflake(), channel, world.bot, PLAIN, world.clock.now())
        message.reference = self._replied_to(channel, body)
        message.kind = REPLY if message.reference else PLAIN
        message.nonce = str(nonce) if nonce is not None else None
        fill(world, message, body, uploads, may_embed=Permission.EMBED_LINKS in may)
        publish(world, message)
        return self._payload(message)

    def _replied_to(self, channel: ChannelRecord, body: Json) -> MessageRecord | None:
        wanted = body.get("message_reference")
        if not wanted:
            return None
        if Permission.READ_MESSAGE_HISTORY not in self._world.may(channel):
            raise ApiError(400, 160002, "Cannot reply without permission to read message history")
        errors = FormErrors()
        try:
            target = self._world.visible_message(channel, int(wanted["message_id"]))
        except ApiError:
            if wanted.get("fail_if_not_exists", True):
                errors.add(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
                errors.raise_any()
            return None
        if target.kind not in REPLYABLE:
            errors.add(("message_reference",), "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "No reply to a system message")
            errors.raise_any()
        return target

    def _edit(self, call: Call) -> Json:
        channel = self._channel(call)
        message = self._world.visible_message(channel, call.number("message"))
        if message.author is not self._world.bot:
            raise foreign_message()
        self._refuse_closed(channel)
        body, uploads = message_body(call)
        check_body(body, uploads)
        may = self._world.may(channel)
        if uploads and Permission.ATTACH_FILES not in may:
            raise missing_permissions()
        may_embed = message.interaction is not None or Permission.EMBED_LINKS in may
        fill(self._world, message, body, uploads, may_embed=may_embed)
        edited(self._world, message)
        return self._payload(message)

    def _delete(self, call: Call) -> Reply:
        channel = self._channel(call)
        message = self._world.visible_message(channel, call.number("message"))
        if message.author is not self._world.bot:
            if channel.guild is None:
                raise ApiError(403, 50003, "Cannot execute action on a DM channel")
            if Permission.MANAGE_MESSAGES not in self._world.may(channel):
                raise missing_permissions()
        if channel.archived and self._is_locked(channel):
            raise thread_locked()
        delete(self._world, message)
        return Reply(204)

    def _react(self, call: Call) -> Reply:
        channel = self._channel(call)
        if Permission.READ_MESSAGE_HISTORY not in self._world.may(channel):
            raise missing_access()
        message = self._world.visible_message(channel, call.number("message"))
        if Permission.ADD_REACTIONS not in self._world.may(channel):
            raise missing_permissions()
        self._refuse_closed(channel, also_locked=False)
        message.reactions.append(unquote(call.parts["emoji"]))
        return Reply(204)

    def _is_locked(self, channel: ChannelRecord) -> bool:
        return channel.locked and Permission.MANAGE_THREADS not in self._world.may(channel)

    def _refuse_closed(self, channel: ChannelRecord, *, also_locked: bool = True) -> None:
        """Refuse what changes a message in an archived thread or, if wanted, in a locked one."""
        if channel.archived:
            raise thread_archived()
        if also_locked and self._is_locked(channel):
            raise thread_locked()

    def _payload(self, message: MessageRecord) -> Json:
        return message_payloads.message(message, sees_content=self._world.grant_message_content)

    def _channel(self, call: Call) -> ChannelRecord:
        channel = self._world.visible_channel(call.number("channel"))
        if not call.parts.get("message", "0").isdigit():
            raise unknown_message()
        return channel

    def _writable(self, call: Call) -> ChannelRecord:
        channel = self._channel(call)
        if channel.recipient is not None:
            if not channel.recipient.accepts_direct_messages:
                raise closed_direct_messages()
            if not self._world.shares_server(channel.recipient) and not channel.messages:
                raise no_mutual_servers()
        if self._is_locked(channel):
            raise thread_locked()
        if not may_write(self._world.bot.id, channel):
            raise missing_permissions()
        return channel
