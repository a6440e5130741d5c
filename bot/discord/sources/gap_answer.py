"""*Answer it*: the button under a posted question, and the form whose answer becomes an entry of the server's FAQ."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import discord

from bot.discord import custom_ids
from bot.discord.asking.audience import audience_of, limits_of
from bot.discord.asking.error_sentences import error_sentence, respond_problem
from bot.discord.asking.gap_posts import read_post
from bot.discord.asking.history import fetch_message, turn_of
from bot.discord.asking.interactions import open_form
from bot.discord.asking.payloads import embed_payload
from bot.discord.asking.posting_rights import sees_all_of
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.formatting.gap_post import Gap
from bot.discord.library.change_queue import QueuePlace
from bot.discord.library.collections import DocumentAccess
from bot.discord.library.faq import FaqEntry
from bot.discord.library_rights import library_objection
from bot.discord.services import services_of
from bot.discord.sources.progress_message import LastWord, ProgressMessage, follow_change
from bot.discord.texts import Texts, texts_for
from bot.discord.views.forms import FORM_SECONDS
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton
from bot.safe_text import one_line

MAX_ANSWER_CHARACTERS = 4000
# As much of the question as the form shows.
QUESTION_UNITS = 1500
NAME_UNITS = 100

Place = discord.abc.GuildChannel | discord.Thread | None


class AnswerGapButton(PersistentButton, template=custom_ids.GAP):
    """Answer it: a form, for those who may change the library."""

    @guarded("opening the form for an answer")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Open the form, with what was answered before."""
        texts = texts_for(str(interaction.locale))
        gap = _gap_of(interaction)
        source = await _source(interaction, gap)
        problem = _objection(interaction, gap, source, texts)
        if gap is None or source is None or interaction.guild_id is None or problem is not None:
            await respond_problem(interaction, problem or texts.gap_question_gone)
            return
        question = gap.question or await _question_behind(source, gap)
        if not question:
            await respond_problem(interaction, texts.gap_question_gone)
            return
        access, faq = limits_of(source), services_of(interaction).faq
        before = ""
        if gap.answered:
            me = audience_of(interaction.user, interaction.channel, interaction.guild, private=True)
            before = await faq.answer_to(interaction.guild_id, access, question, me)
        await open_form(interaction, GapForm(question, before, texts, for_all=not access.is_limited))


class GapForm(discord.ui.Modal):
    """The question, and a field for the answer; who will read it stands above the field."""

    def __init__(self, question: str, before: str, texts: Texts, *, for_all: bool) -> None:
        super().__init__(title=texts.gap_form_title, timeout=FORM_SECONDS)
        self._question = question
        self._answer: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph,
            default=before[:MAX_ANSWER_CHARACTERS] or None,
            max_length=MAX_ANSWER_CHARACTERS,
        )
        description = texts.gap_form_description_all if for_all else texts.gap_form_description_channel
        self.add_item(discord.ui.TextDisplay(shorten(one_line(question), QUESTION_UNITS)))
        self.add_item(discord.ui.Label(text=texts.gap_form_label, description=description, component=self._answer))

    @guarded("storing an answer")
    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Write the answer into the FAQ, and say so on the post and where the question was asked."""
        texts = texts_for(str(interaction.locale))
        gap, post, guild = _gap_of(interaction), interaction.message, interaction.guild
        source = await _source(interaction, gap)
        problem = _objection(interaction, gap, source, texts)
        if gap is None or source is None or post is None or guild is None or problem is not None:
            await respond_problem(interaction, problem or texts.gap_question_gone)
            return
        bot, person, access = services_of(interaction), interaction.user, limits_of(source)
        here = bot.texts_of(guild, bot.settings_of(guild.id))

        async def work(progress: ProgressMessage) -> LastWord:
            place = QueuePlace(lambda: progress.say(texts.library_waiting))
            try:
                title = await self._store(interaction, guild, access, here, place)
            except Exception as error:  # noqa: BLE001 (told with what was written, which nobody types twice)
                sentence = error_sentence(error, texts, "storing an answer")
                return LastWord(sentence, whole=self._answer.value, is_problem=True)
            shown = self._answer.value if gap.question and _told_to_readers(post, source) else ""
            with suppress(discord.HTTPException):  # the answer holds, whatever becomes of the post
                if await bot.gap_posts.mark_answered(post, shown, person.mention, here):
                    who = shorten(one_line(person.display_name), NAME_UNITS)
                    await _tell_where_asked(source, gap, here.gap_told.format(name=who, title=title))
            return LastWord(texts.gap_saved.format(title=title))

        await follow_change(bot, interaction, texts, shorten(one_line(self._question), NAME_UNITS), work)

    async def _store(
        self,
        interaction: discord.Interaction,
        guild: discord.Guild,
        access: DocumentAccess,
        here: Texts,
        place: QueuePlace,
    ) -> str:
        """Write the answer into the FAQ of those who see where it was asked, and give the title of that document."""
        person = interaction.user
        title = here.faq_title.format(server=one_line(guild.name))
        entry = FaqEntry(self._question, self._answer.value, person.display_name, datetime.now(UTC).date())
        faq = services_of(interaction).faq
        document = await faq.add(guild.id, access, entry, title, here, person=person.id, place=place)
        return shorten(document.title, NAME_UNITS)


def _objection(interaction: discord.Interaction, gap: Gap | None, source: Place, texts: Texts) -> str | None:
    """Why this person may not answer; looked at when the form opens, and again when it is sent."""
    person = interaction.user
    if gap is None or not isinstance(person, discord.Member):
        return texts.gap_question_gone
    if (problem := library_objection(interaction, texts)) is not None:
        return problem
    if source is None:
        return texts.gap_question_gone
    if not gap.question and not source.permissions_for(person).view_channel:
        return texts.gap_no_access.format(channel=source.mention)
    return None


def _gap_of(interaction: discord.Interaction) -> Gap | None:
    post = read_post(interaction.message) if interaction.message is not None else None
    return post.gap if post is not None else None


async def _source(interaction: discord.Interaction, gap: Gap | None) -> Place:
    """Where the question was asked; where that is gone, the channel of the post, whose readers know it."""
    guild = interaction.guild
    if guild is None or gap is None:
        return None
    source = guild.get_channel_or_thread(gap.channel_id)
    if source is None:  # an archived thread has to be asked for
        with suppress(discord.HTTPException):
            source = await guild.fetch_channel(gap.channel_id)
    here = interaction.channel
    return source or (here if isinstance(here, discord.abc.GuildChannel | discord.Thread) else None)


def _told_to_readers(post: discord.Message, source: Place) -> bool:
    """Whether all who see the post see where the question was asked, which may have been closed since."""
    return isinstance(post.channel, discord.TextChannel) and sees_all_of(post.channel, source)


async def _question_behind(source: Place, gap: Gap) -> str:
    """The question of a post that does not tell it, from the message that answers it."""
    if not isinstance(source, discord.abc.Messageable):
        return ""
    message = await fetch_message(source, gap.message_id)
    turn = await turn_of(message) if message is not None else None
    return turn.question if turn is not None else ""


async def _tell_where_asked(source: Place, gap: Gap, sentence: str) -> None:
    """Say under the answer that everybody sees that there is a better one now."""
    if gap.message_id and isinstance(source, discord.abc.Messageable):
        answer = await fetch_message(source, gap.message_id)
        if answer is not None:
            await answer.reply(**embed_payload(sentence).for_send(), mention_author=False)


GAP_BUTTONS = (AnswerGapButton,)
