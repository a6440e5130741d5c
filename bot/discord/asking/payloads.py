"""What one message shows, whichever way it is sent."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.discord.formatting.answer_page import PROBLEM, AnswerPage, Presentation, answer_page, answer_text
from bot.discord.formatting.attachments import ANSWER_FILE
from bot.discord.formatting.passage_page import PassagePage
from bot.discord.texts import Texts
from bot.safe_text import one_line
from bot.types import Answer


@dataclass(frozen=True, slots=True)
class Origin:
    """The server that a direct message is answered from, and whether the person could choose another one."""

    guild_id: int
    name: str
    has_others: bool


@dataclass(frozen=True, slots=True)
class Surface:
    """What a message may show where it will stand, and in which language; ``origin`` is told in direct messages."""

    texts: Texts
    may_embed: bool
    may_attach: bool
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """One message: words or an embed, buttons, and a text file; or a layout, which has its own words.

    ``attachment`` is the file's name and its text. The parts are made anew for each attempt to send them, because
    sending uses a file up.
    """

    content: str | None = None
    embed: discord.Embed | None = None
    view: discord.ui.View | discord.ui.LayoutView | None = None
    attachment: tuple[str, str] | None = None

    def for_edit(self) -> dict[str, Any]:
        """The arguments of an edit: what the message no longer has is taken away."""
        return {"content": self.content, "embed": self.embed, "view": self.view, "attachments": self._files()}

    def for_send(self) -> dict[str, Any]:
        """The arguments of a new message."""
        parts: dict[str, Any] = {"content": self.content, "embed": self.embed, "view": self.view}
        parts = {name: part for name, part in parts.items() if part is not None}
        files = self._files()
        # Without an embed of its own, a message must not grow one from an address in its words.
        return {**parts, **({"files": files} if files else {}), "suppress_embeds": self.embed is None}

    def _files(self) -> list[discord.File]:
        if self.attachment is None:
            return []
        name, text = self.attachment
        return [discord.File(io.BytesIO(text.encode("utf-8")), filename=name)]


def answer_payload(
    answer: Answer, surface: Surface, presentation: Presentation, view: discord.ui.View | None = None
) -> Payload:
    """An answer, or a part of one, as an embed or, where the bot may not embed, as plain text."""
    presentation = replace(presentation, may_attach=surface.may_attach)
    if not surface.may_embed:
        plain = answer_text(answer, surface.texts, presentation)
        return Payload(plain.content, view=view, attachment=_named(ANSWER_FILE, plain.attachment))
    page = answer_page(answer, surface.texts, presentation)
    if surface.origin is not None:
        from_server = surface.texts.from_server.format(name=one_line(surface.origin.name))
        page = replace(page, footer=surface.texts.small_print([*filter(None, [page.footer]), from_server]))
    return page_payload(page, ANSWER_FILE, view)


def page_payload(page: AnswerPage | PassagePage, file_name: str, view: discord.ui.View | None) -> Payload:
    """A page as an embed; ``file_name`` is what the rest of it is attached as, where there is one."""
    embed = discord.Embed(title=page.title or None, description=page.description, colour=page.colour)
    embed.url = page.url if isinstance(page, PassagePage) else None
    if page.footer:
        embed.set_footer(text=page.footer)
    return Payload(embed=embed, view=view, attachment=_named(file_name, page.attachment))


def sentence_payload(sentence: str, surface: Surface, colour: int | None = PROBLEM) -> Payload:
    """A sentence in place of an answer, mostly about what is in the way of one."""
    return embed_payload(sentence, colour=colour) if surface.may_embed else Payload(sentence)


def embed_payload(text: str, *, colour: int | None = None, attachment: tuple[str, str] | None = None) -> Payload:
    """Anything else that the bot says, as an embed, so that it looks the same everywhere."""
    return Payload(embed=discord.Embed(description=text, colour=colour), attachment=attachment)


def mentions(mark: str, ids: Iterable[int]) -> str:
    """Channels (``#``) or roles (``@&``) as Discord shows them to each reader; nobody is pinged."""
    return ", ".join(f"<{mark}{one}>" for one in sorted(ids))


def _named(name: str, text: str | None) -> tuple[str, str] | None:
    return None if text is None else (name, text)
