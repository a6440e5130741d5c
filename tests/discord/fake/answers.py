"""What came of something that a person did: handles with which a test waits for the bot's answer and looks at it."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from tests.discord.fake.forms import form_from
from tests.discord.fake.model import COMPONENT, InteractionRecord, MessageRecord
from tests.discord.fake.routes_interactions import DEFERRED, DEFERRED_UPDATE
from tests.discord.fake.seen import Choice, Form, Message
from tests.discord.fake.stage import Stage

PATIENCE = 10.0

Until = Callable[[Message], bool]


@dataclass(frozen=True)
class Answer(ABC):
    """Waits for messages that answer a person, one state after the other."""

    stage: Stage

    @abstractmethod
    def _records(self) -> list[MessageRecord]:
        """The messages that answer, from old to new; the world's lock is held."""

    @abstractmethod
    def _what(self) -> str:
        """What the person did, for the message of a test that failed."""

    @property
    def states(self) -> list[Message]:
        """All states so far of all messages that answer, "thinking" ones too, in the order of time."""
        with self.stage.world.lock:
            return sorted((state for record in self._records() for state in record.states), key=lambda state: state.at)

    @property
    def edits(self) -> list[Message]:
        """The states that came by editing."""
        return [state for state in self.states if state.edited]

    def message(self, timeout: float = PATIENCE, *, until: Until | None = None) -> Message:
        """Wait for the first state that is no longer "thinking" (and for which ``until`` holds)."""

        def look() -> Message | None:
            shown = [state for state in self.states if not state.loading]
            return next((state for state in shown if until is None or until(state)), None)

        return self.stage.waiter.until(look, timeout, f"an answer to {self._what()}")

    def final(self, timeout: float = PATIENCE) -> Message:
        """Wait for the first state that has buttons: a finished answer."""
        return self.message(timeout, until=lambda state: bool(state.buttons))

    def silence(self, seconds: float = 1.0) -> None:
        """Hold that the bot says nothing for a while."""
        time.sleep(seconds)
        assert not self.states, f"the bot answered {self._what()}: {self.states}"


@dataclass(frozen=True)
class Said(Answer):
    """A message that a person wrote, and what the bot wrote in return."""

    said: Message
    _record: MessageRecord

    def _records(self) -> list[MessageRecord]:
        """Messages by the bot that reply to this one, else those that came after it and reply to none."""
        channels = [self._record.channel, *([self._record.thread] if self._record.thread else [])]
        bot = self.stage.world.bot
        later = [
            message
            for channel in channels
            for message in channel.messages
            if message.author is bot and message.id > self._record.id and message.interaction is None
        ]
        replies = [message for message in later if message.reference is self._record]
        return replies or [message for message in later if message.reference is None]

    def reaction(self, timeout: float = PATIENCE) -> str:
        """Wait for the bot's reaction to the message."""
        return self.stage.waiter.until(
            lambda: self._record.reactions[-1] if self._record.reactions else None,
            timeout,
            f"reaction to {self._what()}",
        )

    def _what(self) -> str:
        return f"{self.said.content[:80]!r} in #{self._record.channel.name}"


@dataclass(frozen=True)
class Interaction(Answer):
    """A command, a click, a form or a half-typed option, and how the bot responded."""

    record: InteractionRecord
    _states_before: int = 0

    def _records(self) -> list[MessageRecord]:
        original = self.record.original
        own = [original] if original is not None and original is not self.record.source else []
        return [*own, *self.record.followups]

    def _what(self) -> str:
        data = self.record.data
        return f"interaction {data.get('name') or data.get('custom_id')!r} (type {self.record.kind})"

    @property
    def id(self) -> int:
        return self.record.id

    def wait_acknowledged(self, timeout: float = PATIENCE) -> float:
        """Wait for the first response; return how many seconds after the interaction it came."""
        self.stage.waiter.until(
            lambda: self.record.acknowledged is not None, timeout, f"a first response to {self._what()}"
        )
        return self.record.acknowledged_at - self.record.sent_at

    @property
    def acknowledged(self) -> bool:
        """Whether the bot has responded yet (does not wait)."""
        return self.record.acknowledged is not None

    @property
    def deferred(self) -> bool:
        """Whether the first response only won time; waits for it."""
        self.wait_acknowledged()
        return self.record.acknowledged in (DEFERRED, DEFERRED_UPDATE)

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees the response; waits for it."""
        self.wait_acknowledged()
        return self.record.ephemeral

    @property
    def followups(self) -> list[Message]:
        """Further messages, as they are now."""
        with self.stage.world.lock:
            return [record.states[-1] for record in self.record.followups]

    def form(self, timeout: float = PATIENCE) -> Form:
        """Wait for the form that the bot opens."""
        payload = self.stage.waiter.until(lambda: self.record.form, timeout, f"a form after {self._what()}")
        return form_from(payload, self.record.id)

    def choices(self, timeout: float = PATIENCE) -> list[Choice]:
        """Wait for suggestions; an empty list is an answer too."""
        self.wait_acknowledged(timeout)
        assert self.record.choices is not None
        return list(self.record.choices)

    def updated(self, timeout: float = PATIENCE, *, until: Until | None = None) -> Message:
        """Wait until the message whose button was pressed is edited; return its first new state."""
        source = self.record.source
        assert source is not None, f"{self._what()} did not come from a message"

        def look() -> Message | None:
            new = source.states[self._states_before :]
            return next((state for state in new if until is None or until(state)), None)

        return self.stage.waiter.until(look, timeout, f"an edit of the message after {self._what()}")

    def expire(self) -> None:
        """Let the interaction's token run out at once."""
        with self.stage.world.lock:
            self.record.expired = True

    @property
    def came_from_button(self) -> bool:
        return self.record.kind == COMPONENT
