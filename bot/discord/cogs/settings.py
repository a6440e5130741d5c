"""``/settings``: where and whom the bot answers, in which language, and how often."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload, mentions
from bot.discord.records.server_settings import LARGEST_LIMIT, Change, ServerSettings
from bot.discord.services import BotServices
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.discord.views.server_deletion_form import open_server_deletion

Limit = app_commands.Range[int, 1, LARGEST_LIMIT]
FOLLOW_SERVER = "server"
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
        add: discord.TextChannel | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel | None = None,
        remove: discord.TextChannel | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel | None = None,
        everywhere: bool = False,
    ) -> None:
        """Change the list of channels; an empty list means all."""
        _, texts = await self._begin(interaction)
        if not (add or remove or everywhere):
            await respond_problem(interaction, texts.settings_nothing_given)
            return

        def change(settings: ServerSettings) -> ServerSettings:
            return replace(settings, channels=_changed(settings.channels, add, remove, clear=everywhere) or None)

        channels = (await self._save(interaction, change)).channels
        await respond(
            interaction,
            embed_payload(
                texts.settings_channels_changed.format(channels=mentions("#", channels))
                if channels
                else texts.settings_channels_opened
            ),
        )

    @settings.command(name="roles", description="Choose the roles that may ask me, or change the library")
    @app_commands.describe(
        purpose="What the role is allowed",
        add="Allow this role",
        remove="No longer allow this role",
        clear="Take all roles off the list",
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
        if purpose == LIBRARY:
            roles: frozenset[int] | None = (
                await self._save(
                    interaction,
                    lambda old: replace(old, library_roles=_changed(old.library_roles, add, remove, clear=clear)),
                )
            ).library_roles
            sentence = texts.settings_library_roles_changed if roles else texts.settings_library_roles_closed
        else:
            roles = (
                await self._save(
                    interaction,
                    lambda old: replace(old, asking_roles=_changed(old.asking_roles, add, remove, clear=clear) or None),
                )
            ).asking_roles
            sentence = texts.settings_asking_roles_changed if roles else texts.settings_asking_roles_opened
        await respond(interaction, embed_payload(sentence.format(roles=mentions("@&", roles or ()))))

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
        await self._save(interaction, lambda old: replace(old, language=chosen))
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
        after = await self._save(interaction, lambda old: replace(old, **given))
        await respond(interaction, embed_payload(_limits(texts.settings_limits_changed, after, texts)))

    @settings.command(name="forget", description="Delete everything that I keep for this server")
    async def forget(self, interaction: discord.Interaction) -> None:
        """Open the form in which the server's name is typed."""
        await open_server_deletion(interaction)

    @settings.command(name="show", description="Show the settings of this server")
    async def show(self, interaction: discord.Interaction) -> None:
        """Show everything that was set, and the defaults."""
        current, texts = await self._begin(interaction)
        language = self.bot.texts_of(interaction.guild, current).language
        lines = [
            texts.settings_heading,
            texts.settings_channels.format(channels=mentions("#", current.channels))
            if current.channels
            else texts.settings_channels_all,
            texts.settings_asking_roles.format(roles=mentions("@&", current.asking_roles))
            if current.asking_roles
            else texts.settings_asking_roles_all,
            texts.settings_library_roles.format(roles=mentions("@&", current.library_roles))
            if current.library_roles
            else texts.settings_library_roles_none,
            (texts.settings_language if current.language else texts.settings_language_automatic).format(
                language=language
            ),
            _limits(texts.settings_limits, current, texts),
        ]
        await respond(interaction, embed_payload("\n".join(lines)))

    async def _begin(self, interaction: discord.Interaction) -> tuple[ServerSettings, Texts]:
        await defer(interaction)
        return self.bot.settings_of(interaction.guild_id), texts_for(str(interaction.locale))

    async def _save(self, interaction: discord.Interaction, make: Change) -> ServerSettings:
        assert interaction.guild_id is not None  # noqa: S101 (the commands work in servers only)
        return await self.bot.change_settings(interaction.guild_id, make)


def _changed(
    before: frozenset[int] | None,
    add: discord.abc.Snowflake | None,
    remove: discord.abc.Snowflake | None,
    *,
    clear: bool,
) -> frozenset[int]:
    kept = frozenset[int]() if clear else (before or frozenset()) - {remove.id if remove else 0}
    return kept | {add.id} if add else kept


def _limits(sentence: str, settings: ServerSettings, texts: Texts) -> str:
    return sentence.format(
        minute=texts.number(settings.questions_per_minute),
        day=texts.number(settings.questions_per_day),
        server=texts.number(settings.server_questions_per_day),
    )
