"""What a setting is, and below it what it needs and the bot lacks, in one line each."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from bot.discord.asking.payloads import mentions
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services import BotServices
from bot.discord.texts import Texts
from bot.discord.views.settings_panel.registry import PING, Setting, SettingKind
from bot.discord.views.settings_panel.setting_values import channels_among, shown_of, value_line

# No more lines than a phone shows beside a setting.
MOST_LINES = 3


def setting_lines(
    setting: Setting, settings: ServerSettings, guild: discord.Guild, texts: Texts, bot: BotServices
) -> str:
    """The setting's name, what it is, and what it lacks."""
    value = value_line(setting, settings, texts, bot.texts_of(guild, settings))
    lacking = missing_rights(setting, settings, guild, texts, reads_content=bot.reads_content)
    return "\n".join([value, *(f"-# ⚠️ {line}" for line in lacking)])


def missing_rights(
    setting: Setting, settings: ServerSettings, guild: discord.Guild, texts: Texts, *, reads_content: bool
) -> list[str]:
    """The lines; none where all is there.

    Args:
        setting: Which one.
        settings: What the server has set.
        guild: The server.
        texts: The words, in the reader's language.
        reads_content: Whether Discord gives the bot the words of all messages.
    """
    lines = list(_lines(setting, settings, guild, texts))
    if setting.words_of_messages and not reads_content:
        lines.insert(0, f"{texts.need_message_content} {texts.instead(setting.field)}")
    return lines[:MOST_LINES]


def _lines(setting: Setting, settings: ServerSettings, guild: discord.Guild, texts: Texts) -> Iterator[str]:
    value = getattr(settings, setting.field)
    if setting.kind in (SettingKind.CHANNELS, SettingKind.CHANNEL) and setting.rights:
        ids = shown_of(value) if setting.kind is SettingKind.CHANNELS else [value]
        for channel in channels_among(guild, ids):
            if setting.field == "forum_channels" and not _is_allowed(channel, settings):
                yield texts.need_allowed.format(channel=mentions("#", (channel.id,)))
            if lacking := _lacking(channel, setting):
                names = ", ".join(map(texts.permission, lacking))
                yield texts.need_permissions.format(channel=mentions("#", (channel.id,)), permissions=names)
    if setting.field == "human_role":
        yield from _lines_about_role(settings, guild, texts)
    if setting.field == "human_channel" and value and settings.human_role is None:
        yield texts.need_human_role
    if setting.field == "weekly_digest" and settings.gaps_channel is None:
        yield texts.need_gaps_channel


def _is_allowed(channel: discord.abc.GuildChannel, settings: ServerSettings) -> bool:
    return settings.channels is None or not settings.channels.isdisjoint({channel.id, channel.category_id})


def _lacking(channel: discord.abc.GuildChannel, setting: Setting) -> list[str]:
    if isinstance(channel, discord.CategoryChannel):
        return []  # each of its channels may differ
    may = channel.permissions_for(channel.guild.me)
    rights = setting.rights
    if isinstance(channel, discord.ForumChannel):  # where people write in threads only
        rights = tuple("send_messages_in_threads" if right == "send_messages" else right for right in rights)
    if not may.view_channel:
        return ["view_channel"]  # which takes all others along
    # Without the permission to write nobody may embed, whatever is set.
    return [
        right for right in rights if not (getattr(may, right) or (right == "embed_links" and not may.send_messages))
    ]


def _lines_about_role(settings: ServerSettings, guild: discord.Guild, texts: Texts) -> Iterator[str]:
    if settings.human_role is None:
        return
    if settings.human_channel is None:
        yield texts.need_human_channel
    role = guild.get_role(settings.human_role)
    channel = guild.get_channel(settings.human_channel or 0)
    may = channel.permissions_for(guild.me) if channel else guild.me.guild_permissions
    if role is not None and not role.mentionable and not getattr(may, PING):
        yield texts.need_mentionable.format(role=mentions("@&", (role.id,)), permission=texts.permission(PING))
