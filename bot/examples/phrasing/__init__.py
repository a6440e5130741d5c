"""How statements and headings become questions, a file for each language that this works in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.examples.phrasing.english import ENGLISH
from bot.examples.phrasing.german import GERMAN
from bot.examples.phrasing.italian import ITALIAN
from bot.examples.phrasing.rules import Phrasing, QuestionRule
from bot.examples.phrasing.spanish import SPANISH

__all__ = ["PHRASINGS", "Phrasing", "QuestionRule"]

PHRASINGS: Mapping[str, Phrasing] = MappingProxyType(
    {phrasing.language: phrasing for phrasing in (ENGLISH, ITALIAN, GERMAN, SPANISH)}
)
