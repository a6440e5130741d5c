"""From a question to its posted answer: counted, queued, answered, recorded, whichever way it came in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import aiohttp
import discord

from bot.chain import AnswerChain
from bot.discord.asking.edit_throttle import throttle_edits
from bot.discord.asking.error_sentences import error_sentence, limit_sentence
from bot.discord.asking.fair_queue import FairQueue
from bot.discord.asking.incoming_question import GivenAnswer, IncomingQuestion
from bot.discord.asking.payloads import Payload, answer_payload, sentence_payload
from bot.discord.asking.rate_limits import LimitReached, RateLimits
from bot.discord.asking.refusal_notices import RefusalNotices
from bot.discord.asking.responders import Responder
from bot.discord.asking.send_order import SendOrder
from bot.discord.formatting.answer_page import Presentation
from bot.discord.formatting.example_line import with_examples
from bot.discord.library.collections import Audience, Scope, collection_of
from bot.discord.library.document_language import language_hint
from bot.discord.library.empty_library import empty_library_sentence, is_empty
from bot.discord.records import answers, counters
from bot.discord.records.answers import AnswerMaking, AnswerRecord, StoredCitation, new_answer_id
from bot.discord.records.database import Database, RecordsError
from bot.discord.records.server_settings import ServerSettings
from bot.discord.redacted_log import failures_logged, log_failure
from bot.discord.texts import LANGUAGES, Texts, reply_line
from bot.replies import Reply, SmallTalk
from bot.small_talk import find_small_talk
from bot.types import Answer, Certainty, Question, Status

logger = logging.getLogger(__name__)

# Together these stay under the ten seconds that are promised between SIGTERM and the end.
FINISH_SECONDS = 6.0
APOLOGY_SECONDS = 2.0
# How long a question may stay without a sign while its limits are looked up; Discord gives three seconds in all.
SIGN_SECONDS = 1.0
# How long to try to tell about a failure at other times.
PATIENCE_SECONDS = 60.0

WITH_EXAMPLES = (SmallTalk.GREETING, SmallTalk.HELP)

Buttons = Callable[[str, int, int, Answer, Responder, ServerSettings], discord.ui.View]
ExampleFinder = Callable[[Audience], Awaitable[list[str]]]
AnswerListener = Callable[[GivenAnswer], Awaitable[None]]


async def _no_examples(_audience: Audience) -> list[str]:
    return []


class AnswerService:
    """Answers questions: counted, in a fair order, a few at once, each posted once.

    Args:
        chain: What answers.
        database: Where votes, limits and citations lie.
        limits: How many questions may be asked.
        slots: How many questions are worked on at once.
        buttons: Makes the row under an answer, from its id, who asked, the answer that it follows, itself, and the
            server's settings.
    """

    def __init__(
        self, chain: AnswerChain, database: Database, limits: RateLimits, slots: int, buttons: Buttons
    ) -> None:
        self.chain = chain
        self.stopping = False
        self.listeners: list[AnswerListener] = []
        self.examples: ExampleFinder = _no_examples
        self.notices = RefusalNotices()
        self.order = SendOrder()
        self._database = database
        self._limits = limits
        self._buttons = buttons
        self._queue = FairQueue(slots)
        self._running: set[asyncio.Task[object]] = set()
        self._asked: set[asyncio.Task[object]] = set()

    async def answer(
        self, incoming: IncomingQuestion, responder: Responder, settings: ServerSettings
    ) -> GivenAnswer | None:
        """Answer, or say in a sentence why not; nothing is raised, and what failed is in the log."""
        given: GivenAnswer | None = None
        with self.at_work(), self._answering():
            try:
                given = await self._answer(incoming, responder, settings)
                if given is not None:
                    await self._tell(given)
            except asyncio.CancelledError:
                if not self.stopping:
                    raise
                await self._say(responder, responder.surface.texts.stopped_in_the_middle, APOLOGY_SECONDS)
            except Exception as error:  # noqa: BLE001 (the one place where errors become a message)
                await self._say(responder, error_sentence(error, responder.surface.texts, "answering a question"))
        return given

    async def idle(self) -> None:
        """Wait until nobody waits for an answer."""
        while self._asked:
            await asyncio.wait(set(self._asked))

    @contextmanager
    def _answering(self) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 (as in ``at_work``)
        self._asked.add(task)
        try:
            yield
        finally:
            self._asked.discard(task)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """What runs in this block is waited for when the bot stops."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 (the event loop runs nothing outside of tasks)
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    async def stop(self) -> bool:
        """Take no more questions, finish or apologise for the running ones; True when all were finished."""
        self.stopping = True
        if not self._running:
            return True
        _, unfinished = await asyncio.wait(self._running, timeout=FINISH_SECONDS)
        for task in unfinished:
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=APOLOGY_SECONDS)
        return not unfinished

    async def _tell(self, given: GivenAnswer) -> None:
        """Tell those who follow what is answered; an answer is not lost when one of them fails."""
        for listener in self.listeners:
            with failures_logged("following an answer"):
                await listener(given)

    async def _answer(
        self, incoming: IncomingQuestion, responder: Responder, settings: ServerSettings
    ) -> GivenAnswer | None:
        """Post what is to be said; the answer, if there was one."""
        surface, began = responder.surface, datetime.now(UTC)
        if reply := find_small_talk(incoming.text):  # no question, so that no limit and no record counts it
            await responder.remark(await self._small_talk_line(reply, incoming, settings, surface.texts))
            return None
        reached = await self._begin(incoming, responder, settings, began)
        if reached is not None:
            await responder.refuse(limit_sentence(reached, settings, surface.texts), reached)
            return None
        history = await incoming.history()

        shown: list[Payload] = []

        async def show(snapshot: Answer) -> None:
            presentation = Presentation(final=False, titled=not responder.repeats(incoming.text))
            payload = answer_payload(snapshot, surface, presentation)
            if shown != [payload]:  # what grows beyond the room looks the same
                await responder.show(payload)
                shown[:] = [payload]

        async with self._queue.slot(incoming.guild_id, incoming.asker_id):
            shared = settings.shared_documents
            scope = await asyncio.to_thread(Scope.of, self.chain.library, incoming.audience, shared=shared)
            if incoming.document is not None:
                scope = await asyncio.to_thread(scope.narrowed, self.chain.library, incoming.document)
            if not scope.collections:
                await responder.refuse(_empty_library(incoming, settings, surface.texts))
                return None
            question = Question(incoming.text, history.turns, scope.collections, sources=scope.sources)
            answer = await throttle_edits(self.chain.astream(question), show)
            several = await asyncio.to_thread(scope.has_several_documents, self.chain.library)
            hint = None
            if answer.status is Status.NOT_FOUND:
                hint = await asyncio.to_thread(language_hint, incoming.text, self.chain.library, scope)
        if incoming.only_when_sure and not (answer.status is Status.ANSWERED and answer.certainty is Certainty.SURE):
            return None
        if incoming.still_wanted is not None and not await incoming.still_wanted():
            return None
        if settings.private_refusals and answer.status is Status.NOT_FOUND:
            responder.private = True
        answer_id = new_answer_id()
        await self._record(answer_id, answer, incoming, scope.collections, began)
        view = self._buttons(answer_id, incoming.asker_id, history.before, answer, responder, settings)
        presentation = Presentation(
            older_turns_left_out=history.shortened,
            several_documents=several,
            hint=hint or "",
            titled=not responder.repeats(incoming.text),
        )
        message = await responder.finish(answer_payload(answer, surface, presentation, view))
        private = responder.private or surface.origin is not None  # so are direct messages
        return GivenAnswer(answer_id, answer, incoming, private, message)

    async def _small_talk_line(
        self, reply: Reply, incoming: IncomingQuestion, settings: ServerSettings, texts: Texts
    ) -> str:
        """What is said back; who says hello or asks for help hears what could be asked here, or what is missing."""
        line = reply_line(reply, texts)
        if reply.to not in WITH_EXAMPLES:
            return line
        texts = LANGUAGES.get(reply.language or "", texts)
        shared = settings.shared_documents
        if await asyncio.to_thread(is_empty, self.chain.library, incoming.audience, shared=shared):
            return _empty_library(incoming, settings, texts)
        return with_examples(line, await self.examples(incoming.audience), texts)

    async def _begin(
        self, incoming: IncomingQuestion, responder: Responder, settings: ServerSettings, now: datetime
    ) -> LimitReached | None:
        """Count the question and show that it has arrived, unless it is refused; finding that out may not take long."""
        counting = asyncio.ensure_future(
            self._database.run(self._limits.check_and_count, settings, incoming.guild_id, incoming.asker_id, now)
        )
        counted, _ = await asyncio.wait({counting}, timeout=SIGN_SECONDS)
        if not (counted and counting.result()):
            await responder.begin()
        return await counting

    async def _record(
        self, answer_id: str, answer: Answer, incoming: IncomingQuestion, names: tuple[str, ...], began: datetime
    ) -> None:
        """Keep the citations for *Show passage*, and count the answer; an answer is not lost when that fails."""
        library = self.chain.library
        shown = (*answer.citations, *([answer.offered] if answer.offered else []))
        milliseconds = (datetime.now(UTC) - began).total_seconds() * 1000
        try:
            citations = await asyncio.to_thread(
                lambda: tuple(StoredCitation.of(one, collection_of(library, one, names)) for one in shown)
            )
            making = AnswerMaking.of(answer)
            await self._database.run(answers.save, AnswerRecord(answer_id, incoming.guild_id, citations, began, making))
            refused = answer.status is Status.NOT_FOUND
            await self._database.run(counters.record_answer, incoming.guild_id, began.date(), refused, milliseconds)
        except RecordsError as error:
            log_failure(error, "recording an answer")

    async def _say(self, responder: Responder, sentence: str, seconds: float = PATIENCE_SECONDS) -> None:
        """The last words about a question; when even they cannot be sent, the log has them."""
        try:
            await asyncio.wait_for(responder.finish(sentence_payload(sentence, responder.surface)), seconds)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log_failure(error, "telling about a failure")


def _empty_library(incoming: IncomingQuestion, settings: ServerSettings, texts: Texts) -> str:
    in_server, roles = incoming.guild_id is not None, settings.library_roles
    return empty_library_sentence(texts, in_server=in_server, may_add=incoming.may_add, roles=roles)
