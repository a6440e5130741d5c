"""Discord is told which commands there are, in all languages, and only when that has changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.discord.records.database import records_errors
from bot.discord.texts import texts_for
from retrieval.files import make_private_file

UNCHANGED = "Commands: in sync, nothing had changed."
CHANGED = "Commands: {count} brought in sync."


class DescriptionTranslator(app_commands.Translator):
    """Translates the descriptions of commands and options, and what options offer; names stay English."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The words in that language; None leaves them English."""
        return texts_for(str(locale)).descriptions.get(string.message)


async def sync_commands(tree: app_commands.CommandTree[Any], folder: Path) -> str:
    """Send the definitions if they differ from those sent last or from what Discord has; say in a line which it was.

    Args:
        tree: The commands of a bot that is logged in.
        folder: Where the hash of what was sent is kept.

    Raises:
        RecordsError: If the hash cannot be kept.
        discord.HTTPException: If Discord does not take them.
    """
    translator = tree.translator
    commands = tree.get_commands()
    payload = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in commands
    ]
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    sent = folder / f"{tree.client.application_id}.commands"
    with records_errors(sent):
        known = sent.read_bytes() if sent.exists() else b""
    if known == digest.encode():
        # Another program with the same token may have put its own commands in place of these.
        held = {(command.type.value, command.name) for command in await tree.fetch_commands()}
        if held == {(command["type"], command["name"]) for command in payload}:
            return UNCHANGED
    await tree.sync()
    with records_errors(sent):
        make_private_file(sent)
        sent.write_bytes(digest.encode())
    return CHANGED.format(count=len(payload))
