"""Questions that a server's own documents answer surely: found in the background, and kept in memory."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from bot.chain import AnswerChain
from bot.discord.asking.answer_service import AnswerService
from bot.discord.library.collections import Audience, Scope
from bot.discord.redacted_log import log_failure
from bot.examples import sure_questions
from bot.types import Question
from retrieval import SourceFilter, SourceRecord

# So many questions are offered at once, and looked for in a document.
OFFERED = 2
# So many documents of a server are looked at.
MOST_DOCUMENTS = 6
REMEMBERED_DOCUMENTS = 1_000


@dataclass(frozen=True, slots=True)
class _Document:
    """A document in the collection that it is answered from."""

    record: SourceRecord
    collection: str
    sources: SourceFilter

    @property
    def key(self) -> tuple[str, str]:
        return self.collection, self.record.sha256


class ExampleQuestions:
    """Finds example questions, a document at a time and only while nobody waits for an answer.

    No chat model is called for them: whether a document answers is decided by its quotes.

    Args:
        chain: What answers.
        service: Knows whether somebody waits.
    """

    def __init__(self, chain: AnswerChain, service: AnswerService) -> None:
        self._chain = chain
        self._pipeline = chain.quoting_pipeline
        self._service = service
        self._later: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()
        self._found: OrderedDict[tuple[str, str], asyncio.Task[tuple[str, ...]]] = OrderedDict()

    async def known(self, audience: Audience) -> list[str]:
        """The examples that are known of a server's own documents that an audience may see.

        The others begin to be looked for. Where the library cannot be read, there are none; a question will tell why.
        """
        try:
            tasks = await self._looked_for(audience)
        except Exception as error:  # noqa: BLE001 (an example is no reason to say nothing else)
            log_failure(error, "looking for example questions")
            return []
        return _mixed([task.result() for task in tasks if task.done() and not task.cancelled()])

    async def found(self, audience: Audience) -> list[str]:
        """The same when all have been looked for; that takes as long as others have questions.

        Raises:
            RetrievalError: If the library cannot be read.
        """
        return _mixed(await asyncio.gather(*await self._looked_for(audience)))

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something with the examples when they are found; what is cut short by the end of the program is lost."""
        task = asyncio.create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _looked_for(self, audience: Audience) -> list[asyncio.Task[tuple[str, ...]]]:
        return [self._task(document) for document in await asyncio.to_thread(self._documents, audience)]

    def _documents(self, audience: Audience) -> list[_Document]:
        if audience.guild_id is None:
            return []
        library = self._chain.library
        scope = Scope.of(library, audience, shared=False)
        return [
            _Document(record, name, scope.sources)
            for name in scope.collections
            for record in library.records(name)
            if scope.sources.admits(record.id)
        ][:MOST_DOCUMENTS]

    def _task(self, document: _Document) -> asyncio.Task[tuple[str, ...]]:
        if document.key not in self._found:
            self._found[document.key] = asyncio.create_task(self._find(document))
            if len(self._found) > REMEMBERED_DOCUMENTS:
                _, oldest = self._found.popitem(last=False)
                oldest.cancel()
        self._found.move_to_end(document.key)
        return self._found[document.key]

    async def _find(self, document: _Document) -> tuple[str, ...]:
        """The examples of one document; none when that fails, which costs nobody anything."""
        questions: list[str] = []
        try:
            async with self._one_at_a_time:
                source = await asyncio.to_thread(self._chain.library.source, document.record)
                asked = Question("-", (), (document.collection,), sources=document.sources)
                steps = sure_questions(source, asked, self._pipeline.answer)
                while len(questions) < OFFERED and not self._service.stopping:
                    await self._service.idle()
                    step = await asyncio.to_thread(next, steps, StopIteration)
                    if step is StopIteration:
                        break
                    if isinstance(step, str):
                        questions.append(step)
        except Exception as error:  # noqa: BLE001 (nobody waits for it)
            log_failure(error, "looking for example questions")
        return tuple(questions)


def _mixed(examples: Sequence[Sequence[str]]) -> list[str]:
    """The first example of each document, then the second ones."""
    rounds = zip_longest(*examples)
    return list(dict.fromkeys(one for each in rounds for one in each if one is not None))[:OFFERED]
