"""What Discord shows of commands in other languages: descriptions are translated, names stay English."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.discord.texts.descriptions import ITALIAN_DESCRIPTIONS

DESCRIPTIONS = {
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.group_description,
    app_commands.TranslationContextLocation.parameter_description,
}


class DescriptionTranslator(app_commands.Translator):
    """Gives the descriptions in Italian."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The description in that language; None leaves it English."""
        if locale is not discord.Locale.italian or context.location not in DESCRIPTIONS:
            return None
        return ITALIAN_DESCRIPTIONS.get(string.message)
