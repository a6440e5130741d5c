"""Mentions, replies to the bot, direct messages and, where it may read them, plain messages in its own threads."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

import discord
from discord.ext import commands

from bot.discord.asking.addressing import points, speaks_to_bot
from bot.discord.asking.history import History, follow_id, history_in, history_of_reply, start_of_thread
from bot.discord.asking.overheard import asks_bot
from bot.discord.asking.question_names import marked_words, question_in
from bot.discord.asking.recent_ids import RecentIds
from bot.discord.asking.thread_openings import opening_of, post_question, says_something
from bot.discord.asking.thread_talk import mentions_bot, talk_before, written_by_person
from bot.discord.redacted_log import failures_logged
from bot.discord.router import MessageQuestion, ask_by_message, explain_by_message
from bot.discord.services import BotServices
from bot.small_talk import find_small_talk

logger = logging.getLogger(__name__)

# How long after it was written a message is answered when a mention is added to it.
EDITED_WITHIN = timedelta(minutes=30)
# How many messages after an edited one are looked at for an answer to it.
LOOKED_AT = 50


class MessagesCog(commands.Cog):
    """Questions by message. Nothing is said where nobody has asked."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        self._asked = RecentIds()
        self._explained = RecentIds()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Look whether the message is a question, and answer it."""
        if not written_by_person(message):
            return
        with failures_logged("reading a message"):
            if self.bot.user is not None and self.bot.first_time(message.id):
                await self._route(message, self.bot.user)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Answer a message to which a mention was added, unless it was answered before."""
        message, me = event.message, self.bot.user
        if me is None or message.edited_at is None or not written_by_person(message) or not mentions_bot(message, me):
            return
        if discord.utils.utcnow() - message.created_at > EDITED_WITHIN or message.id in self._asked:
            return
        with failures_logged("reading an edited message"):
            if not await self._was_answered(message, me):
                await self._route(message, me)

    async def _was_answered(self, message: discord.Message, me: discord.abc.User) -> bool:
        """Whether an answer to the message stands under it: from before a start, or one that was given unasked."""
        try:
            later = [one async for one in message.channel.history(limit=LOOKED_AT, after=message)]
        except discord.HTTPException as error:
            logger.info("What follows an edited message could not be read (%s).", error.code)
            return False
        replies = (one for one in later if one.reference is not None and one.reference.message_id == message.id)
        return any(one.author.id == me.id and follow_id(one) is not None for one in replies)

    async def _route(self, message: discord.Message, me: discord.ClientUser) -> None:
        replied = replied_to(message)
        to_me = replied is not None and replied.author.id == me.id
        if to_me or message.guild is None or mentions_bot(message, me):
            if message.guild is None or speaks_to_bot(marked_words(message, me)):
                await self._answer(message, me, replied, to_me=to_me)
        elif message.guild.self_role in message.role_mentions:
            await self._explain(message, "role_mentioned")
        elif self.bot.reads_threads and replied is None:
            await self._overhear(message, me)

    async def _answer(
        self, message: discord.Message, me: discord.ClientUser, replied: discord.Message | None, *, to_me: bool
    ) -> None:
        """Answer a message for the bot: the question in it, or the one that it points at."""
        text = question_in(message, me)
        points_elsewhere = not to_me and points(text)
        if points_elsewhere and replied is not None:
            await self._answer_replied_to(message, replied, me)
        elif points_elsewhere and await self._answer_thread(message, me):
            pass
        elif text and not (points_elsewhere and find_small_talk(text) is None):
            if isinstance(message.channel, discord.Thread) and message.id == message.channel.id:
                text = text if find_small_talk(text) else post_question(message.channel.name, text)
            await self._ask(message, MessageQuestion(text, partial(self._history, message, replied)))
        else:
            # Discord gives the words of a message that does not mention the bot in direct messages only.
            given = mentions_bot(message, me) or message.guild is None or self.bot.reads_content
            await self._explain(message, "how_to_ask" if given else "text_withheld")

    async def _answer_replied_to(
        self, message: discord.Message, replied: discord.Message, me: discord.ClientUser
    ) -> None:
        """Answer the message that this one replies to, if Discord gives its words."""
        if text := question_in(replied, me):
            await self._ask(message, MessageQuestion(text, partial(self._history, message, None), replied.id))
        else:
            given = message.guild is None or self.bot.reads_content
            await self._explain(message, "message_without_text" if given else "point_withheld")

    async def _answer_thread(self, message: discord.Message, me: discord.ClientUser) -> bool:
        """Answer what a thread of people began with, if the message stands in one; whether it does."""
        thread = message.channel
        if not isinstance(thread, discord.Thread):
            return False
        opening = await opening_of(thread)
        if opening is not None and (opening.author.id == me.id or opening.id == message.id != thread.id):
            return False
        body = question_in(opening, me) if opening is not None else ""
        if body or says_something(thread.name):
            text = post_question(thread.name, body)
            source = opening.id if opening is not None else None
            await self._ask(message, MessageQuestion(text, partial(self._history, message, None), source))
        else:
            await self._explain(message, "how_to_ask" if self.bot.reads_content else "point_withheld")
        return True

    async def _overhear(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a plain message in a thread of the bot's own, if it looks like a question to the bot."""
        if not asks_bot(message.content):
            return
        start = await start_of_thread(message.channel, me)
        if start is None:
            return
        talk = await talk_before(message, me)
        if asks_bot(message.content, talk.people, amid_talk=talk.amid_talk):
            history = partial(self._history, message, None, start)
            await self._ask(message, MessageQuestion(question_in(message, me), history, spoken_to=False))

    async def _ask(self, message: discord.Message, question: MessageQuestion) -> None:
        if self._asked.add(message.id):
            await ask_by_message(self.bot, message, question)

    async def _explain(self, message: discord.Message, sentence: str) -> None:
        if self._explained.add(message.id):
            await explain_by_message(self.bot, message, sentence)

    async def _history(
        self, message: discord.Message, replied: discord.Message | None, start: discord.Message | None = None
    ) -> History:
        """The conversation: that of the thread, else the chain of replies."""
        me = self.bot.user
        in_thread = await history_in(message.channel, me, start)
        if in_thread is not None:
            return in_thread
        if me is not None and replied is not None and replied.author.id == me.id:
            return await history_of_reply(replied)
        return History()


def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if Discord sent it along."""
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None
