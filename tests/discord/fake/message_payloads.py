"""The JSON of messages, and what Discord leaves out of it for a bot without the message content intent."""

from __future__ import annotations

import copy

from tests.discord.fake import payloads
from tests.discord.fake.clock import timestamp
from tests.discord.fake.errors import Json
from tests.discord.fake.model import (
    COMMAND,
    COMPONENT,
    FORM_SUBMIT,
    MENU_RESPONSE,
    REPLY,
    THREAD_STARTER,
    InteractionRecord,
    MessageRecord,
)


def readable(message: MessageRecord) -> bool:
    """Whether the bot may read a message also without the intent: its own, direct messages, and mentions of it."""
    return message.author.bot or message.channel.guild is None or any(user.bot for user in message.mentions)


def message(record: MessageRecord, *, sees_content: bool, with_referenced: bool = True) -> Json:
    """Return a message as the bot gets it.

    Args:
        record: the message.
        sees_content: whether the bot has the message content intent.
        with_referenced: whether the message that it replies to comes along (in component interactions it does not).
    """
    payload: Json = {
        "id": str(record.id),
        "channel_id": str(record.channel.id),
        "author": payloads.user(record.author),
        "type": record.kind,
        "content": record.content,
        "embeds": copy.deepcopy(record.embeds),
        "components": copy.deepcopy(record.components),
        "attachments": [payloads.attachment(file) for file in record.files],
        "timestamp": timestamp(record.created_at),
        "edited_timestamp": timestamp(record.edited_at) if record.edited_at else None,
        "flags": record.flags,
        "mentions": [payloads.user(user) for user in record.mentions],
        "mention_roles": [str(role_id) for role_id in record.mentioned_roles],
        "mention_everyone": record.mentions_everyone,
        "pinned": record.pinned_at is not None,
        "tts": False,
    }
    hidden = not sees_content and not readable(record)
    if hidden:
        payload |= {"content": "", "embeds": [], "components": [], "attachments": []}
    if record.forwarded is not None:
        payload |= _forwarded_part(record.forwarded, hidden=hidden)
    if record.nonce is not None:
        payload["nonce"] = record.nonce
    if record.thread is not None:
        payload["thread"] = payloads.channel(record.thread)
    if record.interaction is not None:
        payload |= _interaction_part(record, record.interaction)
    if record.reference is not None:
        payload |= _reference_part(record, record.reference, sees_content, with_referenced)
    return payload


def _interaction_part(record: MessageRecord, interaction: InteractionRecord) -> Json:
    described = metadata(interaction)
    if record.original_response_id is not None:
        described["original_response_message_id"] = str(record.original_response_id)
    payload: Json = {
        "application_id": str(record.author.id),
        "webhook_id": str(record.author.id),
        "interaction_metadata": described,
    }
    if interaction.kind == COMMAND:
        payload["interaction"] = {
            "id": str(interaction.id),
            "type": interaction.kind,
            "name": interaction.data["name"],
            "user": payloads.user(interaction.user),
        }
    return payload


def metadata(interaction: InteractionRecord) -> Json:
    """Return which interaction a message answers; for a form, also which one opened the form."""
    described: Json = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": payloads.user(interaction.user),
        "authorizing_integration_owners": {"0": str(interaction.channel.guild_id or 0)},
    }
    if interaction.kind == COMMAND:
        described["name"] = interaction.data["name"]
        described["command_type"] = interaction.data["type"]
    if interaction.target is not None:
        described["target_message_id"] = str(interaction.target.id)
    if interaction.kind == COMPONENT and interaction.source is not None:
        described["interacted_message_id"] = str(interaction.source.id)
    if interaction.kind == FORM_SUBMIT and interaction.opener is not None:
        described["triggering_interaction_metadata"] = metadata(interaction.opener)
    return described


def _forwarded_part(source: MessageRecord, *, hidden: bool) -> Json:
    """Return what a message that forwards another one carries of it: its words, but not who wrote them."""
    reference: Json = {"type": 1, "message_id": str(source.id), "channel_id": str(source.channel.id)}
    snapshot: Json = {
        "type": source.kind,
        "content": "" if hidden else source.content,
        "embeds": [] if hidden else copy.deepcopy(source.embeds),
        "attachments": [] if hidden else [payloads.attachment(file) for file in source.files],
        "timestamp": timestamp(source.created_at),
        "edited_timestamp": timestamp(source.edited_at) if source.edited_at else None,
        "flags": source.flags,
        "mentions": [],
        "mention_roles": [],
        "components": [],
    }
    return {"message_reference": reference, "message_snapshots": [{"message": snapshot}]}


def _reference_part(record: MessageRecord, target: MessageRecord, sees_content: bool, with_referenced: bool) -> Json:
    reference: Json = {"type": 0, "message_id": str(target.id), "channel_id": str(target.channel.id)}
    if target.channel.guild is not None:
        reference["guild_id"] = str(target.channel.guild.id)
    part: Json = {"message_reference": reference}
    if with_referenced and record.kind in (REPLY, MENU_RESPONSE, THREAD_STARTER):
        part["referenced_message"] = (
            None if target.deleted else message(target, sees_content=sees_content, with_referenced=False)
        )
    return part


def event(record: MessageRecord, *, sees_content: bool) -> Json:
    """Return a message as the gateway tells it: with the server and the author's membership."""
    payload = message(record, sees_content=sees_content)
    guild = record.channel.guild
    if guild is None:
        return payload | {"channel_type": record.channel.kind}
    payload["guild_id"] = str(guild.id)
    payload["channel_type"] = record.channel.kind
    if record.author.id in guild.members:
        payload["member"] = payloads.member(guild.members[record.author.id], with_user=False)
    for mention in payload["mentions"]:
        if int(mention["id"]) in guild.members:
            mention["member"] = payloads.member(guild.members[int(mention["id"])], with_user=False)
    return payload
