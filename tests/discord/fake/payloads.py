"""The JSON of Discord's objects, except messages and interactions, which have modules of their own."""

from __future__ import annotations

from mimetypes import guess_type

from tests.discord.fake import permissions
from tests.discord.fake.clock import timestamp
from tests.discord.fake.errors import Json
from tests.discord.fake.model import (
    DIRECT_MESSAGES,
    FORUM,
    MEDIA,
    STAGE,
    THREADS,
    VOICE,
    ChannelRecord,
    FileRecord,
    GuildRecord,
    MemberRecord,
    RoleRecord,
    UserRecord,
)

SEES_MESSAGE_CONTENT = 1 << 19  # the application flag of a small bot to which it was granted
# What is told of a server when it is there, and not when it is asked for.
ON_THE_GATEWAY_ALONE = {
    "joined_at",
    "large",
    "unavailable",
    "member_count",
    "members",
    "channels",
    "threads",
    "voice_states",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
}


def user(record: UserRecord) -> Json:
    payload: Json = {
        "id": str(record.id),
        "username": record.name.lower(),
        "discriminator": "0",
        "global_name": None if record.bot else record.name,
        "avatar": None,
        "public_flags": 0,
    }
    return payload | ({"bot": True} if record.bot else {})


def member(record: MemberRecord, *, with_user: bool = True) -> Json:
    payload: Json = {
        "roles": [str(role_id) for role_id in record.role_ids],
        "joined_at": timestamp(record.joined_at),
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "communication_disabled_until": timestamp(record.timed_out_until) if record.timed_out_until else None,
    }
    return payload | ({"user": user(record.user)} if with_user else {})


def role(record: RoleRecord) -> Json:
    payload: Json = {
        "id": str(record.id),
        "name": record.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": record.position,
        "permissions": str(record.permissions),
        "managed": record.managed,
        "mentionable": record.mentionable,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }
    return payload | ({"tags": {"bot_id": str(record.bot_id)}} if record.bot_id else {})


def channel(record: ChannelRecord) -> Json:
    """Return a channel of any kind, as REST and the gateway tell it."""
    last = str(record.messages[-1].id) if record.messages else None
    if record.kind == DIRECT_MESSAGES:
        assert record.recipient is not None
        recipients = [user(record.recipient)]
        return {
            "id": str(record.id),
            "type": record.kind,
            "recipients": recipients,
            "last_message_id": last,
            "flags": 0,
        }
    assert record.guild is not None
    payload: Json = {
        "id": str(record.id),
        "type": record.kind,
        "guild_id": str(record.guild.id),
        "name": record.name,
        "parent_id": str(around.id) if (around := record.parent or record.category) else None,
        "last_message_id": last,
        "rate_limit_per_user": record.slow_seconds,
        "flags": 0,
    }
    if record.kind in THREADS:
        return payload | _thread_part(record)
    overwrites = [
        {
            "id": str(target),
            "type": 0 if target in record.guild.roles else 1,
            "allow": str(overwrite.allow),
            "deny": str(overwrite.deny),
        }
        for target, overwrite in record.overwrites.items()
    ]
    position = record.guild.channels.index(record)
    voice = {"bitrate": 64_000, "user_limit": 0, "rtc_region": None} if record.kind in (VOICE, STAGE) else {}
    payload |= {"position": position, "nsfw": False, "topic": None, "permission_overwrites": overwrites}
    return payload | voice | (_forum_part(record) if record.kind in (FORUM, MEDIA) else {})


def _forum_part(record: ChannelRecord) -> Json:
    tags = [
        {"id": str(tag), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for tag, name in record.available_tags.items()
    ]
    return {"available_tags": tags, "default_forum_layout": 0, "default_sort_order": None}


def _thread_part(record: ChannelRecord) -> Json:
    count = len(record.messages)
    created = timestamp(record.created_at)
    return {
        "owner_id": str(record.owner_id),
        "message_count": count,
        "member_count": 1,
        "total_message_sent": count,
        "applied_tags": [str(tag) for tag in record.applied_tags],
        "thread_metadata": {
            "archived": record.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": timestamp(record.archived_at) if record.archived_at else created,
            "create_timestamp": created,
            "locked": record.locked,
        },
    }


def channel_in_interaction(record: ChannelRecord, user_id: int) -> Json:
    """Return the channel as an interaction carries it, with what the person may do there."""
    if record.guild is None:
        return channel(record)
    payload = channel(record) | {"permissions": bits(permissions.in_channel(user_id, record))}
    payload.pop("permission_overwrites", None)
    return payload


def bits(granted: permissions.Permission) -> str:
    """Return permissions as Discord writes them: a number in a string."""
    return str(int(granted & ((1 << 53) - 1)))


def guild(record: GuildRecord, bot_id: int) -> Json:
    """Return a server as ``GUILD_CREATE`` tells it; without privileged intents the only member told is the bot."""
    threads = [
        one
        for one in record.channels
        if one.parent
        and not one.archived
        and permissions.Permission.VIEW_CHANNEL in permissions.in_channel(bot_id, one)
    ]
    return {
        "id": str(record.id),
        "name": record.name,
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "owner_id": str(record.owner_id),
        "preferred_locale": record.locale,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(one) for one in record.roles.values()],
        "joined_at": timestamp(record.members[bot_id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(record.members),
        "members": [member(record.members[bot_id])],
        "channels": [channel(one) for one in record.channels if one.parent is None],
        "threads": [channel(one) for one in threads],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "system_channel_id": str(record.system_channel_id) if record.system_channel_id else None,
        "system_channel_flags": 0,
        "afk_channel_id": None,
        "afk_timeout": 300,
    }


def attachment(record: FileRecord) -> Json:
    payload: Json = {
        "id": str(record.id),
        "filename": record.name,
        "size": len(record.content),
        "url": record.url,
        "proxy_url": record.url,
    }
    kind, _ = guess_type(record.name)
    if kind is not None:
        payload["content_type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    if record.description:
        payload["description"] = record.description
    return payload | ({"ephemeral": True} if record.ephemeral else {})


def application(application_id: int, bot: UserRecord, owner: UserRecord, *, sees_content: bool) -> Json:
    return {
        "id": str(application_id),
        "name": bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "verify_key": "0" * 64,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user(owner),
        "team": None,
        "bot": user(bot),
        "flags": SEES_MESSAGE_CONTENT if sees_content else 0,
        "integration_types_config": {"0": {}},
    }
