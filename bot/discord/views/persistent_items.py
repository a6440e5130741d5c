"""Buttons and lists that work after a restart: what they need to know is in their custom ids."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Generic, Self, TypeVar

import discord

Widget = TypeVar("Widget", bound=discord.ui.Item[Any])
# discord.py wants a template of every class, and these two are for no custom id.
NO_ID = r"(?!)"


class PersistentItem(discord.ui.DynamicItem[Widget], Generic[Widget], template=NO_ID):
    """A button or list of which any number may exist; ``parts`` is what its custom id says, by the template's names."""

    def __init__(self, item: Widget) -> None:
        super().__init__(item)
        match = self.template.fullmatch(self.custom_id)
        self.parts: dict[str, Any] = match.groupdict() if match else {}

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """The item as it was used."""
        used: Any = item
        return cls(used)


class PersistentButton(PersistentItem[discord.ui.Button[Any]], template=NO_ID):
    """A button; each class has its look."""

    emoji: ClassVar[str | None] = None
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    @classmethod
    def of(cls, custom_id: str, label: str | None = None) -> Self:
        """A button to show."""
        return cls(discord.ui.Button(custom_id=custom_id, label=label, emoji=cls.emoji, style=cls.style))
