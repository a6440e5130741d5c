"""``/library list|add|remove|access|clear|status``: the documents of one server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.audience import audience_of, existing_places
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, open_form, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library import document_list
from bot.discord.library.collections import EVERYBODY, Audience, guild_collections, holding_collections
from bot.discord.library.document_details import details_of
from bot.discord.library_rights import library_objection, reach_of
from bot.discord.records import additions
from bot.discord.services import BotServices
from bot.discord.sources.access_form import AccessForm, change_access
from bot.discord.sources.file_addition import add_files
from bot.discord.sources.given_files import attached
from bot.discord.sources.removal import remove_all_documents, remove_document
from bot.discord.sources.web_addition import MOST_PAGES, USUAL_PAGES, WebAddition
from bot.discord.texts import Texts, texts_for
from bot.discord.views.add_form import AddForm
from bot.discord.views.empty_library_notice import empty_library_here
from retrieval import SourceRecord

LIST_FILE = "library.md"
MAX_NAME = 120


class LibraryCog(commands.Cog):
    """What the bot answers from in one server."""

    library = app_commands.Group(name="library", description="The documents that I answer from", guild_only=True)

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    @library.command(name="list", description="List the documents that I answer from here")
    async def list_documents(self, interaction: discord.Interaction) -> None:
        """Show the documents of this server, and those that all servers share."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        own, shared = await self._documents_of(interaction)
        if not (own or shared):
            await respond(interaction, embed_payload(empty_library_here(interaction)))
            return
        guild = interaction.guild
        assert guild is not None  # noqa: S101 (the command works in servers only)
        added = await self.bot.database.run(additions.load, guild.id)
        places = await self._places(guild)
        details = await asyncio.to_thread(details_of, self.bot.library, guild.id, added, places)
        short, whole = document_list.render_list(own, shared, texts, details)
        await respond(interaction, embed_payload(short, attachment=None if whole is None else (LIST_FILE, whole)))

    @library.command(name="add", description="Add documents, from files or an address, or new versions of them")
    @app_commands.describe(
        file="One file; leave it out to open a form for ten. PDF, Office, EPUB, HTML, Markdown, text, ZIP",
        url="The address of a public page or file",
    )
    async def add(
        self, interaction: discord.Interaction, file: discord.Attachment | None = None, url: str | None = None
    ) -> None:
        """Add a file or a page; without either, open the form for several."""
        texts = texts_for(str(interaction.locale))
        if not await self._may_change(interaction):
            return
        if file is not None and url is not None:
            await respond_problem(interaction, texts.add_form_both)
        elif file is not None:
            await add_files(self.bot, interaction, attached([file]))
        elif url is not None:
            await self._add_page(interaction, url)
        else:
            await open_form(interaction, AddForm(texts, self._add_files, self._add_page))

    async def _add_files(self, interaction: discord.Interaction, files: Sequence[discord.Attachment]) -> None:
        if await self._may_change(interaction):
            await add_files(self.bot, interaction, attached(files))

    async def _add_page(self, interaction: discord.Interaction, url: str) -> None:
        if await self._may_change(interaction):
            await WebAddition(self.bot, interaction).add_page(url.strip())

    @library.command(name="site", description="Add the pages of a web site")
    @app_commands.describe(
        url="Where the site begins; I take only what is at or below this address",
        pages="How many pages at most (default: 100)",
    )
    async def site(
        self, interaction: discord.Interaction, url: str, pages: app_commands.Range[int, 1, MOST_PAGES] = USUAL_PAGES
    ) -> None:
        """Add a site page by page, with a button that ends it."""
        if await self._may_change(interaction):
            await WebAddition(self.bot, interaction).add_site(url.strip(), pages)

    @library.command(
        name="refresh", description="Fetch the documents from the web again, and replace those that have changed"
    )
    async def refresh(self, interaction: discord.Interaction) -> None:
        """Ask again for all web pages of this server that the person may see."""
        if await self._may_change(interaction):
            await WebAddition(self.bot, interaction).refresh()

    @library.command(name="remove", description="Remove a document of this server")
    @app_commands.describe(document="Which document")
    async def remove(self, interaction: discord.Interaction, document: str) -> None:
        """Remove a document from this server's collection."""
        texts = texts_for(str(interaction.locale))
        if not await self._may_change(interaction):
            return
        await defer(interaction)
        if (meant := await self._meant(interaction, document, texts)) is not None:
            await remove_document(self.bot, interaction, meant)

    @library.command(name="access", description="Choose who may see a document")
    @app_commands.describe(
        document="Which document", everybody="Everybody in this server, instead of channels and roles"
    )
    async def access(self, interaction: discord.Interaction, document: str, everybody: bool = False) -> None:
        """Open a form with channels and roles, or let everybody see it again."""
        texts, guild = texts_for(str(interaction.locale)), interaction.guild
        assert guild is not None  # noqa: S101 (the command works in servers only)
        if not await self._may_change(interaction):
            return
        if everybody:
            await defer(interaction)
        if (meant := await self._meant(interaction, document, texts)) is None:
            return
        if everybody:
            await change_access(interaction, meant, EVERYBODY)
            return
        held = await asyncio.to_thread(holding_collections, self.bot.library, guild.id, meant.id)
        named = await asyncio.to_thread(guild_collections, self.bot.library, guild.id)
        reach = await reach_of(interaction)
        now = next((named[name] for name in held if name in named and reach(named[name])), EVERYBODY)
        await open_form(interaction, AccessForm(meant, now, guild, texts))

    @access.autocomplete("document")
    @remove.autocomplete("document")
    async def _suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        own, _ = await self._documents_of(interaction)
        offered = document_list.choices(typed, own)
        return [app_commands.Choice(name=label, value=source_id) for label, source_id in offered]

    @library.command(name="clear", description="Remove all documents of this server")
    @app_commands.describe(name="The name of this server, to be sure")
    async def clear(self, interaction: discord.Interaction, name: str) -> None:
        """Remove this server's collection with everything in it; whoever types the server's name means it."""
        texts = texts_for(str(interaction.locale))
        if not await self._may_change(interaction):
            return
        guild = interaction.guild
        assert guild is not None  # noqa: S101 (the command works in servers only)
        if name.strip().casefold() != guild.name.strip().casefold():
            await respond_problem(interaction, texts.library_clear_name.format(name=shorten(guild.name, MAX_NAME)))
            return
        everything = interaction.permissions.manage_guild
        await remove_all_documents(self.bot, interaction, None if everything else _audience(interaction))

    @library.command(name="status", description="How large the library is, and whether it is intact")
    async def status(self, interaction: discord.Interaction) -> None:
        """Count, and hash every text anew."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        shared = self.bot.settings_of(interaction.guild_id).shared_documents
        audience = _audience(interaction)
        lines = await asyncio.to_thread(document_list.status_lines, self.bot.library, audience, texts, shared=shared)
        await respond(interaction, embed_payload("\n".join(lines)))

    async def _may_change(self, interaction: discord.Interaction) -> bool:
        """Whether this person may change the library now; why not is said."""
        problem = library_objection(interaction, texts_for(str(interaction.locale)))
        if problem is not None:
            await respond_problem(interaction, problem)
        return problem is None

    async def _meant(self, interaction: discord.Interaction, document: str, texts: Texts) -> SourceRecord | None:
        """The document of the server that is meant; None where that is not clear, which has been said then."""
        own, shared = await self._documents_of(interaction)
        meant = document_list.find_documents(document, own)
        if len(meant) == 1:
            return meant[0]
        problem = _unclear(document, meant, document_list.find_documents(document, shared), texts)
        await respond_problem(interaction, problem)
        return None

    async def _documents_of(self, interaction: discord.Interaction) -> tuple[list[SourceRecord], list[SourceRecord]]:
        """The documents of the server that this person may see, and those that all servers share.

        Whoever manages the server also finds those that nobody sees any more, to let others see them.
        """
        library, audience = self.bot.library, _audience(interaction)
        shared = self.bot.settings_of(interaction.guild_id).shared_documents
        own, common = await asyncio.to_thread(document_list.documents_of, library, audience, shared=shared)
        if interaction.guild is not None and interaction.permissions.manage_guild and not audience.sees_all:
            places = await self._places(interaction.guild)
            own = own + await asyncio.to_thread(document_list.lost_documents, library, interaction.guild.id, places)
        return own, common

    async def _places(self, guild: discord.Guild) -> frozenset[int]:
        """Those of the channels and roles that documents are limited to which are there."""
        named = await asyncio.to_thread(guild_collections, self.bot.library, guild.id)
        return await existing_places(guild, named.values())


def _audience(interaction: discord.Interaction) -> Audience:
    """The person alone: what is told about documents is shown to nobody else."""
    return audience_of(interaction.user, interaction.channel, interaction.guild, private=True)


def _unclear(document: str, meant: Sequence[SourceRecord], shared: Sequence[SourceRecord], texts: Texts) -> str:
    """Why it is not clear which document of the server to remove."""
    if meant:
        return texts.library_several.format(name=shorten(document, MAX_NAME))
    if shared:
        return texts.library_shared_stays.format(title=shorten(shared[0].title, MAX_NAME))
    return texts.library_unknown.format(name=shorten(document, MAX_NAME))
