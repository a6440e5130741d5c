"""A question that is posted for people to answer <-> the text of its post; pure, knows no Discord.

Nothing else is kept of such a question: how often it was asked, where, and whether somebody has answered stand in the
id of the button under the post, and its words in the first line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from bot.discord import custom_ids
from bot.discord.formatting.answer_page import ANSWERED, NOT_FOUND, UNSURE
from bot.discord.formatting.discord_markdown import SMALL, escape, shorten, unescape, units
from bot.discord.texts import Texts
from bot.safe_text import one_line

QUESTION_UNITS = 1000
REASON_UNITS = 400
ANSWER_UNITS = 1500
POST_UNITS = 4000
# The links to so many repetitions stand in a post.
MOST_REPEATS = 5
LINKS_UNITS = 500
LINK = "https://discord.com/channels/{guild}/{channel}/{message}"
AGAIN = re.compile(r"\[\d+\]\(https://discord\.com/channels/\d+/(?P<channel>\d+)/(?P<message>\d+)\)")
NOT_A_WORD = re.compile(r"\W+")


# A channel, and the message in it that answers.
AskedAgain = tuple[int, int]


class GapKind(StrEnum):
    """Why a question is posted."""

    NOT_FOUND = "none"
    VOTED_DOWN = "down"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the documents do not answer well.

    Attributes:
        question: Its words; empty where not everybody who sees the post may see them.
        kind: Why it is one.
        channel_id: Where it was asked.
        message_id: The message that answers it; 0 where only the asker sees that.
        times: How often it was asked.
        answered: Whether somebody has answered it since.
        repeats: Where it was asked again and which messages answer that, as far as there is room.
    """

    question: str
    kind: GapKind
    channel_id: int
    message_id: int
    times: int = 1
    answered: bool = False
    repeats: tuple[AskedAgain, ...] = ()

    @property
    def custom_id(self) -> str:
        """The id of the button under its post."""
        state = "done" if self.answered else "open"
        return custom_ids.gap(self.kind, state, self.times, self.channel_id, self.message_id)

    @classmethod
    def read(cls, custom_id: str, description: str) -> Self | None:
        """What a post tells, from the id of its button and its text; None where that is no such button."""
        found = re.fullmatch(custom_ids.GAP, custom_id)
        if found is None:
            return None
        first = description.split("\n", 1)[0]
        question = "" if first.startswith(SMALL) else unescape(first)
        return cls(
            question,
            GapKind(found["kind"]),
            int(found["channel"]),
            int(found["message"]),
            int(found["times"]),
            found["state"] == "done",
            _repeats_in(description),
        )

    def asked_again(self, other: Gap) -> Gap:
        """The same, asked once more."""
        again = ((other.channel_id, other.message_id),) if other.message_id else ()
        return replace(self, times=self.times + 1, repeats=(*self.repeats, *again)[:MOST_REPEATS])

    def without(self, message_id: int) -> Gap | None:
        """The same without one of the answers, whose question is gone; None where nobody else has asked it."""
        if self.times == 1:
            return None
        left = tuple(one for one in self.repeats if one[1] != message_id)
        if message_id != self.message_id:
            return replace(self, times=self.times - 1, repeats=left)
        (channel, message), *more = left or [(self.channel_id, 0)]
        return replace(self, times=self.times - 1, channel_id=channel, message_id=message, repeats=tuple(more))

    def is_answered_by(self, message_id: int) -> bool:
        """Whether a message is one of the answers."""
        return message_id in (self.message_id, *(one[1] for one in self.repeats))

    def is_same(self, other: Gap) -> bool:
        """Whether both are the same question: the same words, or, where they are not told, the same answer to it."""
        if self.question and other.question:
            return _key(self.question) == _key(other.question)
        return self.message_id == other.message_id != 0


@dataclass(frozen=True, slots=True)
class GapPost:
    """The post of a question: the question as its text tells it, and what was added below, line by line."""

    gap: Gap
    added: tuple[str, ...] = ()

    @classmethod
    def read(cls, custom_id: str, description: str) -> Self | None:
        """The post as it stands; None where it is something else."""
        gap = Gap.read(custom_id, description)
        if gap is None:
            return None
        return cls(gap, tuple(description.split("\n")[2 if gap.question else 1 :]))

    def with_reason(self, reason: str) -> GapPost:
        """The same with why somebody has voted it down, as long as there is room."""
        line = f"👎 {shorten(one_line(reason), REASON_UNITS)}"
        room = POST_UNITS - QUESTION_UNITS - ANSWER_UNITS - LINKS_UNITS
        full = line in self.added or units("\n".join([*self.added, line])) > room
        return self if full else replace(self, added=(*self.added, line))

    def with_answer(self, answer: str, person: str, texts: Texts) -> GapPost:
        """The same with what somebody has answered, in place of an earlier answer.

        Args:
            answer: What they wrote; empty where not everybody who sees the post may see it.
            person: Their mention.
            texts: The words around it.
        """
        kept = [line for line in self.added if not line.startswith(("**", "> "))]
        shown = [f"> {shorten(one_line(answer), ANSWER_UNITS)}"] if answer else []
        added = (*kept, texts.gap_answered_by.format(person=person), *shown)
        return GapPost(replace(self.gap, answered=True), added)

    def title(self, texts: Texts) -> str:
        """What has become of it."""
        if self.gap.answered:
            return texts.gap_answered
        return texts.gap_not_found if self.gap.kind is GapKind.NOT_FOUND else texts.gap_voted_down

    def colour(self) -> int:
        """The colour of the same answer where it was given."""
        if self.gap.answered:
            return ANSWERED
        return NOT_FOUND if self.gap.kind is GapKind.NOT_FOUND else UNSURE

    def description(self, texts: Texts, guild_id: int) -> str:
        """The question, where it comes from, and what was added.

        Args:
            texts: The words around it.
            guild_id: The server, for links to the answers that others see.
        """
        gap = self.gap
        channel = f"<#{gap.channel_id}>"
        said = escape_line(gap.question) if gap.question else ""
        place = texts.gap_place if gap.message_id else texts.gap_private
        parts = [place.format(channel=channel) if gap.question else texts.gap_hidden.format(channel=channel)]
        if gap.times > 1:
            parts.append(texts.gap_times.format(count=texts.number(gap.times)))
        if gap.message_id:
            links = [f"[{texts.gap_link}]({_link(guild_id, gap.channel_id, gap.message_id)})"]
            links += [f"[{number}]({_link(guild_id, *one)})" for number, one in enumerate(gap.repeats, start=2)]
            parts.append(" ".join(links))
        return "\n".join(filter(None, [said, SMALL + " · ".join(parts), *self.added]))


def escape_line(question: str) -> str:
    """The words of a question on one line, escaped and shortened as in a post."""
    return shorten(one_line(question), QUESTION_UNITS)


def _link(guild_id: int, channel_id: int, message_id: int) -> str:
    return LINK.format(guild=guild_id, channel=channel_id, message=message_id)


def _repeats_in(description: str) -> tuple[AskedAgain, ...]:
    """The repetitions that the small print of a post links to; what people write stands in other lines."""
    small = next((line for line in description.split("\n")[:2] if line.startswith(SMALL)), "")
    return tuple((int(found["channel"]), int(found["message"])) for found in AGAIN.finditer(small))


def _key(question: str) -> str:
    """What makes two questions the same, however they are typed; of a long one, as much as a post tells."""
    told = unescape(escape_line(question))
    return NOT_A_WORD.sub(" ", told.casefold()).strip() or escape(told)
