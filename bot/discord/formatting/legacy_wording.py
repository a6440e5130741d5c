"""The sentences by which the answers of older programs are told apart: their buttons name no layout.

These are the words of that time. They stay as they are, whatever ``bot.discord.texts`` says today, and no language is
added: every message of a newer program names its layout.
"""

from __future__ import annotations

from bot.discord.formatting.answer_layout import AnswerLayout
from bot.discord.formatting.discord_markdown import SMALL

REFUSALS = frozenset({"The document does not say.", "Il documento non lo dice."})
# What stood as small print under the statements of a chat model: the heading of the quotes or, without any, a note.
UNDER_STATEMENTS = frozenset(
    {
        f"{SMALL}Quotes",
        f"{SMALL}Citazioni",
        f"{SMALL}The whole answer is in answer.md.",
        f"{SMALL}La risposta completa è in answer.md.",
        f"{SMALL}The rest does not fit here, and I may not attach files. Ask me where I may, or in a direct message.",
        f"{SMALL}Il resto non ci sta e qui non posso allegare file. Chiedimelo dove posso, o in un messaggio diretto.",
    }
)


def layout_by_wording(said: str, small: str) -> AnswerLayout:
    """The layout of a message that names none.

    Args:
        said: What the message says before its first line of small print.
        small: That line; empty where there is none.
    """
    if said in REFUSALS:
        return AnswerLayout.REFUSAL
    return AnswerLayout.STATEMENTS if small in UNDER_STATEMENTS else AnswerLayout.QUOTES
