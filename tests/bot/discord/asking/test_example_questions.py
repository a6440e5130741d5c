"""Example questions are looked for one at a time, while nobody waits, and of a server's own documents alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import cast

import pytest

from bot.chain import AnswerChain
from bot.discord.asking.answer_service import AnswerService
from bot.discord.asking.example_questions import ExampleQuestions
from bot.discord.library.collections import Audience, DocumentAccess, guild_collection
from bot.quotes import cite
from bot.settings import Settings
from bot.types import EXTRACTIVE, Answer, Certainty, Question, Statement, Status
from retrieval import Indexer, Library, Source, Span, load_bytes
from tests.bot.fakes import HashedWords

GUILD = 11
HERE = Audience(GUILD)
STAFF = DocumentAccess(channels=frozenset({5}))
CARD, BOATS = "How much does the card cost?", "Within how many days must boats be returned?"
CLUB = "The card costs 25 euros.\n\nBoats must be returned within 14 days.\n"


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = Library(settings, HashedWords())
    yield library
    library.close()


def add(library: Library, text: str, collection: str) -> Source:
    source = load_bytes(text.encode(), name="club.md", uri=f"test:{collection}/{text[:9]}")
    Indexer(library).add([source], collection)
    return source


class Chain:
    """Answers each question with the sentence that has its last word but one; it is its own pipeline."""

    def __init__(self, library: Library, *sources: Source) -> None:
        self.library = library
        self.asked: list[Question] = []
        self._sources = sources

    @property
    def quoting_pipeline(self) -> Chain:
        return self

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        word = {"card": "card", "boats": "Boats", "house": "house"}
        wanted = next(shown for name, shown in word.items() if name in question.text)
        source = next(source for source in self._sources if wanted in source.text)
        start = source.text.index(wanted)
        citation = cite(source, Span(start, source.text.index(".", start)), 1)
        statements = (Statement(citation.quote.text, (1,)),)
        status, sure = Status.ANSWERED, Certainty.SURE
        return Answer(question.text, status, 0.9, EXTRACTIVE, statements, (citation,), certainty=sure)


class Service:
    """Knows whether somebody waits."""

    stopping = False

    def __init__(self) -> None:
        self.nobody_waits = asyncio.Event()

    async def idle(self) -> None:
        await self.nobody_waits.wait()


def examples(chain: Chain, service: Service) -> ExampleQuestions:
    return ExampleQuestions(cast("AnswerChain", chain), cast("AnswerService", service))


async def test_they_are_looked_for_in_the_background_and_only_while_nobody_waits(library: Library) -> None:
    chain = Chain(library, add(library, CLUB, guild_collection(GUILD)))
    service = Service()
    found = examples(chain, service)
    assert await found.known(HERE) == []
    assert chain.asked == []
    service.nobody_waits.set()
    assert await found.found(HERE) == [BOATS, CARD]
    assert await found.known(HERE) == [BOATS, CARD]
    assert [question.collections for question in chain.asked] == [(guild_collection(GUILD),)] * 2
    assert await found.found(HERE) == [BOATS, CARD]
    assert len(chain.asked) == 2  # found once


async def test_a_changed_document_is_looked_at_anew(library: Library) -> None:
    collection = guild_collection(GUILD)
    old = add(library, CLUB, collection)
    new = "The card costs 30 euros.\n"
    chain, service = Chain(library, old, load_bytes(new.encode(), name="club.md", uri=old.uri)), Service()
    service.nobody_waits.set()
    found = examples(chain, service)
    assert await found.found(HERE) == [BOATS, CARD]
    Indexer(library).remove([old.id], collection)
    assert await found.known(HERE) == []
    add(library, "The house opens at 10:00.\n", collection)
    chain = Chain(library, add(library, "The house opens at 10:00.\n", collection))
    assert await examples(chain, service).found(HERE) == ["When does the house open?"]


async def test_nothing_is_named_that_not_everybody_there_may_see_nor_what_all_servers_share(library: Library) -> None:
    add(library, "The house opens at 10:00.\n", "default")
    shared = add(library, "The card costs 25 euros.\n", guild_collection(GUILD))
    secret = add(library, "Boats must be returned within 14 days.\n", guild_collection(GUILD, STAFF))
    service = Service()
    service.nobody_waits.set()
    found = examples(Chain(library, shared, secret), service)
    assert await found.found(HERE) == [CARD]
    assert await found.found(Audience(GUILD, channels=frozenset({5}))) == [CARD, BOATS]
    assert await found.found(Audience(None)) == []
    assert await found.found(Audience(99)) == []


async def test_what_fails_gives_none(library: Library) -> None:
    class Broken(Chain):
        def answer(self, question: Question) -> Answer:
            raise RuntimeError("no model")

    service = Service()
    service.nobody_waits.set()
    found = examples(Broken(library, add(library, CLUB, guild_collection(GUILD))), service)
    assert await found.found(HERE) == []
