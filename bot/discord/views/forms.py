"""The two forms: a follow-up in one text field, and the reason for a 👎."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.history import History, history_of_reply, turn_of
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.records import answers, question_messages, votes
from bot.discord.router import ask_by_interaction
from bot.discord.services import services_of
from bot.discord.texts import Texts, texts_for
from bot.discord.views.gap_votes import post_vote
from bot.discord.views.guard import guarded

# A form that was closed without sending it is forgotten after this.
FORM_SECONDS = 3600
MAX_REASON_CHARACTERS = 1000


class FollowUpForm(discord.ui.Modal):
    """Ask a follow-up; the answer is as private as the one it follows."""

    def __init__(self, texts: Texts, *, private: bool) -> None:
        super().__init__(title=texts.follow_up_title, timeout=FORM_SECONDS)
        self._private = private
        self._question: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, placeholder=texts.follow_up_placeholder
        )
        self.add_item(discord.ui.Label(text=texts.follow_up_label, component=self._question))

    @guarded("asking a follow-up")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Answer in the conversation of the message whose button was clicked."""

        async def history() -> History:
            return await history_of_reply(interaction.message) if interaction.message else History()

        await ask_by_interaction(interaction, self._question.value, private=self._private, history=history)


class ReasonForm(discord.ui.Modal):
    """Why an answer is not good; sending it also stores the question, and the form says so."""

    def __init__(self, answer_id: str, texts: Texts) -> None:
        super().__init__(title=texts.reason_title, timeout=FORM_SECONDS)
        self._answer_id = answer_id
        self._reason: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=texts.reason_placeholder,
            max_length=MAX_REASON_CHARACTERS,
        )
        self.add_item(
            discord.ui.Label(text=texts.reason_label, description=texts.reason_description, component=self._reason)
        )

    @guarded("storing a reason")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Store reason and question with the vote."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        bot = services_of(interaction)
        guild_id = await bot.database.run(answers.where_asked, self._answer_id, interaction.guild_id)
        voter = bot.pseudonyms.hash(guild_id, interaction.user.id)
        deleted = await bot.database.run(question_messages.is_deleted, self._answer_id)
        turn = await turn_of(interaction.message) if interaction.message and not deleted else None
        question = turn.question if turn else None
        stored = await bot.database.run(
            votes.add_reason, self._answer_id, guild_id, voter, self._reason.value, question
        )
        if stored:
            await respond(interaction, embed_payload(texts.reason_stored))
            await post_vote(interaction, self._answer_id, self._reason.value)
        else:
            await respond_problem(interaction, texts.reason_without_vote)
