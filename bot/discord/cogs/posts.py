"""Forum mode: in the channels that a server has chosen, a first post is answered unasked if the answer is sure."""

from __future__ import annotations

from functools import partial

import discord
from discord.ext import commands

from bot.discord import custom_ids
from bot.discord.asking.askers import place_ids
from bot.discord.asking.history import no_history
from bot.discord.asking.open_posts import is_solved, waits_for_answer
from bot.discord.asking.overheard import asks_bot, is_question
from bot.discord.asking.question_names import question_in
from bot.discord.asking.recent_ids import RecentIds
from bot.discord.asking.thread_openings import post_asks, post_question
from bot.discord.asking.thread_talk import mentions_bot, talk_before, written_by_person
from bot.discord.redacted_log import failures_logged
from bot.discord.router import MessageQuestion, answer_post
from bot.discord.services import BotServices
from bot.discord.views.solved_button import SolvedButton


class PostsCog(commands.Cog):
    """Posts in chosen forums, and questions in chosen channels."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        self._seen = RecentIds()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a first post or a question in one of the channels; Discord tells of a post by its first message."""
        me, guild = self.bot.user, message.guild
        if me is None or guild is None or not written_by_person(message) or message.reference is not None:
            return
        # Whoever mentions the bot is answered anyway.
        if mentions_bot(message, me) or guild.self_role in message.role_mentions:
            return
        if self.bot.settings_of(guild.id).forum_channels.isdisjoint(place_ids(message.channel)):
            return
        with failures_logged("reading a post"):
            question = await self._question(message, me)
            if question is not None and self._seen.add(message.id):
                await self._answer(message, question)

    async def _question(self, message: discord.Message, me: discord.abc.User) -> str | None:
        """What a message asks, if it is a first post or stands in a channel by itself; None for nothing."""
        channel = message.channel
        if isinstance(channel, discord.Thread):
            is_first = isinstance(channel.parent, discord.ForumChannel) and message.id == channel.id
            return self._post_question(channel, question_in(message, me)) if is_first else None
        # Without the intent there are no words.
        if not isinstance(channel, discord.TextChannel) or not asks_bot(message.content):
            return None
        talk = await talk_before(message, me)
        asked = asks_bot(message.content, talk.people, amid_talk=talk.amid_talk)
        return question_in(message, me) if asked else None

    def _post_question(self, thread: discord.Thread, body: str) -> str | None:
        """What a post asks; the title alone, if it is a question, where Discord does not give the words."""
        if is_solved(thread):
            return None
        if not self.bot.reads_content:
            return thread.name if is_question(thread.name) else None
        return post_question(thread.name, body) if post_asks(thread.name, body) else None

    async def _answer(self, message: discord.Message, question: str) -> None:
        asked = MessageQuestion(question, no_history, spoken_to=False)
        settings = self.bot.settings_of(message.guild.id if message.guild else None)
        label = self.bot.texts_of(message.guild, settings).button_solved
        button = SolvedButton.of(custom_ids.solved(message.author.id), label)
        await answer_post(self.bot, message, asked, button, partial(waits_for_answer, message))
