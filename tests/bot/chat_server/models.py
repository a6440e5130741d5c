"""Models with a will that is good: they read the prompt and keep to the protocol."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.bot.chat_server.behaviour import Behaviour
from tests.bot.chat_server.prompt import asked, holding, numbered_sentences
from tests.bot.chat_server.requests import Request
from tests.bot.chat_server.saying import Say
from tests.bot.chat_server.wire import Wire

NOTHING_FOUND = "NOT FOUND"

# A statement, and words in the sentences that carry it: one phrase, or one for each of the sentences.
Point = tuple[str, str | Sequence[str]]
Pick = Callable[[str], Sequence[Point]] | Mapping[str, Sequence[Point]]


class Model(Behaviour):
    """Says what it makes of the prompt."""

    @abstractmethod
    def write(self, request: Request) -> str:
        """The answer to this prompt."""

    def send(self, wire: Wire) -> None:
        Say(self.write(wire.request)).send(wire)


@dataclass(frozen=True)
class Good(Model):
    """States what it is given for a question, and cites the sentences in which the words that carry it stand.

    Without such sentences a statement is left out, and without statements nothing is found.
    """

    pick: Pick = field(repr=False)

    def write(self, request: Request) -> str:
        question = asked(request)
        points = self.pick(question) if callable(self.pick) else self.pick.get(question, ())
        return "\n".join(self._lines(request, points)) or NOTHING_FOUND

    def _lines(self, request: Request, points: Sequence[Point]) -> Iterable[str]:
        for statement, carriers in points:
            phrases = [carriers] if isinstance(carriers, str) else carriers
            numbers = sorted({number for phrase in phrases for number in holding(request, phrase)})
            if numbers:
                yield cited(statement, *numbers)


@dataclass(frozen=True)
class Copies(Model):
    """States the first sentences word for word, so many of them, and cites each."""

    count: int

    def write(self, request: Request) -> str:
        sentences = list(numbered_sentences(request).items())[: self.count]
        return "\n".join(cited(text, number) for number, text in sentences) or NOTHING_FOUND


@dataclass(frozen=True)
class SaysNothing(Model):
    """Finds nothing, whatever is asked."""

    def write(self, request: Request) -> str:
        return NOTHING_FOUND


def cited(statement: str, *numbers: int) -> str:
    """A line of the protocol."""
    return f"{statement} {''.join(f'[{number}]' for number in numbers)}"
