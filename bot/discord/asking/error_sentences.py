"""The one place where errors become what people see: a plain sentence, and a short reference to the log."""

from __future__ import annotations

import math
from typing import Any

import discord

from bot.discord.asking.interactions import NOT_OURS_TO_EDIT, respond, response_kind
from bot.discord.asking.payloads import embed_payload
from bot.discord.asking.rate_limits import LimitReached, RateLimit
from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.records.server_settings import ServerSettings
from bot.discord.redacted_log import log_failure
from bot.discord.texts import Texts, texts_for
from bot.errors import QuestionError, QuestionProblem
from retrieval import CollectionError, LibraryBusyError, check_question
from retrieval.text.question_rules import MAX_QUESTION_CHARACTERS


def error_sentence(error: BaseException, texts: Texts, doing: str) -> str:
    """What a person is told about an error; what they can do nothing about goes to the log under a reference.

    Args:
        error: What went wrong.
        texts: The words, in the person's language.
        doing: What was being done, for the log.
    """
    if isinstance(error, LibraryBusyError):
        return texts.library_busy
    if isinstance(error, CollectionError):
        return texts.library_empty
    return texts.failure.format(reference=log_failure(error, doing))


def question_problem(text: str, texts: Texts) -> str | None:
    """The sentence for a question that cannot be asked as it is; None for one that can."""
    try:
        check_question(text)
    except QuestionError as error:
        return _question_sentence(error, text, texts)
    return None


def _question_sentence(error: QuestionError, text: str, texts: Texts) -> str:
    if error.problem is QuestionProblem.BLANK:
        return texts.question_blank
    if error.problem is QuestionProblem.TOO_LONG:
        return texts.question_too_long.format(
            length=texts.number(len(text)), limit=texts.number(MAX_QUESTION_CHARACTERS)
        )
    return texts.question_broken


def limit_sentence(reached: LimitReached, settings: ServerSettings, texts: Texts) -> str:
    """Why no more questions are taken, and when they are again; Discord shows the moment in the reader's time."""
    sentence, limit = {
        RateLimit.PERSON_MINUTE: (texts.limit_person_minute, settings.questions_per_minute),
        RateLimit.PERSON_DAY: (texts.limit_person_day, settings.questions_per_day),
        RateLimit.SERVER_DAY: (texts.limit_server_day, settings.server_questions_per_day),
    }[reached.limit]
    return sentence.format(questions=texts.questions(limit), when=f"<t:{math.ceil(reached.opens.timestamp())}:R>")


async def respond_problem(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Say privately what is in the way."""
    await respond(interaction, embed_payload(sentence, colour=PROBLEM))


async def tell_error(interaction: discord.Interaction[Any], error: BaseException, doing: str) -> None:
    """Say that something failed, whatever state the interaction is in."""
    sentence = error_sentence(error, texts_for(str(interaction.locale)), doing)
    try:
        if response_kind(interaction) in NOT_OURS_TO_EDIT:
            await interaction.followup.send(**embed_payload(sentence, colour=PROBLEM).for_send(), ephemeral=True)
        else:
            await respond_problem(interaction, sentence)
    except Exception as second:  # noqa: BLE001 (there is nobody left to tell)
        log_failure(second, "telling about a failure")
