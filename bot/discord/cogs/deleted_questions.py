"""A question that its author deletes takes its copies along: in the title of the answer, and with a vote."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from io import BytesIO

import discord
from discord.ext import commands

from bot.discord.asking.incoming_question import GivenAnswer
from bot.discord.asking.interactions import UNKNOWN_MESSAGE, with_retries
from bot.discord.asking.obstacles import ARCHIVED_THREAD, LOCKED_THREAD
from bot.discord.asking.recent_ids import RecentIds
from bot.discord.formatting.attachments import ANSWER_FILE
from bot.discord.formatting.question_removal import (
    content_without_question,
    file_without_question,
    footer_without_question,
)
from bot.discord.help_calls import clear_call
from bot.discord.records import help_requests, question_messages
from bot.discord.records.database import RecordsError
from bot.discord.records.question_messages import AnsweredMessage
from bot.discord.redacted_log import log_failure
from bot.discord.services import BotServices

Step = Callable[[AnsweredMessage], Awaitable[None]]
# In such threads Discord lets a bot delete its messages, and not edit them.
CLOSED_THREAD = {ARCHIVED_THREAD, LOCKED_THREAD}


class DeletedQuestionsCog(commands.Cog):
    """Deleted messages; Discord tells of them by their ids."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        self._deleted = RecentIds()  # for an answer that is just being written
        self._has_begun = False
        bot.answer_service.listeners.append(self._note)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Take the question out of its answer."""
        await self._forget({event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Take the questions out of their answers."""
        await self._forget(event.message_ids)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Go on with what the end of the program has cut short; Discord calls this after broken connections, too."""
        if self._has_begun:
            return
        self._has_begun = True
        with self.bot.answer_service.at_work():
            try:
                for answered in await self.bot.database.run(question_messages.shown_still):
                    await self._take_out(answered)
            except RecordsError as error:
                log_failure(error, "looking for deleted questions")

    async def _note(self, given: GivenAnswer) -> None:
        """Keep whose words an answer shows: the message that it replies to, and the one that the asker points at.

        They may have been deleted while the answer was written.
        """
        message = given.message
        if message is None:
            return
        # What follows the response to a command refers to that response, and answers no message.
        reference = message.reference if message.interaction_metadata is None else None
        replied_to = reference.message_id if reference is not None else None
        asked_in = {one for one in (replied_to, given.incoming.source_id) if one is not None}
        for question_id in asked_in:
            answered = AnsweredMessage(given.incoming.guild_id, message.channel.id, question_id, message.id, given.id)
            await self.bot.database.run(question_messages.save, answered, datetime.now(UTC))
        if gone := {one for one in asked_in if one in self._deleted}:
            await self._forget(gone)

    async def _forget(self, message_ids: Collection[int]) -> None:
        for one in message_ids:
            self._deleted.add(one)
        with self.bot.answer_service.at_work():
            try:
                answers = await self.bot.database.run(question_messages.answers_among, message_ids)
                shown = await self.bot.database.run(question_messages.forget_deleted, message_ids)
                if shown:
                    await self.bot.database.scrub()
            except RecordsError as error:
                log_failure(error, "forgetting a deleted question")
                return
            for answered in shown:
                await self._take_out(answered)
            for answered in answers:  # what somebody has deleted by hand takes along what was posted about it
                await self._all_done(answered, self._clear_call, self._withdraw)

    async def _take_out(self, answered: AnsweredMessage) -> None:
        """Take a deleted question out of all that shows it; what fails is tried again at the next start."""
        if await self._all_done(answered, self._clear, self._clear_call, self._withdraw):
            try:
                await self.bot.database.run(question_messages.record_gone, answered)
            except RecordsError as error:  # it is taken out once more, which changes nothing
                log_failure(error, "noting that a deleted question is gone")

    async def _all_done(self, answered: AnsweredMessage, *steps: Step) -> bool:
        """Take all the steps, also after one that fails; whether none did."""
        failed = False
        for step in steps:
            try:
                await step(answered)
            except Exception as error:  # noqa: BLE001 (the other copies go all the same)
                failed = True
                log_failure(error, "taking a deleted question out of what was posted")
        return not failed

    async def _clear_call(self, answered: AnsweredMessage) -> None:
        """Take the question out of the message that calls a person for help."""
        if answered.guild_id is not None:
            call = await self.bot.database.run(help_requests.call_about, answered.guild_id, answered.answer_id)
            if call is not None:
                await clear_call(self.bot, answered.guild_id, call)

    async def _withdraw(self, answered: AnsweredMessage) -> None:
        """Delete the post that asks people to answer the question, if there is one."""
        guild = self.bot.get_guild(answered.guild_id) if answered.guild_id else None
        if guild is None:
            return
        settings = self.bot.settings_of(guild.id)
        texts = self.bot.texts_of(guild, settings)
        await self.bot.gap_posts.withdraw(guild, settings, answered.message_id, texts)

    async def _clear(self, answered: AnsweredMessage) -> None:
        """Edit the question out of an answer; one that cannot be read back or edited any more is deleted."""
        channel = self.bot.get_partial_messageable(answered.channel_id, guild_id=answered.guild_id)
        try:
            message = await with_retries(lambda: channel.fetch_message(answered.message_id))
        except discord.Forbidden:
            await with_retries(channel.get_partial_message(answered.message_id).delete)
            return
        except discord.NotFound:
            return
        guild = self.bot.get_guild(answered.guild_id) if answered.guild_id else None
        instead = self.bot.texts_of(guild, self.bot.settings_of(answered.guild_id)).question_deleted
        files = [(file.filename, await file.read()) for file in message.attachments]
        try:
            await with_retries(lambda: _edit(message, files, instead))
        except discord.HTTPException as error:
            if error.code in CLOSED_THREAD:
                await with_retries(message.delete)
            elif error.code != UNKNOWN_MESSAGE:
                raise


async def _edit(message: discord.Message, files: list[tuple[str, bytes]], instead: str) -> None:
    """Show the answer without its question."""
    for embed in message.embeds:
        if embed.title:
            embed.title = instead
        if embed.footer.text:
            embed.set_footer(text=footer_without_question(embed.footer.text) or None)
    attached = [discord.File(BytesIO(_file(name, data, instead)), name) for name, data in files]
    content = content_without_question(message.content, instead) if message.content else None
    await message.edit(content=content, embeds=message.embeds, attachments=attached)


def _file(name: str, data: bytes, instead: str) -> bytes:
    return file_without_question(data.decode("utf-8"), instead).encode("utf-8") if name == ANSWER_FILE else data
