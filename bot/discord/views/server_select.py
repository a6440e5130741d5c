"""The choice of the server that direct messages are answered from: a list, and the button that opens it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord

from bot.discord import custom_ids
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.asking.server_choice import server_choice_payload
from bot.discord.formatting.discord_markdown import escape
from bot.discord.router import ask_by_interaction
from bot.discord.services import services_of
from bot.discord.texts import texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton, PersistentItem


class ServerSelect(PersistentItem[discord.ui.Select[Any]], template=custom_ids.SERVERS):
    """The list of servers: one is chosen, and the question that waited for it is answered."""

    @guarded("choosing a server")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Answer from the chosen server from now on."""
        bot, texts = services_of(interaction), texts_for(str(interaction.locale))
        guild_id = int(self.item.values[0])
        pending = bot.shared_servers.choose(interaction.user, guild_id)
        if pending is not None:
            await ask_by_interaction(
                interaction,
                pending.text,
                private=False,
                history=pending.history,
                document=pending.document,
                source_id=pending.source_id,
            )
            return
        await defer(interaction, private=False)
        shared = {guild.id: guild for guild in await bot.shared_servers.of(interaction.user)}
        if guild_id not in shared:
            await respond_problem(interaction, texts.server_left)
            return
        view = discord.ui.View(timeout=None)
        view.add_item(ServerButton.of(custom_ids.server(guild_id), texts.button_server))
        chosen = embed_payload(texts.server_chosen.format(name=escape(shared[guild_id].name)))
        await respond(interaction, replace(chosen, view=view))


class ServerButton(PersistentButton, template=custom_ids.SERVER):
    """Choose another server; the answer above is from the one that its id names."""

    emoji = "🏘️"

    @guarded("offering the servers")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the list."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        if guilds := await services_of(interaction).shared_servers.of(interaction.user):
            await respond(interaction, server_choice_payload(guilds, texts))
        else:
            await respond_problem(interaction, texts.server_left)


SERVER_ITEMS = (ServerSelect, ServerButton)
