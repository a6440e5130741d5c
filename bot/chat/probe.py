"""One tiny call to the chat model, to see whether it is there."""

from __future__ import annotations

from contextlib import closing

from langchain_core.messages import HumanMessage

from bot.chat.chat_client import ChatClient, Meter
from bot.chat.failures import trouble_of
from bot.chat.prompts import PROBE
from bot.chat.providers import open_chat_model
from bot.errors import ChatModelError
from bot.notices import REASONS, Trouble
from bot.settings import Settings

ADDRESS = "correct PULLQUOTE_CHAT_BASE_URL or start the server"
KEY = "set PULLQUOTE_CHAT_API_KEY to a key that is valid for it"
NAME = "correct PULLQUOTE_CHAT_MODEL"
LATER = "try again in a while"
REMEDIES = {
    Trouble.BAD_KEY: KEY,
    Trouble.FORBIDDEN: KEY,
    Trouble.UNKNOWN_MODEL: NAME,
    Trouble.RATE_LIMIT: LATER,
    Trouble.NO_CREDIT: "add credit there or name another model",
    Trouble.TOO_SLOW: "raise PULLQUOTE_CHAT_TIMEOUT_SECONDS or name a faster model",
    Trouble.UNREACHABLE: ADDRESS,
    Trouble.SERVER_ERROR: LATER,
    Trouble.UNREADABLE: ADDRESS,
}


def probe_chat_model(settings: Settings) -> str:
    """Call the chat model once, and say what it is.

    Raises:
        ChatModelError: If it cannot be opened or does not answer; the sentence says the remedy.
    """
    client = ChatClient(open_chat_model(settings), settings.chat_timeout_seconds, 1)
    try:
        with closing(client.stream([HumanMessage(PROBE)], Meter())) as pieces:
            first = next(pieces, "")
    except Exception as error:  # noqa: BLE001 (each provider's client has its own)
        trouble = trouble_of(error)
        raise ChatModelError(f"{REASONS[trouble]}; {REMEDIES.get(trouble, NAME)}.") from None
    if not first:
        raise ChatModelError(f"{REASONS[Trouble.SILENT]}; {NAME}.")
    return f"{settings.chat_model} answers"
