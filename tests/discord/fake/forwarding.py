"""Forwarding: a message that carries the words of another, from wherever somebody reads it."""

from __future__ import annotations

from tests.discord.fake import permissions
from tests.discord.fake.answers import Said
from tests.discord.fake.channels import Channel
from tests.discord.fake.errors import ImpossibleActError
from tests.discord.fake.messages import publish
from tests.discord.fake.model import PLAIN, MessageRecord
from tests.discord.fake.people import Person
from tests.discord.fake.seen import Message


def forward(person: Person, message: Message, to: Channel) -> Said:
    """Forward a message; what somebody writes to it is a message of its own."""
    world = person.stage.world
    with world.lock:
        if not permissions.may_write(person.id, to.record):
            raise ImpossibleActError(f"{person.name} cannot write in {to.name}")
        record = MessageRecord(world.clock.snowflake(), to.record, person.record, PLAIN, world.clock.now())
        record.forwarded = person.stage.record_of(message)
        publish(world, record)
        return Said(person.stage, record.states[0], record)
