"""Every sentence that people in a server read, in English and Italian; pure: knows no Discord."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.discord.texts.english import ENGLISH
from bot.discord.texts.italian import ITALIAN
from bot.discord.texts.sentences import Texts

__all__ = ["LANGUAGES", "Texts", "texts_for"]

# By the first part of the names that Discord gives to locales.
LANGUAGES: Mapping[str, Texts] = MappingProxyType({"en": ENGLISH, "it": ITALIAN})


def texts_for(locale: str | None) -> Texts:
    """The texts in the language of a locale such as ``it`` or ``en-GB``; English where there are none."""
    return LANGUAGES.get((locale or "").split("-")[0].lower(), ENGLISH)
