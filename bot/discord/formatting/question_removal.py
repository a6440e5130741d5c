"""The bot's own answer -> the same without the question; what people asked and then deleted is shown no longer."""

from __future__ import annotations

from bot.discord.formatting.answer_parser import HEADLINE
from bot.discord.formatting.discord_markdown import SMALL, escape
from bot.discord.texts import LANGUAGES

SEPARATOR = " · "
FILE_HEADING = "# "


def content_without_question(content: str, instead: str) -> str:
    """An answer as plain text: its first line is the question in bold, its last one the small print."""
    head, _, rest = content.partition("\n")
    if not HEADLINE.fullmatch(head):
        return content
    body, newline, foot = rest.rpartition("\n")
    if foot.startswith(SMALL):
        foot = SMALL + footer_without_question(foot.removeprefix(SMALL))
    return f"**{escape(instead)}**\n{body}{newline}{foot}"


def file_without_question(text: str, instead: str) -> str:
    """An answer as a file: its first line is the question as a heading, its last one the small print."""
    head, newline, rest = text.partition("\n")
    if not head.startswith(FILE_HEADING):
        return text
    body, before_last, foot = rest.rstrip("\n").rpartition("\n")
    return f"{FILE_HEADING}{escape(instead)}{newline}{body}{before_last}{footer_without_question(foot)}\n"


def footer_without_question(footer: str) -> str:
    """The small print without how the question was read, in whatever language; it is told last, or nearly."""
    told = footer.casefold()
    beginnings = (texts.read_as.partition("{question}")[0].casefold() for texts in LANGUAGES.values())
    found = [at for beginning in beginnings for at in _places(told, beginning)]
    return footer[: min(found)].removesuffix(SEPARATOR) if found else footer


def _places(told: str, beginning: str) -> list[int]:
    """Where a part of the small print begins so: at its start, or after a separator."""
    starts = [0, *(at + len(SEPARATOR) for at in range(len(told)) if told.startswith(SEPARATOR, at))]
    return [at for at in starts if told.startswith(beginning, at)]
