"""What people do on the panel of settings, and what they read there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.registry import PanelPage
from tests.discord.fake import Message, Person
from tests.discord.one_program import Place, Program

ENGLISH = LANGUAGES["en"]


def open_panel(
    place: Place, person: Person | None = None, *, page: PanelPage = PanelPage.PLACES, **options: Any
) -> Message:
    """Open the panel, at a page."""
    who = person or place.ada
    shown = who.slash(place.channel, "settings panel", **options).message()
    return shown if page is PanelPage.PLACES else turn_to(who, shown, page, **options)


def turn_to(person: Person, panel: Message, page: PanelPage, **options: Any) -> Message:
    """Turn to a page."""
    return person.choose(panel, ":pages:", [page.value], **options).updated()


def choose(person: Person, panel: Message, field: str, values: Sequence[Any], **options: Any) -> Message:
    """Choose in the list of a setting; ``values`` is all that stands chosen then."""
    return person.choose(panel, f":{field}:", values, **options).updated()


def switch(person: Person, panel: Message, field: str, **options: Any) -> Message:
    """Press the button of a setting that is on or off."""
    (button,) = [button for button in panel.buttons if f":{field}:" in button.custom_id]
    return person.click(panel, button.custom_id, **options).updated()


def value_of(panel: Message, field: str, texts: Texts = ENGLISH) -> str:
    """What a setting is, as the panel or the list of settings says."""
    before = f"**{texts.setting(field)}**: "
    (line,) = [line for line in panel.text.split("\n") if line.startswith(before)]
    return line.removeprefix(before)


def stored(program: Program, place: Place) -> dict[str, Any]:
    """What the program keeps of the server's settings."""
    rows = program.read("SELECT document FROM server_settings WHERE guild_id = ?", place.guild.id)
    return json.loads(rows[0][0]) if rows else {}
