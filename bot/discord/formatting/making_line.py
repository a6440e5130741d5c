"""How an answer was made, on one line: how sure it is, how long it took, and who wrote it."""

from __future__ import annotations

from bot.discord.formatting.discord_markdown import shorten
from bot.discord.records.answers import AnswerMaking
from bot.discord.texts import Texts
from bot.safe_text import one_line
from bot.types import EXTRACTIVE, Certainty

MODEL_UNITS = 100
SHORTEST, LONG = 0.01, 0.1


def making_line(making: AnswerMaking, texts: Texts) -> str:
    """The line, escaped."""
    sentence = {
        Certainty.SURE: texts.making_sure,
        Certainty.UNSURE: texts.making_unsure,
        None: texts.making_refused,
    }[making.certainty]
    parts = [sentence.format(percent=texts.number(100 * making.confidence))]
    if making.milliseconds is not None:
        parts.append(texts.making_time.format(seconds=_seconds(making.milliseconds / 1000, texts)))
    if making.mode == EXTRACTIVE:
        parts.append(texts.making_by_rules)
    else:
        parts.append(texts.making_by_chat_model.format(model=shorten(one_line(making.mode), MODEL_UNITS)))
    return texts.small_print(parts)


def _seconds(value: float, texts: Texts) -> str:
    """So many digits that no answer seems to have taken no time at all."""
    return texts.number(max(value, SHORTEST), 1 if value >= LONG else 2)
