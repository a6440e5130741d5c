"""What a reader should know about how an answer came about, in one plain English sentence each."""

from __future__ import annotations

from bot.types import EXTRACTIVE, Answer, Trouble

REASONS = {
    Trouble.TOO_LONG: "The passages are too long for the chat model",
    Trouble.BAD_KEY: "The chat model did not accept the API key",
    Trouble.FORBIDDEN: "The API key may not use this chat model",
    Trouble.UNKNOWN_MODEL: "The chat model is not known to its server",
    Trouble.RATE_LIMIT: "The chat model's rate limit is reached",
    Trouble.NO_CREDIT: "The account at the chat model's provider has no credit left",
    Trouble.TOO_SLOW: "The chat model took too long",
    Trouble.UNREACHABLE: "The chat model could not be reached",
    Trouble.SERVER_ERROR: "The chat model's server had an error",
    Trouble.NOT_ACCEPTED: "The chat model's server did not accept the request",
    Trouble.UNREADABLE: "The chat model's server sent something unreadable",
    Trouble.SILENT: "The chat model said nothing",
    Trouble.DECLINED: "The chat model declined to answer",
    Trouble.CUT_OFF: "The chat model was cut off",
    Trouble.SPENT: "Today's tokens for the chat model are used up",
    Trouble.UNPROVEN: "What the chat model wrote could not be proven",
    Trouble.NOTHING_FOUND: "The chat model found no answer in the passages",
}


def notice_on(answer: Answer) -> str | None:
    """What went wrong with the chat model, and what is shown instead; None where nothing did."""
    if answer.trouble is None:
        return None
    reason = REASONS[answer.trouble]
    if answer.trouble is Trouble.NOTHING_FOUND:
        return f"{reason}."
    if answer.mode == EXTRACTIVE:
        return f"{reason}, so the answer is made of quotes alone."
    return f"{reason}; what was checked by then is shown."


def reading_of(answer: Answer) -> str | None:
    """How the question was understood, where the conversation was needed to understand it."""
    return f"Read as: {answer.read_as}" if answer.read_as else None
