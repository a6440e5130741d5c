"""Posting, editing and deleting messages, by the bot and by people, with all that follows from it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.discord.fake import message_payloads
from tests.discord.fake.errors import FormErrors, Json, empty_message, layout_beside_words
from tests.discord.fake.layout_limits import check_layout, words_of
from tests.discord.fake.limits import check_files, check_message
from tests.discord.fake.mentions import pings_of
from tests.discord.fake.model import (
    LAYOUT,
    LOADING,
    SUPPRESS_EMBEDS,
    FileRecord,
    MessageRecord,
)
from tests.discord.fake.permissions import Permission, in_channel
from tests.discord.fake.seen import Message, Pings
from tests.discord.fake.world import World

Uploads = Mapping[int, tuple[str, bytes]]
KEPT_FLAGS = SUPPRESS_EMBEDS | (1 << 12) | LAYOUT  # what a sender may set: no embeds, no notification, a layout


def check_body(body: Json, uploads: Uploads, path: tuple[str | int, ...] = ()) -> None:
    """Refuse a body that breaks one of Discord's limits."""
    errors = FormErrors()
    check_message(body, errors, path)
    if body.get("flags", 0) & LAYOUT:
        check_layout(body, errors, path)
    check_files(list(uploads.values()), errors, path)
    for number, entry in enumerate(body.get("attachments") or []):
        if not str(entry.get("id", "")).isdigit():
            errors.add((*path, "attachments", number, "id"), "BASE_TYPE_REQUIRED", "This field is required")
    errors.raise_any()


def publish(world: World, message: MessageRecord) -> None:
    """Put a finished new message into its channel and tell everybody."""
    world.messages[message.id] = message
    if message.ephemeral_to is None:
        message.channel.messages.append(message)
        if message.channel.archived:  # what is written in a thread opens it again
            message.channel.archived, message.channel.archived_at = False, world.clock.now()
            world.tell_about_channel("THREAD_UPDATE", message.channel)
    remember_state(world, message)
    world.tell_about_message("MESSAGE_CREATE", message)


def fill(world: World, message: MessageRecord, body: Json, uploads: Uploads, *, may_embed: bool = True) -> None:
    """Write a body into a message, new or edited: what the body does not name stays as it is.

    Nothing is written when the result would be empty.
    """
    content = message.content if "content" not in body else body["content"] or ""
    embeds = message.embeds if "embeds" not in body else _embeds(body["embeds"] or [])
    embeds = embeds if may_embed else []
    files = _files(world, message, body, uploads)
    laid_out = bool((message.flags | body.get("flags", 0)) & LAYOUT)
    if not content.strip() and not embeds and not files and not laid_out:
        raise empty_message()
    if laid_out and (content or embeds):
        raise layout_beside_words()
    message.content, message.embeds, message.files = content, embeds, files
    if "components" in body:
        message.components = _numbered(body["components"] or [])
    message.flags = (message.flags & ~LOADING) | (body.get("flags", 0) & KEPT_FLAGS)
    if message.states and "content" not in body and not laid_out:
        return  # mentions are read again only where the text is sent again
    content = "\n".join([content, *words_of(message.components)])
    message.allowed_mentions = body.get("allowed_mentions")
    mention(world, message, pings_of(content, message.allowed_mentions, _replied_author(message)))


def _replied_author(message: MessageRecord) -> int | None:
    """Return who a reply can ping; nobody is pinged through the response to a command."""
    target = message.reference
    if target is None or message.interaction is not None or target.interaction is not None:
        return None
    return target.author.id


def mention(world: World, message: MessageRecord, wanted: Pings) -> None:
    """Note who is mentioned: people and roles that exist, @everyone only with the permission for it."""
    guild = message.channel.guild
    present = (
        set(guild.members) if guild else {message.author.id, message.channel.recipient and message.channel.recipient.id}
    )
    message.mentions = [world.users[user] for user in sorted(wanted.users) if user in present and user in world.users]
    message.mentioned_roles = sorted(role for role in wanted.roles if guild and role in guild.roles)
    may_mention_all = guild is not None and Permission.MENTION_EVERYONE in in_channel(
        message.author.id, message.channel
    )
    message.mentions_everyone = wanted.everyone and may_mention_all
    pinged_roles = [
        role for role in message.mentioned_roles if guild and (guild.roles[role].mentionable or may_mention_all)
    ]
    message.pings = Pings(
        frozenset(user.id for user in message.mentions if user is not message.author),
        frozenset(pinged_roles),
        message.mentions_everyone,
    )


def edited(world: World, message: MessageRecord) -> None:
    """Finish an edit: note the time and the new state, and tell everybody."""
    message.edited_at = world.clock.now()
    remember_state(world, message)
    world.tell_about_message("MESSAGE_UPDATE", message)


def edited_quietly(world: World, message: MessageRecord) -> None:
    """Tell that a message has changed whose words are as they were."""
    remember_state(world, message)
    world.tell_about_message("MESSAGE_UPDATE", message)


def delete(world: World, message: MessageRecord) -> None:
    """Take a message away; what refers to it keeps the reference."""
    _take_away(message)
    world.tell_about_deletion(message)


def delete_together(world: World, messages: Sequence[MessageRecord]) -> None:
    """Take messages of one channel away at once, of which Discord tells in one event."""
    for message in messages:
        _take_away(message)
    world.tell_about_bulk_deletion(messages)


def _take_away(message: MessageRecord) -> None:
    message.deleted = True
    if message in message.channel.messages:
        message.channel.messages.remove(message)


def remember_state(world: World, message: MessageRecord) -> None:
    """Keep what the message looks like now, for the test."""
    message.states.append(
        Message(
            id=message.id,
            channel_id=message.channel.id,
            author_id=message.author.id,
            type=message.kind,
            content=message.content,
            embeds=tuple(copy.deepcopy(message.embeds)),
            components=tuple(copy.deepcopy(message.components)),
            files={file.name: file.content for file in message.files},
            flags=message.flags,
            reference_id=message.reference.id if message.reference else None,
            at=world.clock.now(),
            edited=message.edited_at is not None,
            pings=message.pings,
            allowed_mentions=message.allowed_mentions,
            payload=message_payloads.message(message, sees_content=True),
        )
    )
    world.touch()


def _embeds(embeds: Iterable[Json]) -> list[Json]:
    return [{"type": "rich"} | embed for embed in embeds]


def _files(world: World, message: MessageRecord, body: Json, uploads: Uploads) -> list[FileRecord]:
    """Return the files after a post or an edit: those named in ``attachments``, else the old ones, and the new ones."""
    entries: list[Any] | None = body.get("attachments") if "attachments" in body else None
    named = {int(entry["id"]): entry for entry in entries or ()}
    kept = [file for file in message.files if entries is None or file.id in named]
    for number, (name, content) in sorted(uploads.items()):
        entry = named.get(number, {})
        kept.append(
            world.store_file(
                entry.get("filename") or name,
                content,
                message.channel.id,
                entry.get("description"),
                ephemeral=message.ephemeral_to is not None,
            )
        )
    return kept


def _numbered(components: list[Json]) -> list[Json]:
    """Return components with the numbers that Discord gives to those without one."""
    number = 0

    def numbered(component: Json) -> Json:
        nonlocal number
        number += 1
        given: Json = {"id": number} | component
        if "components" in given:
            given["components"] = [numbered(part) for part in given["components"]]
        if "accessory" in given:
            given["accessory"] = numbered(given["accessory"])
        return given

    return [numbered(component) for component in components]
