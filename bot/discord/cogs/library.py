"""``/library list|add|remove|clear|status``: the documents of one server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.audience import audience_of
from bot.discord.asking.edit_throttle import throttle_edits
from bot.discord.asking.error_sentences import error_sentence, respond_problem
from bot.discord.asking.interactions import CONNECTION_ERRORS, defer, respond
from bot.discord.asking.payloads import embed_payload, mentions
from bot.discord.asking.responders import InteractionResponder
from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library import document_list
from bot.discord.library.collections import Audience, DocumentAccess
from bot.discord.permissions import may_change_library
from bot.discord.services import BotServices
from bot.discord.texts import Texts, texts_for
from bot.discord.views.access_choice import choose_access
from retrieval import SourceError, SourceRecord, UnknownSourceError, check_file

LIST_FILE = "library.md"
MAX_NAME = 120
MAX_CHOICES = 25
MAX_WARNINGS, MAX_WARNING = 5, 300
MAX_CHOICE_NAME = 100

Steps = asyncio.Queue[tuple[int, int] | None]


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
        short, whole = document_list.render_list(own, shared, texts)
        await respond(interaction, embed_payload(short, attachment=None if whole is None else (LIST_FILE, whole)))

    @library.command(name="add", description="Add a document, or a new version of one")
    @app_commands.describe(file="A PDF, Office, EPUB, HTML, Markdown or text file; one with the same name is replaced")
    async def add(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Add an attachment to this server's collection, telling how far it is."""
        texts = texts_for(str(interaction.locale))
        if (problem := await self._objection(interaction, texts)) is not None:
            await respond_problem(interaction, problem)
            return
        responder = InteractionResponder(interaction, texts, private=True)
        name = shorten(file.filename, MAX_NAME)
        with self.bot.answer_service.at_work():
            try:
                await responder.begin()
                check_file(file.filename, file.size)
                if (access := await choose_access(interaction, name)) is None:
                    return
                # A word about progress that gets lost loses nothing.
                with suppress(discord.HTTPException, *CONNECTION_ERRORS):
                    await responder.show(embed_payload(texts.library_reading.format(name=name)))
                payload = embed_payload(await self._add(interaction, file, responder, name, access))
            except SourceError as error:
                payload = embed_payload(document_list.refusal_sentence(error, name, texts), colour=PROBLEM)
            except asyncio.CancelledError:
                if not self.bot.answer_service.stopping:
                    raise
                payload = embed_payload(texts.library_stopped.format(name=name), colour=PROBLEM)
            except Exception as error:  # noqa: BLE001 (told by the way that outlives a long indexing)
                payload = embed_payload(error_sentence(error, texts, "adding a document"), colour=PROBLEM)
            await responder.finish(payload)

    @library.command(name="remove", description="Remove a document of this server")
    @app_commands.describe(document="Which document")
    async def remove(self, interaction: discord.Interaction, document: str) -> None:
        """Remove a document from this server's collection."""
        texts = texts_for(str(interaction.locale))
        if (problem := await self._objection(interaction, texts)) is not None:
            await respond_problem(interaction, problem)
            return
        await defer(interaction)
        own, shared = await self._documents_of(interaction)
        meant = document_list.find_documents(document, own)
        if len(meant) != 1:
            await respond_problem(
                interaction, _unclear(document, meant, document_list.find_documents(document, shared), texts)
            )
            return
        named = meant[0]
        assert interaction.guild_id is not None  # noqa: S101 (the command works in servers only)
        name = shorten(named.title, MAX_NAME)
        try:
            await self.bot.library_editor.remove(interaction.guild_id, named.id)
        except UnknownSourceError:  # somebody else was faster
            await respond_problem(interaction, texts.library_unknown.format(name=name))
        else:
            await respond(interaction, embed_payload(texts.library_removed.format(title=name)))

    @remove.autocomplete("document")
    async def _suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        own, _ = await self._documents_of(interaction)
        offered = document_list.choices(typed, own, MAX_CHOICES, MAX_CHOICE_NAME)
        return [app_commands.Choice(name=label, value=source_id) for label, source_id in offered]

    @library.command(name="clear", description="Remove all documents of this server")
    @app_commands.describe(name="The name of this server, to be sure")
    async def clear(self, interaction: discord.Interaction, name: str) -> None:
        """Remove this server's collection with everything in it; whoever types the server's name means it."""
        texts = texts_for(str(interaction.locale))
        if (problem := await self._objection(interaction, texts)) is not None:
            await respond_problem(interaction, problem)
            return
        guild = interaction.guild
        assert guild is not None  # noqa: S101 (the command works in servers only)
        if name.strip().casefold() != guild.name.strip().casefold():
            await respond_problem(interaction, texts.library_clear_name.format(name=shorten(guild.name, MAX_NAME)))
            return
        await defer(interaction)
        everything = interaction.permissions.manage_guild
        seen_by = None if everything else _audience(interaction)
        count = await self.bot.library_editor.remove_all(guild.id, seen_by)
        sentence = texts.library_cleared if count else texts.library_clear_empty
        await respond(interaction, embed_payload(sentence.format(documents=texts.documents(count))))

    @library.command(name="status", description="How large the library is, and whether it is sound")
    async def status(self, interaction: discord.Interaction) -> None:
        """Count, and hash every text anew."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        shared = self.bot.settings_of(interaction.guild_id).shared_documents
        audience = _audience(interaction)
        lines = await asyncio.to_thread(document_list.status_lines, self.bot.library, audience, texts, shared=shared)
        await respond(interaction, embed_payload("\n".join(lines)))

    async def _objection(self, interaction: discord.Interaction, texts: Texts) -> str | None:
        """Why this person may not change the library now; checked here, whatever Discord shows to whom."""
        if self.bot.answer_service.stopping:
            return texts.stopping
        settings = self.bot.settings_of(interaction.guild_id)
        person = interaction.user
        role_ids = [role.id for role in person.roles] if isinstance(person, discord.Member) else []
        if may_change_library(settings, role_ids, interaction.permissions.manage_guild):
            return None
        if settings.library_roles:
            return texts.library_not_allowed_roles.format(roles=mentions("@&", settings.library_roles))
        return texts.library_not_allowed

    async def _add(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        responder: InteractionResponder,
        name: str,
        access: DocumentAccess,
    ) -> str:
        """Index the file, showing how far that is, and give the sentence for the end."""
        assert interaction.guild_id is not None  # noqa: S101 (the command works in servers only)
        texts, loop = responder.surface.texts, asyncio.get_running_loop()
        data = await file.read()
        steps: Steps = asyncio.Queue()
        steps.put_nowait((0, 1))

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(steps.put_nowait, (done, total))

        async def show(step: tuple[int, int]) -> None:
            done, total = (texts.number(value) for value in step)
            await responder.show(embed_payload(texts.library_indexing.format(name=name, done=done, total=total)))

        adding = self.bot.library_editor.add(
            interaction.guild_id, file.filename, data, progress, access=access, by=_audience(interaction)
        )
        work = asyncio.create_task(adding)
        work.add_done_callback(lambda _: steps.put_nowait(None))
        await throttle_edits(_until_none(steps), show)
        source, report = await work
        title = shorten(source.title, MAX_NAME)
        if report.unchanged:
            return texts.library_unchanged.format(title=title)
        done = (texts.library_replaced if report.replaced else texts.library_added).format(title=title)
        warnings = [f"- {shorten(warning, MAX_WARNING)}" for warning in source.warnings[:MAX_WARNINGS]]
        return "\n".join([done, texts.library_warnings, *warnings] if warnings else [done])

    async def _documents_of(self, interaction: discord.Interaction) -> tuple[list[SourceRecord], list[SourceRecord]]:
        """The documents of the server that this person may see, and those that all servers share."""
        shared = self.bot.settings_of(interaction.guild_id).shared_documents
        return await asyncio.to_thread(
            document_list.documents_of, self.bot.library, _audience(interaction), shared=shared
        )


def _audience(interaction: discord.Interaction) -> Audience:
    """The person alone: what is told about documents is shown to nobody else."""
    return audience_of(interaction.user, interaction.channel, interaction.guild, private=True)


async def _until_none(steps: Steps) -> AsyncIterator[tuple[int, int]]:
    while (step := await steps.get()) is not None:
        yield step


def _unclear(document: str, meant: Sequence[SourceRecord], shared: Sequence[SourceRecord], texts: Texts) -> str:
    """Why it is not clear which document of the server to remove."""
    if meant:
        return texts.library_several.format(name=shorten(document, MAX_NAME))
    if shared:
        return texts.library_shared_stays.format(title=shorten(shared[0].title, MAX_NAME))
    return texts.library_unknown.format(name=shorten(document, MAX_NAME))
