"""What was said already: "What else?" is not answered with the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.ellipsis import END, MORE
from bot.types import Turn

ASKING = r"(?:who|what|where|when|which \w+|anything|something|anyone|anybody)"
ELSE = re.compile(rf"\b{ASKING} (?:else|more)\b", re.IGNORECASE)


def heard_before(question: str, history: Sequence[Turn]) -> tuple[str, ...]:
    """The answers that a question for more follows on, each on one line; none where it asks for something else.

    Args:
        question: The question as it was asked.
        history: What was said before, oldest first.
    """
    if not ELSE.search(question) and not MORE.fullmatch(END.sub("", " ".join(question.split()))):
        return ()
    return tuple(" ".join(turn.answer.split()) for turn in history)
