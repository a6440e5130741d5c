"""What a chat model's client raises -> the kind of trouble; no message of a provider reaches anybody."""

from __future__ import annotations

import re

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelTimeoutError,
)

from bot.notices import Trouble

# How servers word it; the clients know only some of these.
OVERFLOW = re.compile(
    r"context[ _-]?(?:length|window|size)|prompt is too long|too many (?:input )?tokens|input.{0,20}too (?:long|large)",
    re.IGNORECASE,
)
# What providers call an account that cannot pay; they send it with the status of a rate limit, which passes.
NO_CREDIT = re.compile(r"insufficient_quota|credit balance|billing", re.IGNORECASE)
KINDS: tuple[tuple[type[Exception], Trouble], ...] = (
    (ModelAuthenticationError, Trouble.BAD_KEY),
    (ModelPermissionDeniedError, Trouble.FORBIDDEN),
    (ModelNotFoundError, Trouble.UNKNOWN_MODEL),
    (ModelRateLimitError, Trouble.RATE_LIMIT),
    (ModelTimeoutError, Trouble.TOO_SLOW),
    (ModelConnectionError, Trouble.UNREACHABLE),
    (ModelAPIError, Trouble.SERVER_ERROR),
    (ModelInvalidRequestError, Trouble.NOT_ACCEPTED),
    (TimeoutError, Trouble.TOO_SLOW),
    (ConnectionError, Trouble.UNREACHABLE),
)
# For clients that do not raise LangChain's errors: by the HTTP status of what they raise.
STATUSES = {
    401: Trouble.BAD_KEY,
    403: Trouble.FORBIDDEN,
    404: Trouble.UNKNOWN_MODEL,
    408: Trouble.TOO_SLOW,
    429: Trouble.RATE_LIMIT,
}
NO_CREDIT_STATUSES = {400, 402, 403, 429}
LOWEST_SERVER_ERROR = 500
# And by its name, as the HTTP libraries under all of them have it ("ReadTimeout", "ConnectError", "ReadError").
NAMES = {
    "timeout": Trouble.TOO_SLOW,
    "connect": Trouble.UNREACHABLE,
    "readerror": Trouble.CUT_OFF,
    "protocolerror": Trouble.CUT_OFF,
}


class NoAnswerError(Exception):
    """The chat model was asked and gave no whole answer."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def is_too_long(error: Exception) -> bool:
    """Whether the server says that it was given more than fits into the model's context."""
    if isinstance(error, ContextOverflowError):
        return True
    refused = isinstance(error, ModelInvalidRequestError) or getattr(error, "status_code", None) in {400, 413, 422}
    # Only looked at, never shown: a provider's message may hold anything.
    return refused and bool(OVERFLOW.search(f"{error} {getattr(error, 'body', '')}"))


def trouble_of(error: Exception) -> Trouble:
    """Which kind of trouble an error is."""
    if isinstance(error, NoAnswerError):
        return error.trouble
    if is_too_long(error):
        return Trouble.TOO_LONG
    if getattr(error, "status_code", None) in NO_CREDIT_STATUSES and NO_CREDIT.search(f"{error}"):
        return Trouble.NO_CREDIT
    for kind, trouble in KINDS:
        if isinstance(error, kind):
            return trouble
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        otherwise = Trouble.SERVER_ERROR if status >= LOWEST_SERVER_ERROR else Trouble.NOT_ACCEPTED
        return STATUSES.get(status, otherwise)
    name = type(error).__name__.casefold()
    return next((trouble for part, trouble in NAMES.items() if part in name), Trouble.UNREADABLE)
