"""Documents of messages that follow soon, and hold few."""

from __future__ import annotations

from bot.discord.sources import message_documents

MOST = 6
SOON_SECONDS = 0.2


def follow_soon() -> None:
    """Wait for a moment only before a document is made anew; the launcher calls this before the program."""
    message_documents.NEW_SECONDS = message_documents.GONE_SECONDS = SOON_SECONDS
    message_documents.MOST_MESSAGES = MOST
