"""The form that limits a document to channels and roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.discord.asking.audience import audience_of
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library.change_queue import QueuePlace
from bot.discord.library.collections import MOST_PLACES, DocumentAccess
from bot.discord.library.document_details import readers
from bot.discord.library.document_list import MAX_NAME
from bot.discord.library_rights import library_objection, reach_of
from bot.discord.services import services_of
from bot.discord.sources.progress_message import LastWord, ProgressMessage, follow_change
from bot.discord.texts import Texts, texts_for
from bot.discord.views.forms import FORM_SECONDS
from bot.discord.views.guard import guarded
from bot.discord.views.welcome_message import renew_examples
from retrieval import SourceRecord, UnknownSourceError

CHANNEL_TYPES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


class AccessForm(discord.ui.Modal):
    """Channels and roles whose members may see a document, as it is now."""

    def __init__(self, document: SourceRecord, access: DocumentAccess, guild: discord.Guild, texts: Texts) -> None:
        super().__init__(title=texts.access_form_title, timeout=FORM_SECONDS)
        self._document = document
        channels = [discord.Object(one) for one in sorted(access.channels) if guild.get_channel(one)]
        roles = [discord.Object(one) for one in sorted(access.roles) if guild.get_role(one)]
        self._channels: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            channel_types=CHANNEL_TYPES, required=False, min_values=0, max_values=MOST_PLACES
        )
        self._channels.default_values = [discord.SelectDefaultValue.from_channel(one) for one in channels]
        self._roles: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            required=False, min_values=0, max_values=MOST_PLACES
        )
        self._roles.default_values = [discord.SelectDefaultValue.from_role(one) for one in roles]
        self.add_item(discord.ui.TextDisplay(texts.access_form_text.format(title=shorten(document.title, MAX_NAME))))
        self.add_item(discord.ui.Label(text=texts.access_channels_label, component=self._channels))
        self.add_item(discord.ui.Label(text=texts.access_roles_label, component=self._roles))

    @guarded("limiting a document")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Limit it to what was chosen; nothing chosen changes nothing, because it could mean all or nobody."""
        texts = texts_for(str(interaction.locale))
        channels, roles = (_ids(select.values) for select in (self._channels, self._roles))
        if (problem := library_objection(interaction, texts)) is not None:
            await respond_problem(interaction, problem)
        elif not channels | roles:
            await respond_problem(interaction, texts.access_nothing_chosen)
        elif len(channels) + len(roles) > MOST_PLACES:
            await respond_problem(interaction, texts.access_too_many.format(count=MOST_PLACES))
        else:
            await change_access(interaction, self._document, DocumentAccess(channels, roles))


async def change_access(interaction: discord.Interaction, document: SourceRecord, access: DocumentAccess) -> None:
    """Let a document be seen by others from now on, and say so."""
    bot, texts, guild_id = services_of(interaction), texts_for(str(interaction.locale)), interaction.guild_id
    assert guild_id is not None  # noqa: S101 (the library is changed in servers only)
    name = shorten(document.title, MAX_NAME)

    async def work(progress: ProgressMessage) -> LastWord:
        place = QueuePlace(lambda: progress.say(texts.library_waiting))
        try:
            reach = await reach_of(interaction)
            await bot.library_editor.limit(guild_id, document.id, access, place, reach=reach)
        except UnknownSourceError:  # somebody has removed it meanwhile
            return LastWord(texts.library_unknown.format(name=name), is_problem=True)
        await renew_examples(bot, guild_id)
        if not access.is_limited:
            return LastWord(texts.access_opened.format(title=name))
        lines = [texts.access_limited.format(title=name, readers=readers(access))]
        me = audience_of(interaction.user, interaction.channel, interaction.guild, private=True)
        if not access.admits(me):
            lines.append(texts.access_not_for_you)
        return LastWord("\n".join(lines))

    await follow_change(bot, interaction, texts, name, work)


def _ids(values: Sequence[Any]) -> frozenset[int]:
    """What was chosen; Discord sends each as an id, and what it is about apart."""
    return frozenset(int(getattr(value, "id", value)) for value in values)
