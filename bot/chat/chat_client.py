"""One call to a chat model: its words as they come, within a time, and what they cost in tokens."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.runnables import RunnableConfig

from bot.chat.deadline import acquire_until, read_until
from bot.chat.failures import NoAnswerError
from bot.notices import Trouble
from bot.types import Usage
from retrieval.fork_safety import renewed_in_fork

# Where providers say why a model stopped, and which of these reasons mean that it would not answer.
STOPS = ("finish_reason", "stop_reason", "done_reason")
DECLINING = {"content_filter", "refusal", "safety", "prohibited_content", "blocklist", "recitation"}
# LangGraph shows people what a chat model says inside of a tool, but not with this tag: nothing has proven it yet.
UNSHOWN: RunnableConfig = {"tags": ["nostream"]}
# What a token is on average in English, for servers that do not count.
CHARACTERS_A_TOKEN = 4


class Meter:
    """Adds up what the calls of one answer cost."""

    def __init__(self) -> None:
        self.calls = self.input_tokens = self.output_tokens = 0

    def usage(self) -> Usage | None:
        """The sum so far; None before the first call."""
        return Usage(self.calls, self.input_tokens, self.output_tokens) if self.calls else None


class ChatClient:
    """Calls a chat model, not more of them at once than is allowed.

    Args:
        model: The chat model.
        seconds: How long one call may take, waiting for its turn included.
        at_once: How many calls may run at once; the others wait.
    """

    def __init__(self, model: BaseChatModel, seconds: float, at_once: int) -> None:
        self._model = model
        self._seconds = seconds
        self._at_once = at_once
        self._begin()
        renewed_in_fork(self, ChatClient._begin)

    def _begin(self) -> None:
        self._slots = threading.BoundedSemaphore(self._at_once)

    def stream(self, messages: Sequence[BaseMessage], meter: Meter) -> Generator[str, None, None]:
        """The model's words in pieces; whoever has read enough closes this, and the model is told to stop.

        Raises:
            NoAnswerError: If the model declines, or its words end in the middle.
            TimeoutError: If it takes too long, or nobody waits for the answer any more.
            Exception: Whatever the provider's client raises.
        """
        end = time.monotonic() + self._seconds
        acquire_until(self._slots, end)
        meter.calls += 1
        written, counted, stop = 0, False, ""
        try:
            # The reading frees the place when it ends, which may be later than anybody waits for it.
            with closing(read_until(partial(self._chunks, messages), end, self._slots.release)) as chunks:
                for chunk in chunks:
                    if chunk.usage_metadata:
                        counted = True
                        meter.input_tokens += chunk.usage_metadata["input_tokens"]
                        meter.output_tokens += chunk.usage_metadata["output_tokens"]
                    stop = _stop(chunk) or stop
                    if stop.casefold() in DECLINING or chunk.additional_kwargs.get("refusal"):
                        raise NoAnswerError(Trouble.DECLINED)
                    if text := str(chunk.text):
                        written += len(text)
                        yield text
            if not stop:
                raise NoAnswerError(Trouble.CUT_OFF)
        finally:
            if not counted:
                given = sum(len(str(message.text)) for message in messages)
                meter.input_tokens += given // CHARACTERS_A_TOKEN
                meter.output_tokens += written // CHARACTERS_A_TOKEN

    def _chunks(self, messages: Sequence[BaseMessage]) -> Generator[AIMessageChunk, None, None]:
        """The model's stream as a generator, which can be closed."""
        for chunk in self._model.stream(list(messages), UNSHOWN):
            if isinstance(chunk, AIMessageChunk):
                yield chunk


def _stop(chunk: AIMessageChunk) -> str:
    """Why the model stopped, in the provider's word, if this chunk says so."""
    return next((str(chunk.response_metadata[key]) for key in STOPS if chunk.response_metadata.get(key)), "")
