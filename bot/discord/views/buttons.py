"""The buttons under an answer: they work after a restart, because what they need is in their custom ids."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import discord

from bot.discord import custom_ids
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import UNKNOWN_MESSAGE, defer, open_form, respond, with_retries
from bot.discord.asking.payloads import embed_payload
from bot.discord.asking.responders import Responder
from bot.discord.formatting.answer_layout import AnswerLayout
from bot.discord.help_calls import clear_call
from bot.discord.permissions import may_delete
from bot.discord.records import answers, help_requests, votes
from bot.discord.records.server_settings import ServerSettings
from bot.discord.records.votes import DOWN, UP, Vote
from bot.discord.services import services_of
from bot.discord.texts import texts_for
from bot.discord.views.forms import FollowUpForm, ReasonForm
from bot.discord.views.gap_votes import post_vote
from bot.discord.views.guard import guarded
from bot.discord.views.human_help import add_human_button
from bot.discord.views.passage_buttons import ShowButton
from bot.discord.views.persistent_items import PersistentButton
from bot.discord.views.server_select import ServerButton
from bot.types import Answer

# As many as Discord draws side by side.
BUTTONS_IN_A_ROW = 5


def answer_view(
    answer_id: str, asker: int, before: int, answer: Answer, responder: Responder, settings: ServerSettings
) -> discord.ui.View:
    """The buttons under an answer, those that are used most first; the quiet ones in a row of their own if need be.

    Args:
        answer_id: The key of the answer's citations.
        asker: Who asked.
        before: The id of the answer that this one follows, 0 for none.
        answer: The answer; where it shows no quote there is no passage to show.
        responder: In which language, and whether follow-ups are private.
        settings: What the server has set.
    """
    view = discord.ui.View(timeout=None)
    texts = responder.surface.texts
    if answer.citations or answer.offered:
        view.add_item(ShowButton.of(custom_ids.show(answer_id), texts.button_passage))
    layout = AnswerLayout.of(answer)
    follow = custom_ids.follow(before, layout, private=responder.private)
    view.add_item(FollowButton.of(follow, texts.button_follow_up))
    origin = responder.surface.origin
    if origin is not None and origin.has_others:
        view.add_item(ServerButton.of(custom_ids.server(origin.guild_id), texts.button_server))
    if origin is None:  # in a direct message nobody of a server could see what it is about
        add_human_button(view, answer_id, answer, settings, texts)
    quiet = (
        UpButton.of(custom_ids.up(answer_id)),
        DownButton.of(custom_ids.down(answer_id)),
        DeleteButton.of(custom_ids.delete(answer_id, asker), texts.button_delete),
    )
    together = len(view.children) + len(quiet) <= BUTTONS_IN_A_ROW
    for button in quiet:
        button.item.row = None if together else 1
        view.add_item(button)
    return view


class UpButton(PersistentButton, template=custom_ids.UP):
    """👍: counted at once."""

    emoji = "👍"

    @guarded("counting a vote")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Count the vote and say so."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        sentence = {
            None: texts.vote_up_counted,
            UP: texts.vote_already.format(vote="👍"),
            DOWN: texts.vote_changed.format(vote="👍"),
        }[await count(interaction, self.parts["answer"], UP)]
        await respond(interaction, embed_payload(sentence))


class DownButton(PersistentButton, template=custom_ids.DOWN):
    """👎: counted at once; then a form asks for the reason."""

    emoji = "👎"

    @guarded("counting a vote")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Open the form and count the vote, whether the form is sent or not."""
        # The form cannot be deferred, so it does not wait for the disk.
        counting = asyncio.create_task(count(interaction, self.parts["answer"], DOWN))
        texts = texts_for(str(interaction.locale))
        try:
            await open_form(interaction, ReasonForm(self.parts["answer"], texts))
        finally:
            before = await counting
        if before != DOWN:
            await post_vote(interaction, self.parts["answer"])


class FollowButton(PersistentButton, template=custom_ids.FOLLOW):
    """Ask a follow-up: a form, so that nobody's messages need to be read."""

    emoji = "💬"

    @guarded("opening the form for a follow-up")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Open the form."""
        form = FollowUpForm(texts_for(str(interaction.locale)), private=self.parts["private"] == "1")
        await open_form(interaction, form)


class DeleteButton(PersistentButton, template=custom_ids.DELETE):
    """Delete: for the person who asked, and for moderators."""

    emoji = "🗑️"

    @guarded("deleting an answer")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Delete the message, and what was kept about the answer."""
        if not may_delete(int(self.parts["asker"]), interaction.user.id, interaction.permissions.manage_messages):
            await respond_problem(interaction, texts_for(str(interaction.locale)).delete_not_allowed)
            return
        await defer(interaction, update=True)
        # First what is kept, so that nothing stays behind when the connection breaks.
        bot = services_of(interaction)
        guild_id = await bot.database.run(answers.where_asked, self.parts["answer"], interaction.guild_id)
        call = await bot.database.run(help_requests.call_about, guild_id, self.parts["answer"]) if guild_id else None
        await bot.database.run(answers.delete, self.parts["answer"], guild_id)
        await bot.database.scrub()
        try:
            await with_retries(interaction.delete_original_response)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:  # gone already, which is just as well
                raise
        if call is not None and guild_id is not None:
            await clear_call(bot, guild_id, call)
        if interaction.guild is not None and interaction.message is not None:
            settings = bot.settings_of(guild_id)
            here = bot.texts_of(interaction.guild, settings)
            await bot.gap_posts.withdraw(interaction.guild, settings, interaction.message.id, here)


async def count(interaction: discord.Interaction, answer_id: str, value: int) -> int | None:
    """Count a vote and give the one that stood before; of the person only a keyed hash is kept."""
    bot = services_of(interaction)
    guild_id = await bot.database.run(answers.where_asked, answer_id, interaction.guild_id)
    voter = bot.pseudonyms.hash(guild_id, interaction.user.id)
    vote = Vote(answer_id, guild_id, voter, value, datetime.now(UTC))
    before = await bot.database.run(votes.count_vote, vote)
    if before not in (None, value):  # a reason may have gone with the vote that it was for
        await bot.database.scrub()
    return before


BUTTONS = (UpButton, DownButton, FollowButton, DeleteButton)
