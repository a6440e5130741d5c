"""What was said before: read back from the bot's own messages and the questions above them, and bounded.

Nothing of a conversation is stored. Each answer knows, in a button's id, which answer it followed; in a thread, every
answer of the bot belongs to the conversation.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

import discord

from bot.discord.asking.question_names import question_in
from bot.discord.custom_ids import FOLLOW
from bot.discord.formatting.answer_layout import ShownAnswer
from bot.discord.formatting.answer_parser import read_answer
from bot.types import Turn

logger = logging.getLogger(__name__)

MAX_TURNS = 6
# How far back a thread is read to find that many of the bot's own answers.
MAX_THREAD_MESSAGES = 60
# How many replies are followed back from a message of the bot's that is no answer.
MAX_REPLIES = 4
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class History:
    """The turns before a question, oldest first, and whether older ones were left out."""

    turns: tuple[Turn, ...] = ()
    shortened: bool = False
    before: int = NO_ANSWER  # the id of the answer that is followed


async def no_history() -> History:
    """Of a question that follows nothing."""
    return History()


async def history_of_reply(answer: discord.Message) -> History:
    """The conversation that ends with ``answer``, one of the bot's own messages.

    Where that is no answer but the reply to "thanks", say, the conversation ends with the answer before it.
    """
    turns: list[Turn] = []
    if not is_answer(answer):
        answer = await _answer_before(answer) or answer
    at: discord.Message | None = answer
    while at is not None and is_answer(at):
        turn = await turn_of(at)
        if turn is None or len(turns) == MAX_TURNS:
            return History(tuple(reversed(turns)), shortened=True, before=answer.id)
        turns.append(turn)
        followed = followed_by(at)
        if followed == NO_ANSWER:
            break
        at = await fetch_message(answer.channel, followed)
        if at is None:  # deleted, or private: Discord gives out private messages only once
            return History(tuple(reversed(turns)), shortened=True, before=answer.id)
    return History(tuple(reversed(turns)), before=answer.id if turns else NO_ANSWER)


async def _answer_before(message: discord.Message) -> discord.Message | None:
    """The answer that a message of the bot's goes back to by replies, over what people wrote in between."""
    at: discord.Message | None = message
    for _ in range(MAX_REPLIES):
        if at is None or at.reference is None or at.reference.message_id is None:
            return None
        at = await fetch_message(message.channel, at.reference.message_id)
        if at is not None and at.author.id == message.author.id and is_answer(at):
            return at
    return None


async def history_in(
    channel: object, me: discord.abc.User | None, start: discord.Message | None = None
) -> History | None:
    """The conversation in a thread, as far as it has gone; None where the bot has not spoken, and anywhere else.

    Args:
        channel: Where the question was asked.
        me: The bot.
        start: The answer that the thread began with, if it was fetched already.
    """
    if me is None or not isinstance(channel, discord.Thread):
        return None
    start = start or await start_of_thread(channel, me)
    answers, goes_further_back = await _answers_in(channel, me)
    if start is not None:
        earlier = await history_of_reply(start)
        lost = earlier.shortened
    elif answers:
        # Of a thread of people, what the bot has said there; of one whose first answer was deleted, what is left.
        earlier, lost = History(), followed_by(answers[-1]) == channel.id
    else:
        return None
    kept = answers[:MAX_TURNS]
    own = [turn for message in reversed(kept) if (turn := await turn_of(message)) is not None]
    turns = [*earlier.turns, *own]
    lost = lost or goes_further_back or len(own) < len(answers) or len(turns) > MAX_TURNS
    return History(tuple(turns[-MAX_TURNS:]), lost, answers[0].id if answers else channel.id)


async def _answers_in(thread: discord.Thread, me: discord.abc.User) -> tuple[list[discord.Message], bool]:
    """The bot's answers among the thread's last messages, the newest first, and whether there are earlier messages."""
    looked_at: list[discord.Message] = []
    try:
        looked_at = [message async for message in thread.history(limit=MAX_THREAD_MESSAGES)]
    except discord.HTTPException as error:
        logger.info("A thread's history could not be read (%s).", error.code)
    answers = [message for message in looked_at if message.author.id == me.id and is_answer(message)]
    return answers, len(looked_at) == MAX_THREAD_MESSAGES


async def start_of_thread(channel: object, me: discord.abc.User) -> discord.Message | None:
    """The answer that a thread began with; None where the channel is no such thread."""
    if not isinstance(channel, discord.Thread) or not isinstance(channel.parent, discord.TextChannel):
        return None
    # A thread that was begun from a message has that message's id.
    start = channel.starter_message or await fetch_message(channel.parent, channel.id)
    return start if start is not None and start.author.id == me.id and is_answer(start) else None


async def fetch_message(channel: discord.abc.Messageable, message_id: int) -> discord.Message | None:
    """The message, or None where it is gone or may not be read."""
    try:
        return await channel.fetch_message(message_id)
    except discord.HTTPException:
        return None


async def turn_of(message: discord.Message) -> Turn | None:
    """The question and answer that one of the bot's own messages shows; None where it is something else.

    The question stands in the message itself or in the one that it replies to; where that is gone, there is no turn.
    """
    shown = _shown_in(message)
    if shown is None:
        return None
    question = await _question_above(message) if shown.question is None else shown.question
    return Turn(question, shown.text) if question else None


def is_answer(message: discord.Message) -> bool:
    """Whether one of the bot's own messages is an answer."""
    return _shown_in(message) is not None


def _shown_in(message: discord.Message) -> ShownAnswer | None:
    found = follow_id(message)
    if found is None:
        return None
    embed = message.embeds[0] if message.embeds else None
    title, description = (embed.title, embed.description) if embed else (None, None)
    return read_answer(title, description, message.content, found["layout"])


async def _question_above(answer: discord.Message) -> str:
    """The words of the message that an answer replies to, which mentioned the bot, so that Discord gives them."""
    reference = answer.reference
    if reference is None or reference.message_id is None:
        return ""
    resolved = reference.resolved
    asked = resolved if isinstance(resolved, discord.Message) else None
    asked = asked or await fetch_message(answer.channel, reference.message_id)
    return question_in(asked, answer.author) if asked else ""


def followed_by(message: discord.Message) -> int:
    """The id of the answer that this answer followed."""
    found = follow_id(message)
    return int(found["before"]) if found else NO_ANSWER


def follow_id(message: discord.Message) -> re.Match[str] | None:
    """What the id of the button for a follow-up tells of the answer above it; None where there is no such button."""
    for row in message.components:
        for item in row.children if isinstance(row, discord.ActionRow) else ():
            if isinstance(item, discord.Button) and (found := re.fullmatch(FOLLOW, item.custom_id or "")):
                return found
    return None
