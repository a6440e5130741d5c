"""What everybody and every place in a test shares: the world and the means to wait for it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.discord.fake.errors import ImpossibleActError
from tests.discord.fake.model import MessageRecord
from tests.discord.fake.seen import Message
from tests.discord.fake.waiting import Waiter
from tests.discord.fake.world import World


@dataclass(frozen=True)
class Stage:
    """Where a test's people act."""

    world: World
    waiter: Waiter

    def record_of(self, message: Message) -> MessageRecord:
        """Return the message itself, of which a test holds one state."""
        record = self.world.messages[message.id]
        if record.deleted:
            raise ImpossibleActError(f"message {message.id} was deleted: {message.text[:100]!r}")
        return record
