"""An answer as it grows, as server-sent events."""

from __future__ import annotations

from contextlib import aclosing

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.chain import AnswerChain
from bot.http_server.answer_queue import AnswerQueue
from bot.http_server.refusals import RefusalJson, sentence_on
from bot.json_output import to_line
from bot.json_shapes import AnswerJson
from bot.types import Answer, Question

EVENT_STREAM = "text/event-stream"
SNAPSHOT, DONE, ERROR = "snapshot", "done", "error"


class AnswerEvents(Response):
    """Each event ``snapshot`` is the answer so far, ``done`` is the whole answer; ``error`` ends an answer instead.

    What goes wrong before there is anything to show is raised, so that it has its own status.

    Args:
        chain: What answers.
        queue: Where the question waits for its turn.
        question: The question.
        explain: As ``Answer.to_json`` takes it.
    """

    media_type = EVENT_STREAM

    def __init__(self, chain: AnswerChain, queue: AnswerQueue, question: Question, *, explain: bool) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._chain = chain
        self._queue = queue
        self._question = question
        self._explain = explain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and send each snapshot as it comes."""
        last: Answer | None = None
        try:
            async with self._queue.slot(), aclosing(self._chain.astream(self._question)) as snapshots:
                async for snapshot in snapshots:
                    if last is None:
                        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                    last = snapshot
                    await self._send(send, SNAPSHOT, snapshot.to_json(explain=self._explain))
        except Exception as error:
            if last is None:
                raise
            await self._send(send, ERROR, RefusalJson(error=sentence_on(error)))
        else:
            if last is not None:
                await self._send(send, DONE, last.to_json(explain=self._explain))
        await send({"type": "http.response.body", "body": b""})

    async def _send(self, send: Send, event: str, data: AnswerJson | RefusalJson) -> None:
        body = f"event: {event}\ndata: {to_line(data)}\n\n".encode("ascii")
        await send({"type": "http.response.body", "body": body, "more_body": True})
