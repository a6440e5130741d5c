"""Pinned messages: how they are pinned, and the list of a channel's."""

from __future__ import annotations

from tests.discord.fake import message_payloads
from tests.discord.fake.clock import timestamp
from tests.discord.fake.errors import ApiError, Json
from tests.discord.fake.messages import edited_quietly, publish
from tests.discord.fake.model import PIN_NOTICE, MessageRecord
from tests.discord.fake.permissions import Permission
from tests.discord.fake.rest import Call, Rest
from tests.discord.fake.world import World

MOST_ON_A_PAGE = 50


def pin(world: World, message: MessageRecord, *, pinned: bool = True) -> None:
    """Pin a message or take its pin away; the world's lock is held.

    That the message has changed is told, too, and a message of Discord's own says that it was pinned.
    """
    message.pinned_at = world.clock.now() if pinned else None
    edited_quietly(world, message)
    world.tell_about_pins(message.channel)
    if pinned:
        notice = MessageRecord(
            world.clock.snowflake(), message.channel, world.owner, PIN_NOTICE, world.clock.now(), reference=message
        )
        publish(world, notice)


class PinRoutes:
    """Lists what is pinned in a channel, the newest pin first."""

    def __init__(self, rest: Rest) -> None:
        self._world: World = rest.world
        rest.route("GET", "/channels/{channel}/messages/pins", self._list)

    def _list(self, call: Call) -> Json:
        channel = self._world.visible_channel(call.number("channel"))
        if Permission.READ_MESSAGE_HISTORY not in self._world.may(channel):
            return {"items": [], "has_more": False}
        limit = int(call.query.get("limit", "50"))
        if not 1 <= limit <= MOST_ON_A_PAGE:
            raise ApiError(400, 50035, "Invalid Form Body")
        pinned = [(one.pinned_at, one) for one in channel.messages if one.pinned_at is not None]
        dated = [(timestamp(moment), one) for moment, one in sorted(pinned, key=lambda pair: -pair[0])]
        before = call.query.get("before")
        found = [(moment, one) for moment, one in dated if before is None or moment < before]
        sees = self._world.grant_message_content
        items = [
            {"pinned_at": moment, "message": message_payloads.message(one, sees_content=sees)}
            for moment, one in found[:limit]
        ]
        return {"items": items, "has_more": len(found) > limit}
