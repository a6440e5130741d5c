"""Why a change of the settings was refused, in a sentence."""

from __future__ import annotations

from bot.discord.asking.payloads import mentions
from bot.discord.records.setting_changes import Refusal, RefusedChangeError
from bot.discord.texts import Texts

ABOUT_ROLES = {Refusal.ROLE_DENIED, Refusal.EVERYONE}
ABOUT_PEOPLE = {Refusal.OWNER_DENIED, Refusal.MANAGER_DENIED}


def refusal_sentence(refused: RefusedChangeError, texts: Texts, mark: str = "#") -> str:
    """The sentence; ``mark`` says what it is about where the refusal itself does not."""
    if refused.refusal in ABOUT_ROLES:
        mark = "@&"
    elif refused.refusal in ABOUT_PEOPLE:
        mark = "@"
    return texts.refused(refused.refusal.value).format(what=mentions(mark, refused.ids))
