"""A channel that only one role sees, and somebody in it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.discord.fake import Channel, Message, Permission, Person, Role
from tests.discord.fake.answers import Interaction
from tests.discord.one_program import PATIENCE, Place

SECRET = "The vault of the harbour opens with the words silver heron."
DOCUMENT = f"# The vault\n\n{SECRET}\n\nThe key hangs behind the painting of the storm.\n"
SECRET_QUESTION = "Cite with which words the vault of the harbour opens?"


@dataclass(frozen=True)
class StaffRoom:
    """The channel, its role, and Carla, who has it and may change the library."""

    channel: Channel
    role: Role
    carla: Person


def new_staff_room(place: Place) -> StaffRoom:
    """Make a channel that nobody sees but those with a role; whoever manages the server does not see it, either."""
    role = place.guild.add_role("Staff")
    channel = place.guild.add_channel("staff")
    channel.allow(Permission.VIEW_CHANNEL)
    channel.allow(Permission.VIEW_CHANNEL, whom=role.id)
    channel.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    carla = place.guild.add_member("Carla Neri", permissions=Permission.MANAGE_GUILD, roles=[role])
    return StaffRoom(channel, role, carla)


def begin_adding(person: Person, channel: Channel, name: str = "vault.md", text: str = DOCUMENT) -> Interaction:
    """Add a document where not everybody reads, up to the question who may see it."""
    adding = person.slash(channel, "library add", file=(name, text.encode()))
    adding.message(PATIENCE, until=lambda state: bool(state.buttons))
    return adding


def choose(person: Person, adding: Interaction, choice: str) -> Message:
    """Choose who may see it, and wait for the last word."""
    asked = adding.message(PATIENCE, until=lambda state: bool(state.buttons))
    button = next(one for one in asked.buttons if f":{choice}:" in one.custom_id)
    chosen = person.click(asked, button.custom_id)
    chosen.wait_acknowledged()
    return adding.message(
        PATIENCE, until=lambda state: state.at > asked.at and not state.buttons and not state.text.endswith("…")
    )


def add_for_staff(room: StaffRoom, name: str = "vault.md", text: str = DOCUMENT) -> None:
    """Add a document that only those see who see the channel."""
    told = choose(room.carla, begin_adding(room.carla, room.channel, name, text), "channel")
    assert "Ask away" in told.text or "replaced" in told.text, told.text
