"""What is said to messages that point at others, and under the answers of the forum mode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConversationTexts:
    """What is said to messages that point at others, and under the answers of the forum mode."""

    # Small talk about a wrong answer.
    reply_complaint: str

    # What points at a message that Discord does not show.
    point_withheld: str
    role_mentioned: str

    # Forum mode.
    button_solved: str
    solved_not_allowed: str
