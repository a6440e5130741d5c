"""Show passage, and the arrows through an answer's citations."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

import discord

from bot.discord import custom_ids
from bot.discord.asking.audience import audience_of
from bot.discord.asking.error_sentences import error_sentence
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import Payload, embed_payload, page_payload
from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.formatting.making_line import making_line
from bot.discord.formatting.passage_page import PASSAGE_FILE
from bot.discord.library.citation_check import prove
from bot.discord.library.collections import OUTSIDER
from bot.discord.records import answers
from bot.discord.records.answers import DAYS_KEPT
from bot.discord.services import services_of
from bot.discord.texts import texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton
from retrieval import DamagedLibraryError


class ShowButton(PersistentButton, template=custom_ids.SHOW):
    """Show passage: the quote in its paragraph, proven anew, for the person who clicks."""

    emoji = "📖"
    style = discord.ButtonStyle.primary

    @guarded("showing a passage")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Open the first passage."""
        await defer(interaction)
        await respond(interaction, await passage_payload(interaction, self.parts["answer"], 0))


class TurnButton(PersistentButton, template=custom_ids.TURN):
    """An arrow under a passage."""

    @guarded("turning to another passage")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the passage that the arrow leads to, in place of this one."""
        await defer(interaction, update=True)
        await respond(interaction, await passage_payload(interaction, self.parts["answer"], int(self.parts["index"])))


def arrows_view(answer_id: str, index: int, count: int) -> discord.ui.View | None:
    """The arrows under a passage, in a circle; None where there is only one."""
    if count < 2:
        return None
    view = discord.ui.View(timeout=None)
    for emoji, custom_id in (
        ("◀", custom_ids.turn_back(answer_id, (index - 1) % count)),
        ("▶", custom_ids.turn_next(answer_id, (index + 1) % count)),
    ):
        view.add_item(TurnButton(discord.ui.Button(emoji=emoji, custom_id=custom_id)))
    return view


async def passage_payload(interaction: discord.Interaction, answer_id: str, index: int) -> Payload:
    """The page of citation ``index``, counted from 0, proven at this moment, with arrows to the others.

    Raises:
        RecordsError: If the citations cannot be read.
    """
    bot = services_of(interaction)
    texts = texts_for(str(interaction.locale))
    guild_id = await bot.database.run(answers.where_asked, answer_id, interaction.guild_id)
    record = await bot.database.run(answers.load, answer_id, guild_id)
    if record is None or not 0 <= index < len(record.citations):
        return embed_payload(texts.proof_expired.format(days=DAYS_KEPT), colour=PROBLEM)
    count = len(record.citations)
    library = bot.library
    if interaction.guild_id == guild_id:
        audience = audience_of(interaction.user, interaction.channel, interaction.guild, private=True)
    else:  # an answer of a server that stands in a direct message
        audience = await bot.shared_servers.audience(interaction.user, guild_id) if guild_id else OUTSIDER
    look = partial(prove, library, record.citations[index], audience, index + 1, count, texts)
    view = arrows_view(answer_id, index, count)
    try:
        page = await asyncio.to_thread(library.read_consistently, look)
    except DamagedLibraryError as error:  # the other quotes of the answer can be reached all the same
        sentence = error_sentence(error, texts, "proving a quote")
        return replace(embed_payload(sentence, colour=PROBLEM), view=view)
    payload = page_payload(page, PASSAGE_FILE, view)
    if payload.embed is not None and record.making is not None:
        payload.embed.add_field(name=texts.making_heading, value=making_line(record.making, texts))
    return payload


PASSAGE_BUTTONS = (ShowButton, TurnButton)
