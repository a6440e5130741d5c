"""Mentions, replies to the bot, direct messages and, where it may read them, plain messages in its own threads."""

from __future__ import annotations

from functools import partial

import discord
from discord.ext import commands

from bot.discord.asking.history import History, history_in, history_of_reply, start_of_thread
from bot.discord.asking.question_names import question_in
from bot.discord.redacted_log import log_failure
from bot.discord.router import ask_by_message, explain_by_message
from bot.discord.services import BotServices


class MessagesCog(commands.Cog):
    """Questions by message. Nothing is said where nobody has asked."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Look whether the message is a question, and answer it."""
        # Other bots are not answered, and no webhooks: two of them could go on for ever.
        if (
            message.author.bot
            or message.webhook_id is not None
            or message.type not in (discord.MessageType.default, discord.MessageType.reply)
        ):
            return
        try:
            await self._route(message)
        except Exception as error:  # noqa: BLE001 (the last line of defence)
            log_failure(error, "reading a message")

    async def _route(self, message: discord.Message) -> None:
        me = self.bot.user
        if me is None or not self.bot.first_time(message.id):
            return
        answered = _replied_to(message)
        to_me = answered is not None and answered.author.id == me.id
        mentioned = any(person.id == me.id for person in message.mentions)
        spoken_to = to_me or mentioned or message.guild is None
        start: discord.Message | None = None
        if not spoken_to:
            # In the bot's own threads a plain message is meant for it, unless it replies to somebody else.
            if not self.bot.reads_threads or answered is not None:
                return
            start = await start_of_thread(message.channel, me)
            if start is None:
                return
        text = question_in(message, me)
        if text:
            history = partial(self._history, message, answered, start)
            await ask_by_message(self.bot, message, text, history, spoken_to=spoken_to)
        elif spoken_to:
            # Discord gives the words of a message that does not mention the bot in direct messages only.
            withheld = not (mentioned or message.guild is None or self.bot.reads_threads)
            await explain_by_message(self.bot, message, withheld=withheld)

    async def _history(
        self, message: discord.Message, answered: discord.Message | None, start: discord.Message | None
    ) -> History:
        """The conversation: the thread, if it began with an answer, else the chain of replies."""
        me = self.bot.user
        in_thread = await history_in(message.channel, me, start)
        if in_thread is not None:
            return in_thread
        if me is not None and answered is not None and answered.author.id == me.id:
            return await history_of_reply(answered)
        return History()


def _replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if Discord sent it along."""
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None
