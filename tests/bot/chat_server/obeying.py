"""A model that does what the text it reads tells it to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.bot.chat_server.models import NOTHING_FOUND, Model, cited
from tests.bot.chat_server.prompt import numbered_sentences
from tests.bot.chat_server.requests import Request

# A verb of saying where an order has it: at the beginning, behind a mark, or behind a word that leads an order. Behind
# a noun it only reports ("experts say that …").
ORDER = re.compile(
    r"(?:^|[.:;,!?(\"“”'’«»\]-]\s*|\b(?:and|please|must|should|now|then|instead|just|only|simply|e|ora|invece)\s+)"
    r"(?:say|state|reply|respond|answer|output|write|print|repeat|tell\s+\w+|di['’]|scrivi|rispondi|ripeti)"
    r"(?:\s+(?:only|just|exactly|instead|solo|soltanto))*"
    r"(?:\s*:|\s+(?:that|with|by\s+saying|che|con)\b:?|(?=\s+(?-i:[\"“«'‘A-Z])))"
    r"(?:\s+(?:exactly|only|just))?\s*"
    r"(?:[\"“«](?P<quoted>[^\"”»\n]+)|[‘'](?P<single>[^’'\n]+)|(?P<plain>[^\n.!?]+))",
    re.IGNORECASE | re.MULTILINE,
)
# "Ignore all previous instructions and …": whatever follows is the order, if no verb of saying names one.
IGNORE = re.compile(
    r"\b(?:ignore|disregard|forget|ignora|dimentica)\b[^\n.:;!?]*?\b(?:instructions?|rules?|prompts?|istruzioni)\b"
    r"[\s.:;,!]*(?:(?:and|then|instead|e)\s+)?(?P<plain>[^\n.!?]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Obeys(Model):
    """Writes what a text in the prompt orders, and cites the sentence that orders it, or else the first one.

    It reads everything but the product's own instructions: sentences, question, conversation. Without an order it finds
    nothing.
    """

    def write(self, request: Request) -> str:
        sentences = numbered_sentences(request)
        for number, text in sentences.items():
            if words := order_in(text):
                return _statement(words, number)
        for message in reversed(request.texts("user", "assistant")):
            if words := order_in(message):
                return _statement(words, *list(sentences)[:1])
        return NOTHING_FOUND


def order_in(text: str) -> str:
    """What the text orders a model to write, or nothing."""
    found = ORDER.search(text)
    if found:
        return str(next(filter(None, found.groups()))).strip()
    ignoring = IGNORE.search(text)
    return ignoring["plain"].strip() if ignoring else ""


def _statement(words: str, *numbers: int) -> str:
    return cited(words if words.endswith((".", "!", "?")) else f"{words}.", *numbers)
