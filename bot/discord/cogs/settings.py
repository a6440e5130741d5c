"""``/settings``: where and whom the bot answers, in which language, and how often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload, mentions
from bot.discord.formatting.discord_markdown import shorten_escaped
from bot.discord.records import lost_places
from bot.discord.records.server_settings import LARGEST_LIMIT, Change, ServerSettings
from bot.discord.records.setting_changes import (
    LastOneError,
    RefusedChangeError,
    consistent,
    list_change,
    option_change,
    removal,
    together,
    value_change,
)
from bot.discord.services import BotServices
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.discord.views.server_deletion_form import open_server_deletion
from bot.discord.views.settings_panel.lost_words import first_lost, lost_lines
from bot.discord.views.settings_panel.missing_rights import setting_lines
from bot.discord.views.settings_panel.panel import ask_what_empty_means, may_manage, server_facts, show_page
from bot.discord.views.settings_panel.refusal_words import refusal_sentence
from bot.discord.views.settings_panel.registry import BY_FIELD, PanelPage
from bot.discord.views.settings_panel.selects import refuse_managers
from bot.discord.views.settings_panel.setting_values import all_lines

Limit = app_commands.Range[int, 1, LARGEST_LIMIT]
AskedIn = (
    discord.TextChannel | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel | discord.CategoryChannel
)
FOLLOW_SERVER = "server"
LONGEST_LIST = 4000
ASKING, LIBRARY = "ask", "library"


class SettingsCog(commands.Cog):
    """The settings of one server; Discord shows them to people with Manage Server, or whom the server allows."""

    settings = app_commands.Group(
        name="settings",
        description="Where I answer, whom, in which language, and how often",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    @settings.command(name="channels", description="Choose the channels in which I answer")
    @app_commands.describe(
        add="Answer in this channel", remove="No longer answer in this channel", everywhere="Answer in all channels"
    )
    async def channels(
        self,
        interaction: discord.Interaction,
        add: AskedIn | None = None,
        remove: AskedIn | None = None,
        everywhere: bool = False,
    ) -> None:
        """Change the list of channels; without a list it is all of them."""
        _, texts = await self._begin(interaction)
        if not (add or remove or everywhere):
            await respond_problem(interaction, texts.settings_nothing_given)
            return
        after = await self._save(
            interaction, lambda: option_change("channels", _id(add), _id(remove), clear=everywhere)
        )
        if after is not None:
            opened, changed = texts.settings_channels_opened, texts.settings_channels_changed
            named = mentions("#", after.channels or ())
            await respond(interaction, embed_payload(changed.format(channels=named) if named else opened))

    @settings.command(name="roles", description="Choose the roles that may ask me, or change the library")
    @app_commands.describe(
        purpose="What the role is allowed",
        add="Allow this role",
        remove="No longer allow this role",
        clear="Clear the list: everyone may ask, or only Manage Server may change the library",
    )
    @app_commands.choices(
        purpose=[
            app_commands.Choice(name="ask questions", value=ASKING),
            app_commands.Choice(name="change the library", value=LIBRARY),
        ]
    )
    async def roles(
        self,
        interaction: discord.Interaction,
        purpose: str,
        add: discord.Role | None = None,
        remove: discord.Role | None = None,
        clear: bool = False,
    ) -> None:
        """Change one of the two lists of roles."""
        _, texts = await self._begin(interaction)
        if not (add or remove or clear):
            await respond_problem(interaction, texts.settings_nothing_given)
            return
        field = "library_roles" if purpose == LIBRARY else "asking_roles"
        after = await self._save(
            interaction, lambda: option_change(field, _id(add), _id(remove), clear=clear), mark="@&"
        )
        if after is None:
            return
        roles: frozenset[int] | None = getattr(after, field)
        if purpose == LIBRARY:
            sentence = texts.settings_library_roles_changed if roles else texts.settings_library_roles_closed
        else:
            sentence = texts.settings_asking_roles_changed if roles else texts.settings_asking_roles_opened
        await respond(interaction, embed_payload(sentence.format(roles=mentions("@&", roles or ()))))

    @settings.command(name="deny", description="Block a channel, a role or a person, whatever else is set")
    @app_commands.describe(
        channel="Do not answer in this channel or category",
        role="Do not answer people with this role",
        person="Do not answer this person",
        again="Remove them from the list again",
    )
    async def deny(
        self,
        interaction: discord.Interaction,
        channel: AskedIn | None = None,
        role: discord.Role | None = None,
        person: discord.User | None = None,
        again: bool = False,
    ) -> None:
        """Change the lists of those that are shut out."""
        _, texts = await self._begin(interaction)
        given = {"denied_channels": channel, "denied_roles": role, "denied_people": person}
        chosen = {field: one for field, one in given.items() if one is not None}

        def change() -> Change:
            if not again:
                refuse_managers([person])
            return together(
                [
                    removal(field, one.id) if again else list_change(field, add=(one.id,))
                    for field, one in chosen.items()
                ]
            )

        await self._save_and_tell(interaction, change, list(chosen), texts)

    @settings.command(name="language", description="Choose the language of my messages")
    @app_commands.describe(language="Commands and buttons follow each person's own language")
    @app_commands.choices(
        language=[
            app_commands.Choice(name="as the server", value=FOLLOW_SERVER),
            *(app_commands.Choice(name=texts.language, value=code) for code, texts in LANGUAGES.items()),
        ]
    )
    async def language(self, interaction: discord.Interaction, language: str) -> None:
        """Set the language of replies to messages, which do not tell the person's own."""
        _, texts = await self._begin(interaction)
        chosen = language if language in LANGUAGES else None
        if await self._save(interaction, lambda: value_change("language", chosen)) is None:
            return
        sentence = texts.settings_language_followed if chosen is None else LANGUAGES[chosen].settings_language_changed
        await respond(interaction, embed_payload(sentence))

    @settings.command(name="limits", description="Choose how many questions I take")
    @app_commands.describe(
        person_minute="Questions a minute from each person",
        person_day="Questions a day from each person",
        server_day="Questions a day from this server",
    )
    async def limits(
        self,
        interaction: discord.Interaction,
        person_minute: Limit | None = None,
        person_day: Limit | None = None,
        server_day: Limit | None = None,
    ) -> None:
        """Change one or more of the three limits."""
        _, texts = await self._begin(interaction)
        given: dict[str, Any] = {
            "questions_per_minute": person_minute,
            "questions_per_day": person_day,
            "server_questions_per_day": server_day,
        }
        given = {name: value for name, value in given.items() if value is not None}
        if not given:
            await respond_problem(interaction, texts.settings_nothing_given)
            return
        after = await self._save(interaction, lambda: lambda old: replace(old, **given))
        if after is not None:
            limits = {"minute": after.questions_per_minute, "day": after.questions_per_day}
            limits["server"] = after.server_questions_per_day
            sentence = texts.settings_limits_changed
            told = sentence.format(**{name: texts.number(limit) for name, limit in limits.items()})
            await respond(interaction, embed_payload(told))

    @settings.command(name="modes", description="Choose how I answer, and who helps where the documents do not")
    @app_commands.describe(
        shared_documents="Whether I also answer from the documents that all servers share",
        private_refusals="Whether I tell the asker alone when the documents do not say",
        gaps_channel="Where I post questions without a good answer",
        weekly_digest="Whether I post a digest there each week",
        human_channel="Where a person is asked for help",
        human_role="Which role is pinged there",
        read_pins="Whether pinned messages are documents",
    )
    async def modes(
        self,
        interaction: discord.Interaction,
        shared_documents: bool | None = None,
        private_refusals: bool | None = None,
        gaps_channel: discord.TextChannel | None = None,
        weekly_digest: bool | None = None,
        human_channel: discord.TextChannel | None = None,
        human_role: discord.Role | None = None,
        read_pins: bool | None = None,
    ) -> None:
        """Change what was given; to take a channel or role away again, there is the panel."""
        _, texts = await self._begin(interaction)
        given: dict[str, Any] = {
            "shared_documents": shared_documents,
            "private_refusals": private_refusals,
            "gaps_channel": _id(gaps_channel),
            "weekly_digest": weekly_digest,
            "human_channel": _id(human_channel),
            "human_role": _id(human_role),
            "read_pins": read_pins,
        }
        given = {field: value for field, value in given.items() if value is not None}
        changes = [value_change(field, value) for field, value in given.items()]
        await self._save_and_tell(interaction, lambda: together(changes), list(given), texts)

    @settings.command(name="panel", description="Show and change all settings of this server in one place")
    async def panel(self, interaction: discord.Interaction) -> None:
        """Open the panel; it is for people with Manage Server, whomever else the server lets call this."""
        if await may_manage(interaction):
            await defer(interaction)
            await show_page(interaction, PanelPage.PLACES)

    @settings.command(name="forget", description="Delete everything that I keep for this server")
    async def forget(self, interaction: discord.Interaction) -> None:
        """Open the form in which the server's name is typed."""
        await open_server_deletion(interaction)

    @settings.command(name="show", description="Show the settings of this server")
    async def show(self, interaction: discord.Interaction) -> None:
        """Show everything that was set, and the defaults; what was deleted in Discord has been seen then."""
        current, texts = await self._begin(interaction)
        guild = interaction.guild
        assert guild is not None  # noqa: S101 (the commands work in servers only)
        lost = first_lost(await self.bot.database.run(lost_places.load, guild.id))
        told = [texts.settings_heading, *(f"⚠️ {line}" for line in lost_lines(lost, texts))]
        lines = [*told, *all_lines(current, texts, self.bot.texts_of(guild, current))]
        await respond(interaction, embed_payload(shorten_escaped("\n".join(lines), LONGEST_LIST)))
        if lost:
            await self.bot.database.run(lost_places.forget, guild.id, lost)

    async def _save_and_tell(
        self, interaction: discord.Interaction, change: Callable[[], Change], fields: Sequence[str], texts: Texts
    ) -> None:
        """Carry out a change of these settings, and say what they are now."""
        if not fields:
            await respond_problem(interaction, texts.settings_nothing_given)
            return
        after, guild = await self._save(interaction, change), interaction.guild
        if after is not None and guild is not None:
            lines = [setting_lines(BY_FIELD[field], after, guild, texts, self.bot) for field in fields]
            await respond(interaction, embed_payload("\n".join([texts.settings_changed, *lines])))

    async def _begin(self, interaction: discord.Interaction) -> tuple[ServerSettings, Texts]:
        await defer(interaction)
        return self.bot.settings_of(interaction.guild_id), texts_for(str(interaction.locale))

    async def _save(
        self, interaction: discord.Interaction, make: Callable[[], Change], mark: str = "#"
    ) -> ServerSettings | None:
        """Carry out a change; where it is refused, or has to be asked about first, that is said and None is given."""
        guild = interaction.guild
        assert guild is not None  # noqa: S101 (the commands work in servers only)
        try:
            return await self.bot.change_settings(guild.id, consistent(make(), server_facts(guild)))
        except RefusedChangeError as refused:
            sentence = refusal_sentence(refused, texts_for(str(interaction.locale)), mark)
            await respond_problem(interaction, sentence)
        except LastOneError as last:
            await ask_what_empty_means(interaction, last)
        return None


def _id(one: discord.abc.Snowflake | None) -> int | None:
    return None if one is None else one.id
