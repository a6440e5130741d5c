"""The form in which somebody gives several files at once, or an address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.discord.asking.error_sentences import respond_problem
from bot.discord.texts import Texts, texts_for
from bot.discord.views.forms import FORM_SECONDS
from bot.discord.views.guard import guarded

# As many as Discord takes in one form.
MOST_FILES = 10
MOST_ADDRESS_CHARACTERS = 4000

TakeFiles = Callable[[discord.Interaction, Sequence[discord.Attachment]], Awaitable[None]]
TakeAddress = Callable[[discord.Interaction, str], Awaitable[None]]


class AddForm(discord.ui.Modal):
    """Up to ten files, or the address of one page.

    Args:
        texts: The words, in the person's language.
        take_files: Adds the files.
        take_address: Adds the page.
    """

    def __init__(self, texts: Texts, take_files: TakeFiles, take_address: TakeAddress) -> None:
        super().__init__(title=texts.add_form_title, timeout=FORM_SECONDS)
        self._take_files, self._take_address = take_files, take_address
        self._files: discord.ui.FileUpload[Any] = discord.ui.FileUpload(
            min_values=0, max_values=MOST_FILES, required=False
        )
        self._address: discord.ui.TextInput[Any] = discord.ui.TextInput(
            placeholder="https://", required=False, max_length=MOST_ADDRESS_CHARACTERS
        )
        self.add_item(
            discord.ui.Label(
                text=texts.add_form_files, description=texts.add_form_files_description, component=self._files
            )
        )
        self.add_item(
            discord.ui.Label(
                text=texts.add_form_address, description=texts.add_form_address_description, component=self._address
            )
        )

    @guarded("adding documents")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Add what was given, files or a page; both at once would need two answers."""
        texts = texts_for(str(interaction.locale))
        files, address = self._files.values, self._address.value.strip()
        if bool(files) == bool(address):
            await respond_problem(interaction, texts.add_form_both if files else texts.add_form_empty)
        elif files:
            await self._take_files(interaction, files)
        else:
            await self._take_address(interaction, address)
