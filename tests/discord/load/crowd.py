"""People in servers of several sizes who all ask at once while a long document is added."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.discord.fake import Channel, FakeDiscord, Interaction, Permission, Person, Said
from tests.discord.faults_fixtures import READY, SCRIPTS, start
from tests.discord.load.loop_samples import LoopSamples
from tests.discord.process import BotProcess

# What the shared article answers, each in its own words.
QUESTIONS = (
    "What triggered the protests?",
    "Who resigned in 2019?",
    "Where did the first protests start?",
    "Which price was doubled?",
    "What was demolished in Taldykorgan?",
    "Who dissolved the government?",
)
WORDS = ("mill", "river", "harbour", "council", "steam", "tower", "bridge", "copper", "letter", "winter", "engine")
PARAGRAPHS_A_PAGE, WORDS_A_SENTENCE = 8, 19


@dataclass(frozen=True)
class Waited:
    """How long one person waited: until the first sign (typing, "thinking" or words), and for the answer."""

    server: int
    sign: float
    answer: float


@dataclass(frozen=True)
class Asked:
    """One person's question."""

    server: int
    channel: Channel
    at: float
    handle: Said | Interaction

    def waited(self, patience: float) -> Waited:
        """Wait for the answer."""
        answer = self.handle.final(patience)
        first = min(state.at for state in self.handle.states)
        if isinstance(self.handle, Said):
            first = min([first, *(at for at in self.channel.record.typing_at if at >= self.at)])
        return Waited(self.server, first - self.at, answer.at - self.at)


@dataclass(frozen=True)
class Outcome:
    """What came of it all.

    Attributes:
        waited: Each person's wait.
        loop: The event loop from the first question to the last answer.
        added: How long the document took to be added, in seconds.
    """

    waited: list[Waited]
    loop: LoopSamples
    added: float

    @property
    def longest_sign(self) -> float:
        """The longest wait for a sign."""
        return max(one.sign for one in self.waited)

    def answers_in(self, server: int) -> list[float]:
        """How long the people of a server waited for their answers."""
        return [one.answer for one in self.waited if one.server == server]


@contextmanager
def program(folder: Path) -> Iterator[tuple[FakeDiscord, BotProcess]]:
    """The program as people run it, with its real model; its event loop is sampled into the folder."""
    with FakeDiscord(limit_sending=True) as discord, start(discord, folder, script=f"{SCRIPTS}:sample_loop") as bot:
        bot.wait_for_line(READY)
        yield discord, bot


def pages(count: int) -> bytes:
    """A document of so many pages of some 450 words."""
    chance = random.Random(1712)
    written = []
    for number in range(count * PARAGRAPHS_A_PAGE):
        sentences = [f"In {1700 + number} the {' '.join(chance.choices(WORDS, k=WORDS_A_SENTENCE))} was built."]
        sentences += [f"Its {' '.join(chance.choices(WORDS, k=WORDS_A_SENTENCE))} stands there still." for _ in "ab"]
        written.append(" ".join(sentences))
    return "\n\n".join(written).encode()


def rush(discord: FakeDiscord, folder: Path, sizes: Sequence[int], *, pages_added: int, patience: float) -> Outcome:
    """Let everybody ask at once, the big servers first, while the first server adds a document.

    Args:
        discord: Where.
        folder: Where the event loop is sampled.
        sizes: How many people each server has.
        pages_added: How long the document is.
        patience: How long to wait for one answer, in seconds.
    """
    places = [_server(discord, number, size) for number, size in enumerate(sizes)]
    channel, (manager, *_) = places[0]
    began = time.time()
    adding = manager.slash(channel, "library add", file=("book.md", pages(pages_added)))
    adding.message(patience, until=lambda state: "Indexing" in state.text)
    asked_from = time.time()
    crowd = [(number, channel, person) for number, (channel, people) in enumerate(places) for person in people]
    asked = [_ask(*one, index) for index, one in enumerate(crowd)]
    waited = [one.waited(patience) for one in asked]
    loop = LoopSamples.since(folder, asked_from)
    added = adding.message(600, until=lambda state: not state.text.endswith("…"))
    assert "is in the library" in added.text, added.text
    return Outcome(waited, loop, added.at - began)


def _server(discord: FakeDiscord, number: int, size: int) -> tuple[Channel, list[Person]]:
    guild = discord.add_guild(f"Server {number}")
    people = [guild.add_member(f"Person {one}", permissions=Permission.MANAGE_GUILD) for one in range(size)]
    return guild.add_channel(), people


def _ask(server: int, channel: Channel, person: Person, index: int) -> Asked:
    """Every third person mentions the bot; the others use the command."""
    question, at = QUESTIONS[index % len(QUESTIONS)], time.time()
    if index % 3 == 0:
        return Asked(server, channel, at, person.say(channel, question, mention_bot=True))
    return Asked(server, channel, at, person.slash(channel, "ask", question=question))
