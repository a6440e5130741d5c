"""What is said about channels and roles that were deleted in Discord and so left a server's settings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bot.discord.formatting.discord_markdown import shorten
from bot.discord.records.lost_places import LostPlace
from bot.discord.records.server_settings import CHANNEL_FIELDS
from bot.discord.texts import Texts

MAX_NAME = 50
# As many lines as a phone shows above the settings.
MOST_TOLD = 3


def first_lost(lost: Iterable[LostPlace]) -> list[LostPlace]:
    """Those that are told at once; the others are told the next time."""
    places = list(lost)
    first = sorted({one.id for one in places})[:MOST_TOLD]
    return [one for one in places if one.id in first]


def lost_lines(lost: Iterable[LostPlace], texts: Texts) -> list[str]:
    """A line for each channel and role: which settings it has left, and what follows."""
    by_place = groupby(sorted(lost, key=lambda one: (one.id, one.field)), key=lambda one: one.id)
    return [_line(list(places), texts) for _, places in by_place]


def _line(places: list[LostPlace], texts: Texts) -> str:
    first = places[0]
    if first.name:
        sentence = texts.lost_channel if first.field in CHANNEL_FIELDS else texts.lost_role
    else:
        sentence = texts.lost_channel_unnamed if first.field in CHANNEL_FIELDS else texts.lost_role_unnamed
    settings = ", ".join(f"*{texts.setting(one.field)}*" for one in places)
    follows = [texts.consequence(one.field) for one in places if one.was_last]
    return " ".join(
        [
            sentence.format(name=shorten(first.name or "", MAX_NAME), settings=settings),
            *dict.fromkeys(filter(None, follows)),
        ]
    )
