"""Requests that discord.py would not make by itself, and what they are about."""

from __future__ import annotations

from typing import Any

import pytest
from discord import HTTPException

from tests.discord.fake import Channel, FakeDiscord, Interaction, Person
from tests.discord.tiny_bot import Running


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"components": [{"type": 1, "components": list(parts)}], "content": "x"}


def button(number: int = 0, **changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": str(number)} | changes


def refusal(tiny: Running, method: str, path: str, body: Any) -> HTTPException:
    with pytest.raises(HTTPException) as caught:
        tiny.request(method, path, body)
    return caught.value


def text_input(**changes: Any) -> dict[str, Any]:
    return {"type": 4, "style": 1, "custom_id": "t"} | changes


def label(text: str = "Reason", inner: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {"type": 18, "label": text, "component": inner or text_input()} | changes


def form(*components: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"title": "Form", "custom_id": "form", "components": list(components) or [label()]} | changes


def unanswered(
    discord: FakeDiscord, tiny: Running, ada: Person, channel: Channel, custom_id: str = "nobody listens"
) -> Interaction:
    """Press a button for which the bot has no code."""
    posted = tiny.request("POST", f"/channels/{channel.id}/messages", row(button(custom_id=custom_id)))
    message = discord.message(int(posted["id"]))
    assert message is not None
    return ada.click(message, custom_id)


def callback(interaction: Interaction) -> str:
    return f"/interactions/{interaction.id}/{interaction.record.token}/callback"


def original(discord: FakeDiscord, interaction: Interaction) -> str:
    return f"/webhooks/{discord.bot_id}/{interaction.record.token}/messages/@original"
