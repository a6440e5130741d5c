"""The form for the three limits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import discord

from bot.discord.records.server_settings import LARGEST_LIMIT, LIMITS, Change, ServerSettings
from bot.discord.texts import Texts
from bot.discord.views.forms import FORM_SECONDS
from bot.discord.views.guard import guarded

MOST_DIGITS = len(f"{LARGEST_LIMIT:,}")

Finish = Callable[[discord.Interaction[Any], Change | None], Awaitable[None]]
"""Carries out the change, or says that a limit was no number where there is none."""


class LimitsForm(discord.ui.Modal):
    """How many questions are taken; a limit that somebody leaves as it is stays what others make of it meanwhile."""

    def __init__(self, settings: ServerSettings, texts: Texts, finish: Finish) -> None:
        super().__init__(title=texts.limits_title, timeout=FORM_SECONDS)
        self._finish = finish
        self._shown = {name: getattr(settings, name) for name in LIMITS}
        self._fields: dict[str, discord.ui.TextInput[Any]] = {
            name: discord.ui.TextInput(default=str(shown), max_length=MOST_DIGITS)
            for name, shown in self._shown.items()
        }
        for name, field in self._fields.items():
            self.add_item(discord.ui.Label(text=texts.setting(name), component=field))

    @guarded("changing the limits")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Change what was written anew."""
        given = {name: whole_number(field.value) for name, field in self._fields.items()}
        if not all(given.values()):
            await self._finish(interaction, None)
            return
        changed: dict[str, Any] = {name: limit for name, limit in given.items() if limit != self._shown[name]}
        await self._finish(interaction, lambda old: replace(old, **changed))


def whole_number(text: str) -> int | None:
    """The limit that somebody has written, with or without marks between the thousands; None for what is none."""
    digits = text.strip().translate(dict.fromkeys(map(ord, ".,' \u00a0\u202f"), None))
    if not (digits.isascii() and digits.isdigit()):
        return None
    limit = int(digits)
    return limit if 1 <= limit <= LARGEST_LIMIT else None
