"""Documents on their way out of a server's library; as for new ones, who has to wait is told."""

from __future__ import annotations

import discord

from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library.change_queue import QueuePlace
from bot.discord.library.collections import Audience
from bot.discord.library.document_list import MAX_NAME
from bot.discord.library.message_addresses import MessageSource
from bot.discord.library_rights import reach_of
from bot.discord.services import BotServices
from bot.discord.sources.progress_message import LastWord, ProgressMessage, follow_change
from bot.discord.texts import texts_for
from bot.discord.views.welcome_message import renew_examples
from retrieval import SourceRecord, UnknownSourceError


async def remove_document(bot: BotServices, interaction: discord.Interaction, document: SourceRecord) -> None:
    """Remove a document of a server, and say so."""
    texts, guild_id = texts_for(str(interaction.locale)), interaction.guild_id
    assert guild_id is not None  # noqa: S101 (the library is changed in servers only)
    name = shorten(document.title, MAX_NAME)

    async def work(progress: ProgressMessage) -> LastWord:
        if MessageSource.of(guild_id, document) is not None:  # it would be made anew
            return LastWord(texts.messages_not_removed.format(title=name), is_problem=True)
        try:
            place, reach = _place(progress, texts.library_waiting), await reach_of(interaction)
            await bot.library_editor.remove(guild_id, document.id, place, reach=reach)
        except UnknownSourceError:  # somebody else was faster
            return LastWord(texts.library_unknown.format(name=name), is_problem=True)
        await renew_examples(bot, guild_id)
        return LastWord(texts.library_removed.format(title=name))

    await follow_change(bot, interaction, texts, name, work)


async def remove_all_documents(bot: BotServices, interaction: discord.Interaction, seen_by: Audience | None) -> None:
    """Remove all documents of a server that an audience may see (None: all), and say how many there were."""
    texts, guild_id = texts_for(str(interaction.locale)), interaction.guild_id
    assert guild_id is not None  # noqa: S101 (the library is changed in servers only)

    async def work(progress: ProgressMessage) -> LastWord:
        count = await bot.library_editor.remove_all(guild_id, seen_by, _place(progress, texts.library_waiting))
        await renew_examples(bot, guild_id)
        sentence = texts.library_cleared if count else texts.library_clear_empty
        settings = bot.settings_of(guild_id)
        are_messages_read = bot.reads_content and (settings.read_pins or settings.read_channels)
        told = [sentence.format(documents=texts.documents(count))]
        if are_messages_read:
            told.append(texts.messages_return)
        return LastWord("\n".join(told))

    await follow_change(bot, interaction, texts, texts.library_all, work)


def _place(progress: ProgressMessage, sentence: str) -> QueuePlace:
    return QueuePlace(lambda: progress.say(sentence))
