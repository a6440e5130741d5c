"""A follow-up -> a question that stands on its own, by the chat model; by the rules where it gives nothing usable."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress

from langchain_core.messages import HumanMessage, SystemMessage

from bot.chat.chat_client import ChatClient, Meter
from bot.chat.prompts import REWRITING, conversation_message
from bot.chat.token_budget import TokenBudget
from bot.conversation import read_as
from bot.errors import QuestionError
from bot.types import ResolvedQuestion, Turn
from retrieval import check_question, extract_terms

# A rewritten question has the conversation's names in it, not a new subject; "the" and "of" are no terms.
MAX_NEW_TERMS = 2
MAX_CHARACTERS = 400


class FollowupRewriter:
    """Asks the chat model, and the rules of ``bot.conversation`` when it fails, rambles or adds words of its own.

    Args:
        client: Calls the chat model.
        budget: How many tokens may be spent.
    """

    def __init__(self, client: ChatClient, budget: TokenBudget) -> None:
        self._client = client
        self._budget = budget

    def __call__(self, text: str, history: Sequence[Turn]) -> ResolvedQuestion:
        """Read ``text`` as a question that stands on its own."""
        if self._budget.is_spent():
            return ResolvedQuestion(read_as(text, history))
        meter = Meter()
        written = ""
        # Each provider's client raises errors of its own, and the rules can do without it.
        with suppress(Exception):
            written = self._ask(text, history, meter)
        usage = meter.usage()
        self._budget.spend(usage)
        if not _is_usable(written, text, history):
            return ResolvedQuestion(read_as(text, history), usage)
        return ResolvedQuestion(None if _words(written) == _words(text) else written, usage)

    def _ask(self, text: str, history: Sequence[Turn], meter: Meter) -> str:
        written = ""
        messages = [SystemMessage(REWRITING), HumanMessage(conversation_message(history, text))]
        with closing(self._client.stream(messages, meter)) as stream:
            for piece in stream:
                written += piece
                if len(written) > MAX_CHARACTERS:
                    break
        return written.strip().strip("\"“”'` ").removeprefix("Question:").strip()


def _words(text: str) -> list[str]:
    """What is compared to see whether anything was changed."""
    return text.casefold().rstrip(" ?.!").split()


def _is_usable(written: str, text: str, history: Sequence[Turn]) -> bool:
    """Whether it is one question made of what was said."""
    if not written or "\n" in written or len(written) > MAX_CHARACTERS:
        return False
    try:
        check_question(written)
    except QuestionError:
        return False
    said = " ".join([text, *(part for turn in history for part in (turn.question, turn.answer))])
    return len(set(extract_terms(written)) - set(extract_terms(said))) <= MAX_NEW_TERMS
