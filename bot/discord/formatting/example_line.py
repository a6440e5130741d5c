"""Example questions as a line under something else that is said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord.formatting.discord_markdown import escape
from bot.discord.texts import Texts

SEPARATOR = " · "


def with_examples(sentence: str, questions: Sequence[str], texts: Texts) -> str:
    """The sentence, and under it the questions, if there are any."""
    if not questions:
        return sentence
    shown = SEPARATOR.join(f"*{escape(question)}*" for question in questions)
    return f"{sentence}\n{texts.examples.format(questions=shown)}"
