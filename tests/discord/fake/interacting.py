"""Sending the bot an interaction, with all that Discord puts into it."""

from __future__ import annotations

import secrets

from tests.discord.fake import message_payloads, payloads, permissions
from tests.discord.fake.errors import ImpossibleActError, Json
from tests.discord.fake.limits import FILE_BYTES
from tests.discord.fake.model import ChannelRecord, InteractionRecord, MessageRecord, UserRecord
from tests.discord.fake.world import World

IN_GUILD, IN_DIRECT_MESSAGES = 0, 1


def send_interaction(
    world: World,
    user: UserRecord,
    channel: ChannelRecord,
    kind: int,
    data: Json,
    locale: str,
    *,
    source: MessageRecord | None = None,
    target: MessageRecord | None = None,
    opener: InteractionRecord | None = None,
) -> InteractionRecord:
    """Make an interaction and send it to the bot; the world's lock is held."""
    if channel.guild is not None and world.bot.id not in channel.guild.members:
        raise ImpossibleActError("the bot is not in this server any more")
    interaction = InteractionRecord(
        id=world.clock.snowflake(),
        token=secrets.token_urlsafe(48),
        kind=kind,
        user=user,
        channel=channel,
        locale=locale,
        data=data,
        sent_at=world.clock.now(),
        source=source,
        target=target,
        opener=opener,
    )
    world.interactions[interaction.id] = interaction
    payload = _payload(world, interaction)
    world.emit("INTERACTION_CREATE", 0, lambda _sees_content: payload)
    world.touch()
    return interaction


def _payload(world: World, interaction: InteractionRecord) -> Json:
    channel, user = interaction.channel, interaction.user
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": payloads.channel_in_interaction(channel, user.id),
        "locale": interaction.locale,
        "app_permissions": payloads.bits(world.may(channel)),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": str(channel.guild_id or 0)},
        "context": IN_GUILD if channel.guild else IN_DIRECT_MESSAGES,
        "attachment_size_limit": FILE_BYTES,
    }
    if interaction.source is not None:
        payload["message"] = message_payloads.message(interaction.source, sees_content=True, with_referenced=False)
    if channel.guild is None:
        return payload | {"user": payloads.user(user)}
    granted = payloads.bits(permissions.in_channel(user.id, channel))
    return payload | {
        "guild_id": str(channel.guild.id),
        "guild": {"id": str(channel.guild.id), "locale": channel.guild.locale, "features": []},
        "guild_locale": channel.guild.locale,
        "member": payloads.member(channel.guild.members[user.id]) | {"permissions": granted},
    }
