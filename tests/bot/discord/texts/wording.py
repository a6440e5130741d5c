"""The sentences of a language, one by one, and the same language in other words."""

from __future__ import annotations

import codecs
import re
from dataclasses import fields, replace
from string import Formatter

from bot.discord.texts import Texts

BLANK = re.compile(r"(\{[a-z_]*\})")


def sentences(texts: Texts) -> dict[str, str]:
    return {field.name: getattr(texts, field.name) for field in fields(Texts)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def in_other_words(texts: Texts) -> Texts:
    """The texts with every letter another one, so that each sentence is as long as it was, and fills in the same."""
    return replace(texts, **{name: _turned(text) for name, text in sentences(texts).items()})


def _turned(text: str) -> str:
    return "".join(part if BLANK.fullmatch(part) else codecs.encode(part, "rot13") for part in BLANK.split(text))
