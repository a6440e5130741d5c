"""Models with a will that is not good: what they state is not what the sentences say that they cite."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tests.bot.chat_server.models import NOTHING_FOUND, Model, cited
from tests.bot.chat_server.prompt import holding, numbered_sentences
from tests.bot.chat_server.requests import Request

DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class InventsNumbers(Model):
    """States a sentence, the first one if none is given, and cites sentences that there are not."""

    statement: str = ""
    beyond: Sequence[int] = (1, 50)

    def write(self, request: Request) -> str:
        sentences = numbered_sentences(request)
        last = max(sentences, default=0)
        statement = self.statement or next(iter(sentences.values()), "It is so.")
        return cited(statement, *(last + further for further in self.beyond))


@dataclass(frozen=True)
class CopiesWithOneWordChanged(Model):
    """States the first sentence that holds a word, with another in its place, and cites it.

    Without a word it takes the first sentence with a number in it, and makes it one more.
    """

    word: str = ""
    other: str = ""

    def write(self, request: Request) -> str:
        for number, text in numbered_sentences(request).items():
            changed = self._changed(text)
            if changed != text:
                return cited(changed, number)
        return NOTHING_FOUND

    def _changed(self, text: str) -> str:
        if self.word:
            return re.sub(rf"\b{re.escape(self.word)}\b", self.other, text, count=1)
        return DIGITS.sub(lambda found: str(int(found[0]) + 1), text, count=1)


@dataclass(frozen=True)
class Stitches(Model):
    """Joins the first half of a sentence with the second half of another, and cites both.

    Args:
        first: Words of the one; the first sentence, if none are given.
        second: Words of the other; the last sentence, if none are given.
    """

    first: str = ""
    second: str = ""

    def write(self, request: Request) -> str:
        sentences = numbered_sentences(request)
        one, other = holding(request, self.first)[:1], holding(request, self.second)[-1:]
        if not one or not other or one == other:
            return NOTHING_FOUND
        start, end = sentences[one[0]].split(), sentences[other[0]].split()
        return cited(" ".join(start[: len(start) // 2] + end[len(end) // 2 :]), one[0], other[0])


@dataclass(frozen=True)
class OtherProtocol(Model):
    """States true sentences, the first two, in another form than the one that was asked for."""

    form: Literal["json", "list", "prose"]

    def write(self, request: Request) -> str:
        sentences = dict(list(numbered_sentences(request).items())[:2])
        if self.form == "json":
            answer = [{"statement": text, "sentences": [number]} for number, text in sentences.items()]
            return f"```json\n{json.dumps({'answer': answer}, indent=2, ensure_ascii=False)}\n```"
        if self.form == "list":
            return "\n".join(["## Answer", "", *(f"- **{text}**" for text in sentences.values())])
        return "According to the document, " + " ".join(sentences.values())


@dataclass(frozen=True)
class WrongAge(Model):
    """Says of one what a sentence says of another, and cites that sentence."""

    statement: str = "Tokayev is 81."
    about: str = "Nazarbayev"

    def write(self, request: Request) -> str:
        # The best disguise is the sentence in which the number stands as well.
        words = DIGITS.findall(self.statement)
        numbers = holding(request, self.about)
        with_number = [
            number for number in numbers if any(word in numbered_sentences(request)[number] for word in words)
        ]
        chosen = (with_number or numbers)[:1]
        return cited(self.statement, *chosen) if chosen else NOTHING_FOUND
