"""A question as it came in, and the answer that was given to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.discord.asking.history import History
from bot.discord.library.collections import Audience
from bot.types import Answer

HistoryReader = Callable[[], Awaitable[History]]
StillWanted = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class IncomingQuestion:
    """A question as it came in.

    Attributes:
        text: What is asked.
        asker_id: Who asks.
        audience: Who will read the answer.
        history: Reads the conversation back; it asks Discord, so it is called after the question was acknowledged.
        document: The id of the only document to answer from; None: all that the audience may see.
        only_when_sure: Whether an answer is given only if it is sure; all else the responder keeps back.
        channel_id: The channel or thread of a server where it was asked; None in a direct message.
        still_wanted: Says, once the answer is there, whether it still is of use; None: it is.
        source_id: The message whose words the text is, where the asker points at another one.
        may_add: Whether the asker may add documents, which is told where there are none.
    """

    text: str
    asker_id: int
    audience: Audience
    history: HistoryReader
    only_when_sure: bool = False
    channel_id: int | None = None
    document: str | None = None
    source_id: int | None = None
    may_add: bool = False
    still_wanted: StillWanted | None = None

    @property
    def guild_id(self) -> int | None:
        """The server; None in a direct message."""
        return self.audience.guild_id


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was given: under which id its citations are kept, and the message that shows it.

    ``message`` is None where it is not known: it was dropped, or deleted before it was whole.
    """

    id: str
    answer: Answer
    incoming: IncomingQuestion
    private: bool
    message: discord.Message | None
