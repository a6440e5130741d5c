"""Servers that have chosen where their unanswered questions go, and the program that posts them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.discord.fake import Channel, FakeDiscord, Message, Permission, Role
from tests.discord.one_program import Place, Program, new_place

# Questions that the article does not answer.
MOUNTAIN = "How tall is the highest mountain near Almaty?"
ROOF = "Who mended the roof of the mill at the harbour?"


@dataclass(frozen=True)
class GapServer:
    """A server with a channel for unanswered questions, which everybody sees, and helpers in a channel of theirs."""

    place: Place
    gaps: Channel
    helpers: Role
    desk: Channel

    @property
    def guild_id(self) -> int:
        return self.place.guild.id

    @property
    def settings(self) -> dict[str, Any]:
        return {"gaps_channel": self.gaps.id, "human_channel": self.desk.id, "human_role": self.helpers.id}


def new_gap_server(discord: FakeDiscord, name: str = "Harbour", locale: str = "en-US") -> GapServer:
    """Make one."""
    place = new_place(discord, name, locale=locale)
    helpers = place.guild.add_role("Helpers", mentionable=True)
    return GapServer(place, place.guild.add_channel("gaps"), helpers, place.guild.add_channel("desk"))


def hide(channel: Channel, place: Place, *whom: int) -> None:
    """Let only the bot and those named see a channel."""
    channel.allow(Permission.VIEW_CHANNEL)
    for one in whom:
        channel.allow(Permission.VIEW_CHANNEL, whom=one)
    channel.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)


def stored(settings: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """The statements that store the settings of servers."""
    return [
        f"INSERT OR REPLACE INTO server_settings VALUES ({guild_id}, '{json.dumps(values)}')"
        for guild_id, values in settings.items()
    ]


def settle(program: Program, servers: Sequence[GapServer], **more: Any) -> None:
    """Store the settings of servers, and start the program again with them."""
    program.restart(stored({server.guild_id: {**server.settings, **more} for server in servers}))


def only_post(server: GapServer, **options: Any) -> Message:
    """Wait for the one post in the channel for unanswered questions."""
    server.gaps.wait_message(**options)
    (post,) = server.gaps.messages(by_bot=True)
    return post
