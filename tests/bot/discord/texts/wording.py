"""The sentences of a language, one by one, and the same language in other words."""

from __future__ import annotations

import codecs
import re
from dataclasses import fields, replace
from string import Formatter
from typing import Any

from bot.discord.texts import Texts

NO_SENTENCES = {"locale", "descriptions"}
BLANK = re.compile(r"(\{[a-z_]*\})")


def sentences(texts: Texts) -> dict[str, str]:
    """All but the locale, and the descriptions of commands, which stand in no message."""
    return {field.name: getattr(texts, field.name) for field in fields(Texts) if field.name not in NO_SENTENCES}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def in_other_words(texts: Texts) -> Texts:
    """The texts with every letter another one, so that each sentence is as long as it was, and fills in the same."""
    turned: dict[str, Any] = {name: _turned(text) for name, text in sentences(texts).items()}
    return replace(texts, **turned)


def _turned(text: str) -> str:
    return "".join(part if BLANK.fullmatch(part) else codecs.encode(part, "rot13") for part in BLANK.split(text))
