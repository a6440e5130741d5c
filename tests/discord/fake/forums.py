"""Forums: a channel of posts, each a thread whose first message has the thread's id."""

from __future__ import annotations

from collections.abc import Sequence

from tests.discord.fake import payloads, permissions
from tests.discord.fake.answers import Said
from tests.discord.fake.channels import Channel
from tests.discord.fake.clock import timestamp
from tests.discord.fake.errors import (
    ApiError,
    ImpossibleActError,
    Json,
    missing_access,
    missing_permissions,
    thread_archived,
)
from tests.discord.fake.mentions import pings_of
from tests.discord.fake.messages import mention, publish
from tests.discord.fake.model import FORUM, PLAIN, PRIVATE_THREAD, PUBLIC_THREAD, ChannelRecord, MessageRecord
from tests.discord.fake.people import Person
from tests.discord.fake.permissions import Permission
from tests.discord.fake.places import Guild
from tests.discord.fake.rest import Call, Rest

MOST_TAGS = 5
LEAST_ON_A_PAGE, MOST_ON_A_PAGE = 2, 100


def add_forum(guild: Guild, name: str = "questions", tags: Sequence[str] = ()) -> Channel:
    """Add a forum in which everybody may post, with tags to choose from."""
    world = guild.stage.world
    with world.lock:
        record = ChannelRecord(world.clock.snowflake(), FORUM, name, guild=guild.record)
        record.available_tags = {world.clock.snowflake(): tag for tag in tags}
        guild.record.channels.append(record)
        world.channels[record.id] = record
        world.tell_about_channel("CHANNEL_CREATE", record)
    return Channel(record, guild.stage)


def post(person: Person, forum: Channel, title: str, text: str, tags: Sequence[str] = ()) -> tuple[Channel, Said]:
    """Write a new post: the thread, and its first message."""
    world = person.stage.world
    with world.lock:
        known = set(forum.record.available_tags.values())
        if not permissions.may_write(person.id, forum.record) or len(tags) > MOST_TAGS or not set(tags) <= known:
            raise ImpossibleActError(f"{person.name} cannot post this in {forum.name}")
        guild = forum.record.guild
        assert guild is not None
        thread = ChannelRecord(world.clock.snowflake(), PUBLIC_THREAD, title, guild=guild, parent=forum.record)
        thread.owner_id, thread.created_at = person.id, world.clock.now()
        thread.applied_tags = [tag for tag, name in forum.record.available_tags.items() if name in tags]
        guild.channels.append(thread)
        world.channels[thread.id] = thread
        world.tell_about_channel("THREAD_CREATE", thread)
        first = MessageRecord(thread.id, thread, person.record, PLAIN, world.clock.now(), text)
        mention(world, first, pings_of(text, None, None))
        publish(world, first)
        return Channel(thread, person.stage), Said(person.stage, first.states[0], first)


def tags_of(thread: Channel) -> list[str]:
    """The names of the tags that a post has."""
    with thread.stage.world.lock:
        assert thread.record.parent is not None
        return [thread.record.parent.available_tags[tag] for tag in thread.record.applied_tags]


class ForumRoutes:
    """Changes of a post."""

    def __init__(self, rest: Rest) -> None:
        self._world = rest.world
        rest.route("PATCH", "/channels/{channel}", self._edit)
        rest.route("GET", "/channels/{channel}/threads/archived/public", self._archived)

    def _edit(self, call: Call) -> Json:
        """Put tags on a post, which needs Manage Threads where it is somebody else's."""
        thread = self._world.visible_channel(call.number("channel"))
        parent = thread.parent
        wanted = [int(tag) for tag in call.body["applied_tags"]]
        if Permission.MANAGE_THREADS not in self._world.may(thread) and thread.owner_id != self._world.bot.id:
            raise missing_permissions()
        if parent is None or len(wanted) > MOST_TAGS or not set(wanted) <= parent.available_tags.keys():
            raise ApiError(400, 50035, "Invalid Form Body")
        if thread.archived:
            raise thread_archived()
        thread.applied_tags = wanted
        self._world.tell_about_channel("THREAD_UPDATE", thread)
        return payloads.channel(thread)

    def _archived(self, call: Call) -> Json:
        """List the archived threads of a channel, a page at a time, from the one archived last."""
        parent = self._world.visible_channel(call.number("channel"))
        if Permission.READ_MESSAGE_HISTORY not in self._world.may(parent):
            raise missing_access()
        limit = int(call.query.get("limit", MOST_ON_A_PAGE))
        if not LEAST_ON_A_PAGE <= limit <= MOST_ON_A_PAGE:
            raise ApiError(400, 50035, "Invalid Form Body")
        held = parent.guild.channels if parent.guild else []
        archived = [one for one in held if one.parent is parent and one.archived and one.kind != PRIVATE_THREAD]
        dated = sorted(((timestamp(one.archived_at), one) for one in archived), key=lambda pair: pair[0], reverse=True)
        before = call.query.get("before")
        found = [one for moment, one in dated if before is None or moment < before]
        threads = [payloads.channel(one) for one in found[:limit]]
        return {"threads": threads, "members": [], "has_more": len(found) > limit}
