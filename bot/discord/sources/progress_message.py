"""The private message that follows a change of the library: how far it is, and at the end what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import discord

from bot.discord.asking.edit_throttle import throttle_edits
from bot.discord.asking.error_sentences import error_sentence
from bot.discord.asking.interaction_responder import InteractionResponder
from bot.discord.asking.interactions import CONNECTION_ERRORS, response_kind
from bot.discord.asking.payloads import Payload, embed_payload
from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.services import BotServices
from bot.discord.texts import Texts
from bot.discord.views.first_document import has_documents, offer_examples

REPORT_FILE = "report.md"

Last = TypeVar("Last")


@dataclass(frozen=True, slots=True)
class LastWord:
    """What is said at the end; ``whole`` is all of it, where a message cannot hold that."""

    text: str
    whole: str | None = None
    is_problem: bool = False

    @property
    def payload(self) -> Payload:
        """The message."""
        attachment = None if self.whole is None else (REPORT_FILE, self.whole)
        return embed_payload(self.text, colour=PROBLEM if self.is_problem else None, attachment=attachment)


class ProgressMessage:
    """Shows the newest sentence about a change, as often as Discord bears.

    Args:
        responder: Where it is shown.
        view: The buttons under it while the change goes on.
    """

    def __init__(self, responder: InteractionResponder, view: discord.ui.View | None = None) -> None:
        self._responder = responder
        self._view = view
        self._loop = asyncio.get_running_loop()
        self._said: asyncio.Queue[str | None] = asyncio.Queue()

    def say(self, sentence: str) -> None:
        """Show a sentence; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._said.put_nowait, sentence)

    async def begin(self, sentence: str) -> None:
        """Show a sentence at once, before any other; one that gets lost loses nothing."""
        with suppress(discord.HTTPException, *CONNECTION_ERRORS):
            await self._show(sentence)

    async def follow(self, work: Awaitable[Last]) -> Last:
        """Show what is said while the work goes on; give what came of it."""
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda _: self._said.put_nowait(None))
        try:
            await throttle_edits(self._sentences(), self._show)
            return await task
        finally:
            task.cancel()

    async def _sentences(self) -> AsyncIterator[str]:
        sentence = await self._said.get()
        if sentence is None:  # nothing was said; a stream has at least one snapshot, which is not shown at its end
            yield ""
        while sentence is not None:
            yield sentence
            sentence = await self._said.get()

    async def _show(self, sentence: str) -> None:
        payload = embed_payload(sentence)
        await self._responder.show(Payload(embed=payload.embed, view=self._view))


async def follow_change(
    bot: BotServices,
    interaction: discord.Interaction,
    texts: Texts,
    name: str,
    work: Callable[[ProgressMessage], Awaitable[LastWord | None]],
    *,
    view: discord.ui.View | None = None,
) -> None:
    """Make a change of the library for somebody, and tell how it goes; whatever goes wrong is a sentence.

    Args:
        bot: The bot.
        interaction: What was called; answered privately here, unless that was begun.
        texts: The words, in the person's language.
        name: What is changed, for people and escaped.
        work: Makes the change, and gives the last word about it; None where that was said.
        view: The buttons while it goes on.
    """
    responder = InteractionResponder(interaction, texts, private=True)
    progress = ProgressMessage(responder, view)
    with bot.answer_service.at_work():
        last: LastWord | None
        is_first = False
        try:
            if response_kind(interaction) is None:
                await responder.begin()
            had_documents = await has_documents(bot, interaction.guild_id)
            last = await progress.follow(work(progress))
            is_first = not had_documents and await has_documents(bot, interaction.guild_id)
        except asyncio.CancelledError:
            if not bot.answer_service.stopping:
                raise
            last = LastWord(texts.library_stopped.format(name=name), is_problem=True)
        except Exception as error:  # noqa: BLE001 (told by the way that outlives a long indexing)
            last = LastWord(error_sentence(error, texts, "changing the library"), is_problem=True)
        if last is not None:
            await responder.finish(last.payload)
            if is_first:
                offer_examples(bot, interaction)
