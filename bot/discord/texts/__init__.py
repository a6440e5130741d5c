"""Every sentence that people in a server read, a module for each language; pure: knows no Discord.

A language is added as a module that makes a ``Texts``, such as ``italian.py``, and nothing else: it is found here.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from bot.discord.texts.english import ENGLISH
from bot.discord.texts.texts import Texts
from bot.replies import Reply

__all__ = ["LANGUAGES", "Texts", "reply_line", "texts_for"]


def _found() -> dict[str, Texts]:
    """The texts of each module, by locale; in the order of the modules' names."""
    modules = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return {texts.locale: texts for module in modules for texts in vars(module).values() if isinstance(texts, Texts)}


LANGUAGES: Mapping[str, Texts] = MappingProxyType(_found())


def reply_line(reply: Reply, here: Texts) -> str:
    """What is said back to small talk: in its own language, and as it is said here where it belongs to none."""
    texts = here if reply.language is None else LANGUAGES.get(reply.language)
    return reply.text if texts is None else texts.reply(reply.to)


def texts_for(locale: str | None) -> Texts:
    """The texts in the language of a locale such as ``it`` or ``en-GB``; English where there are none."""
    return LANGUAGES.get((locale or "").split("-")[0].lower(), ENGLISH)
