"""What can go wrong with a chat model, and the sentence that people read about it."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why a chat model's answer is not shown, or not all of it."""

    TOO_LONG = "too_long"
    BAD_KEY = "bad_key"
    FORBIDDEN = "forbidden"
    UNKNOWN_MODEL = "unknown_model"
    RATE_LIMIT = "rate_limit"
    NO_CREDIT = "no_credit"
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"
    SERVER_ERROR = "server_error"
    NOT_ACCEPTED = "not_accepted"
    UNREADABLE = "unreadable"
    SILENT = "silent"
    DECLINED = "declined"
    CUT_OFF = "cut_off"
    SPENT = "spent"
    UNPROVEN = "unproven"
    NOTHING_FOUND = "nothing_found"


REASONS = {
    Trouble.TOO_LONG: "The passages are too long for the chat model",
    Trouble.BAD_KEY: "The chat model did not accept the API key",
    Trouble.FORBIDDEN: "The API key may not use this chat model",
    Trouble.UNKNOWN_MODEL: "The chat model's server does not know this model",
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


def notice_on(trouble: Trouble, *, quotes_alone: bool) -> str:
    """What went wrong with the chat model, and what is shown instead.

    Args:
        trouble: What went wrong.
        quotes_alone: Whether the answer is made of quotes, with nothing that the chat model wrote.
    """
    reason = REASONS[trouble]
    if trouble is Trouble.NOTHING_FOUND:
        return f"{reason}."
    if quotes_alone:
        return f"{reason}, so the answer is made of quotes alone."
    return f"{reason}; what was checked by then is shown."
