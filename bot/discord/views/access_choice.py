"""Who may see what is added where not everybody reads: everybody, the members of this channel, or nobody after all."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import discord

from bot.discord import custom_ids
from bot.discord.asking.audience import limits_of
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.library.collections import EVERYBODY, DocumentAccess
from bot.discord.library_rights import library_objection
from bot.discord.services import BotServices, services_of
from bot.discord.texts import Texts, texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton

ALL, CHANNEL, CANCEL = "all", "channel", "cancel"
# Discord takes the answer to a command for 15 minutes; what is added afterwards needs some of them.
CHOICE_SECONDS = 300.0


async def choose_access(interaction: discord.Interaction, names: str) -> DocumentAccess | None:
    """Ask who may see what somebody adds; None when it is not to be added, which has been said then.

    Nothing is asked where everybody reads: what is added there is for everybody. The question is shown to the one who
    adds, as the response to the interaction, which must be private where it was acknowledged already.

    Args:
        interaction: What adds something in a server.
        names: What is added, escaped, as the question names it.
    """
    assert interaction.channel_id is not None  # noqa: S101 (documents are added in servers only)
    channel = _known_channel(interaction)
    here = limits_of(channel) if channel else DocumentAccess(channels=frozenset({interaction.channel_id}))
    if not here.is_limited:
        return EVERYBODY
    bot, texts = services_of(interaction), texts_for(str(interaction.locale))
    asked = (interaction.id, interaction.user.id)
    bot.access_choices[asked] = choice = asyncio.get_running_loop().create_future()
    try:
        await respond(interaction, _question(interaction, names, here, texts))
        chosen = await asyncio.wait_for(choice, CHOICE_SECONDS)
    except TimeoutError:
        chosen = CANCEL
    finally:
        del bot.access_choices[asked]
    if chosen == CANCEL:
        await respond(interaction, embed_payload(texts.access_cancelled.format(names=names), colour=PROBLEM))
        return None
    return here if chosen == CHANNEL else EVERYBODY


def _known_channel(interaction: discord.Interaction) -> discord.abc.GuildChannel | discord.Thread | None:
    """The channel as Discord told of it before: an interaction brings one without who sees it, but for a thread."""
    guild, channel = interaction.guild, interaction.channel
    known = guild.get_channel_or_thread(interaction.channel_id or 0) if guild else None
    return known or (channel if isinstance(channel, discord.Thread) else None)


def _question(interaction: discord.Interaction, names: str, here: DocumentAccess, texts: Texts) -> Any:
    view = discord.ui.View(timeout=None)
    for choice, label in ((CHANNEL, texts.button_access_channel), (ALL, texts.button_access_all)):
        view.add_item(AccessButton.of(custom_ids.access(choice, interaction.id), label))
    view.add_item(AccessButton.of(custom_ids.access(CANCEL, interaction.id), texts.button_access_cancel))
    (channel,) = here.channels
    question = texts.access_question.format(names=names, channel=f"<#{channel}>")
    return replace(embed_payload(question), view=view)


class AccessButton(PersistentButton, template=custom_ids.ACCESS):
    """One of the three choices."""

    @guarded("choosing who may see a document")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the choice to whoever waits for it; after a restart nobody does."""
        bot: BotServices = services_of(interaction)
        texts = texts_for(str(interaction.locale))
        choice = bot.access_choices.get((int(self.parts["asked"]), interaction.user.id))
        if choice is None or choice.done():
            await respond_problem(interaction, texts.access_too_late)
            return
        if (problem := library_objection(interaction, texts)) is not None:  # the question may be minutes old
            choice.set_result(CANCEL)
            await respond_problem(interaction, problem)
            return
        choice.set_result(self.parts["choice"])
        await defer(interaction, update=True)
