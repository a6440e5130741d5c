"""Whether a question may be asked, here and now; questions by interaction and by message go to the same service."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import discord

from bot.discord.asking.askers import asker_of, place_ids, server_place
from bot.discord.asking.audience import audience_of
from bot.discord.asking.error_sentences import error_sentence, question_problem, respond_problem
from bot.discord.asking.incoming_question import HistoryReader, IncomingQuestion, StillWanted
from bot.discord.asking.interaction_responder import InteractionResponder
from bot.discord.asking.interactions import CONNECTION_ERRORS
from bot.discord.asking.limited_documents import tell_of_limited_documents
from bot.discord.asking.payloads import Origin, mentions, sentence_payload
from bot.discord.asking.post_responder import PostResponder
from bot.discord.asking.question_names import question_in, question_of
from bot.discord.asking.reactions import reacted
from bot.discord.asking.responders import MessageResponder
from bot.discord.asking.server_choice import server_choice_payload
from bot.discord.asking.shared_servers import PendingQuestion, Undecided
from bot.discord.formatting.example_line import with_examples
from bot.discord.library.collections import Audience
from bot.discord.library.empty_library import empty_library_sentence, is_empty
from bot.discord.permissions import AskPermission, may_add, may_ask
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services import BotServices, services_of
from bot.discord.texts import Texts, texts_for
from bot.small_talk import find_small_talk
from bot.types import Status
from retrieval import RetrievalError

AnyResponder = TypeVar("AnyResponder", bound=MessageResponder)

# Where a message, which everybody sees, is answered with nothing.
SILENT = {AskPermission.ALLOWED_ALONE, AskPermission.WRONG_CHANNEL, AskPermission.DENIED}


@dataclass(frozen=True, slots=True)
class MessageQuestion:
    """A question by message.

    Attributes:
        text: What is asked.
        history: Reads the conversation back.
        source_id: The message whose words these are, where it is another than the one that asks.
        spoken_to: Whether the bot was called, and not only overhears.
    """

    text: str
    history: HistoryReader
    source_id: int | None = None
    spoken_to: bool = True


async def ask_by_interaction(
    interaction: discord.Interaction,
    text: str,
    *,
    private: bool,
    history: HistoryReader,
    document: str | None = None,
    source_id: int | None = None,
) -> None:
    """Answer a command, a menu item or a form; what is in the way is said privately.

    Args:
        interaction: What was called; nothing has been answered to it yet.
        text: The question.
        private: Whether only the asker sees the answer; where the server wants no answers, nobody else does anyway.
        history: Reads back what was said before.
        document: The id of the only document to answer from, if the question is about one.
        source_id: The message whose words the question is, if it is one; in these, marks are names already.
    """
    bot = services_of(interaction)
    if not bot.first_time(interaction.id):
        return
    texts = texts_for(str(interaction.locale))
    if source_id is None:
        text = await question_of(interaction, text)
    settings = bot.settings_of(interaction.guild_id)
    asker = asker_of(interaction.user, manages_server=interaction.permissions.manage_guild)
    is_direct = interaction.guild_id is None
    permission = may_ask(settings, place_ids(interaction.channel), asker, is_direct=is_direct)
    if (problem := _objection(bot, text, permission, settings, texts)) is not None:
        await respond_problem(interaction, problem)
        return
    private = private or permission is AskPermission.ALLOWED_ALONE
    responder = InteractionResponder(interaction, texts, private=private)
    if is_direct:
        asked = PendingQuestion(text, history, document, source_id)
        await _answer_directly(bot, interaction.user, interaction.channel, asked, responder)
        return
    audience = audience_of(interaction.user, interaction.channel, interaction.guild, private=private)
    place = server_place(interaction.channel)
    incoming = IncomingQuestion(
        text.strip(),
        interaction.user.id,
        audience,
        history,
        channel_id=place,
        document=document,
        may_add=may_add(settings, asker),
        source_id=source_id,
    )
    given = await bot.answer_service.answer(incoming, responder, settings)
    if given is not None and not private and given.answer.status is Status.NOT_FOUND:
        await tell_of_limited_documents(interaction, bot.library, audience, texts)


async def ask_by_message(bot: BotServices, message: discord.Message, question: MessageQuestion) -> None:
    """Answer a mention, a reply, a direct message or a plain one in a thread of the bot's own with a reply.

    In a channel where the server does not want the bot, it says nothing, nor to whom the server denies it; nor does it
    refuse who has not spoken to it.
    """
    settings, permission, responder = _received(bot, message, MessageResponder)
    responder.spoken_to = question.spoken_to
    if permission in SILENT or (permission is AskPermission.MISSING_ROLE and not question.spoken_to):
        return
    if (problem := _objection(bot, question.text, permission, settings, responder.surface.texts)) is not None:
        await responder.refuse(problem)
        return
    if await reacted(message, question.text):
        return
    if message.guild is None:
        # Where a server has to be chosen first, the answer is no reply to the message.
        pending = PendingQuestion(question.text, question.history, source_id=question.source_id or message.id)
        await _answer_directly(bot, message.author, message.channel, pending, responder)
        return
    audience = audience_of(message.author, message.channel, message.guild, private=False)
    incoming = IncomingQuestion(
        question.text.strip(),
        message.author.id,
        audience,
        question.history,
        channel_id=server_place(message.channel),
        source_id=question.source_id,
        may_add=may_add(settings, asker_of(message.author)),
    )
    await bot.answer_service.answer(incoming, responder, settings)


async def answer_post(
    bot: BotServices,
    message: discord.Message,
    question: MessageQuestion,
    button: discord.ui.Item[Any],
    still_wanted: StillWanted,
) -> None:
    """Answer somebody who has not asked the bot, if the answer is sure; else nothing is said.

    Args:
        bot: The bot.
        message: The post.
        question: What it asks.
        button: Stands under the answer with the others.
        still_wanted: Says, once the answer is there, whether it still is of use.
    """
    settings, permission, responder = _received(bot, message, PostResponder)
    if permission is not AskPermission.ALLOWED:
        return
    if _objection(bot, question.text, permission, settings, responder.surface.texts) is not None:
        return
    responder.button = button
    incoming = IncomingQuestion(
        question.text,
        message.author.id,
        audience_of(message.author, message.channel, message.guild, private=False),
        question.history,
        only_when_sure=True,
        channel_id=server_place(message.channel),
        still_wanted=still_wanted,
    )
    await bot.answer_service.answer(incoming, responder, settings)


async def _answer_directly(
    bot: BotServices,
    person: discord.User | discord.Member,
    channel: object,
    asked: PendingQuestion,
    responder: InteractionResponder | MessageResponder,
) -> None:
    """Answer a direct message from the server that the person has chosen, as they would be answered there alone."""
    place = None
    if find_small_talk(asked.text) is None:  # which is answered alike everywhere
        await responder.begin()
        try:
            place = await bot.shared_servers.place_of(person, channel)
        except (discord.HTTPException, *CONNECTION_ERRORS, RetrievalError) as error:
            sentence = error_sentence(error, responder.surface.texts, "looking for the servers of a person")
            await responder.finish(sentence_payload(sentence, responder.surface))
            return
    if isinstance(place, Undecided):
        bot.shared_servers.wait(person, asked)
        await responder.finish(server_choice_payload(place.guilds, responder.surface.texts))
        return
    settings, audience, adds = bot.settings_of(None), Audience(None), False
    if place is not None:
        settings, audience = bot.settings_of(place.guild.id), place.audience
        texts = responder.surface.texts
        if isinstance(responder, MessageResponder):
            texts = bot.texts_of(place.guild, settings)
        origin = Origin(place.guild.id, place.guild.name, has_others=place.others)
        responder.surface = replace(responder.surface, texts=texts, origin=origin)
        # A direct message is in no channel; whom the server answers holds here, too.
        people = replace(settings, channels=None, denied_channels=frozenset())
        asker = asker_of(place.member)
        permission, adds = may_ask(people, (), asker, is_direct=False), may_add(settings, asker)
        if (problem := _objection(bot, asked.text, permission, settings, texts)) is not None:
            await responder.refuse(problem)
            return
    incoming = IncomingQuestion(
        asked.text.strip(),
        person.id,
        audience,
        asked.history,
        document=asked.document,
        source_id=asked.source_id,
        may_add=adds,
    )
    await bot.answer_service.answer(incoming, responder, settings)


async def explain_by_message(bot: BotServices, message: discord.Message, sentence: str) -> None:
    """Say how to ask, to a message that cannot be answered.

    Args:
        bot: The bot.
        message: What speaks to the bot.
        sentence: The name of the sentence that says it.
    """
    settings, permission, responder = _received(bot, message, MessageResponder)
    texts = responder.surface.texts
    if permission not in SILENT and bot.user is not None:
        said = str(getattr(texts, sentence)).format(mention=bot.user.mention)
        if sentence == "how_to_ask":
            audience = audience_of(message.author, message.channel, message.guild, private=False)
            said = with_examples(said, await bot.examples.known(audience), texts)
            shared = settings.shared_documents
            if await asyncio.to_thread(is_empty, bot.library, audience, shared=shared):
                adds, roles = may_add(settings, asker_of(message.author)), settings.library_roles
                said += "\n" + empty_library_sentence(texts, in_server=True, may_add=adds, roles=roles)
        await responder.remark(said)


def _received(
    bot: BotServices, message: discord.Message, responder_type: type[AnyResponder]
) -> tuple[ServerSettings, AskPermission, AnyResponder]:
    settings = bot.settings_of(message.guild.id if message.guild else None)
    permission = may_ask(
        settings, place_ids(message.channel), asker_of(message.author), is_direct=message.guild is None
    )
    words = question_in(message, bot.user) if bot.user else ""
    texts = bot.texts_of(message.guild, settings)
    responder = responder_type(message, texts, bot.answer_service.notices, bot.answer_service.order, words)
    return settings, permission, responder


def _objection(
    bot: BotServices, text: str, permission: AskPermission, settings: ServerSettings, texts: Texts
) -> str | None:
    """What is in the way of answering, in a sentence; None when nothing is."""
    if bot.answer_service.stopping:
        return texts.stopping
    return permission_problem(permission, settings, texts) or question_problem(text, texts)


def permission_problem(permission: AskPermission, settings: ServerSettings, texts: Texts) -> str | None:
    """Why somebody may not ask, and what to do, in a sentence; None for those who may."""
    if permission is AskPermission.WRONG_CHANNEL:
        return _wrong_channel(settings, texts)
    if permission is AskPermission.MISSING_ROLE and settings.asking_roles:
        return texts.role_not_allowed.format(roles=mentions("@&", settings.asking_roles))
    if permission is AskPermission.MISSING_ROLE:
        return texts.nobody_allowed
    return texts.person_denied if permission is AskPermission.DENIED else None


def _wrong_channel(settings: ServerSettings, texts: Texts) -> str:
    if settings.channels is None:
        return texts.channel_denied
    allowed = settings.channels - settings.denied_channels
    return texts.channel_not_allowed.format(channels=mentions("#", allowed)) if allowed else texts.no_channel_allowed
