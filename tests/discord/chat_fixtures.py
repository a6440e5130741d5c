"""The program with a chat model, a scripted one on this machine, and what a person reads in its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.discord.texts import Texts
from tests.bot.chat_server import ChatServer, Good
from tests.discord.answers_fixtures import description, quotes, stands_in_article
from tests.discord.fake import Channel, FakeDiscord, Interaction, Message, Person, Said
from tests.discord.faults_fixtures import READY, SCRIPTS, Place, Town, start

MODEL = "openai:scripted"
PLANES = "How many planes did they take?"
FIRST, SECOND = "They took five planes at Almaty airport.", "One of the planes was foreign."
POINTS = [(FIRST, "five planes"), (SECOND, "five planes")]
GOOD = Good({PLANES: POINTS})
Ask = Callable[[Person, Channel, str], Interaction | Said]
PATIENCE = 30.0
# How long the program waits for the chat model; longer than any of these tests lets it wait on purpose.
MODEL_SECONDS = 15


@dataclass
class ChatTown(Town):
    """The program in a local Discord, its event loop watched, and the server of its chat model."""

    server: ChatServer


@contextmanager
def open_chat_town(folder: Path) -> Iterator[ChatTown]:
    """Start the program as people run it."""
    with ChatServer() as server, FakeDiscord() as discord:
        env = {
            "PULLQUOTE_CHAT_MODEL": MODEL,
            "PULLQUOTE_CHAT_BASE_URL": server.url,
            "PULLQUOTE_CHAT_API_KEY": "sk-loopback-only",
            "PULLQUOTE_CHAT_TIMEOUT_SECONDS": str(MODEL_SECONDS),
        }
        with start(discord, folder, script=f"{SCRIPTS}:sample_loop", env=env) as bot:
            bot.wait_for_line(READY)
            yield ChatTown(discord, folder, bot, server)


SHARED = pytest.StashKey[ChatTown]()


@contextmanager
def shared_chat_town(config: pytest.Config, folders: pytest.TempPathFactory) -> Iterator[ChatTown]:
    """The town of all files about chat models; the program is started once, for starting takes its time."""
    if SHARED not in config.stash or config.stash[SHARED].bot.code is not None:
        ending = ExitStack()
        config.stash[SHARED] = ending.enter_context(open_chat_town(folders.mktemp("town")))
        config.add_cleanup(ending.close)
    yield config.stash[SHARED]
    assert config.stash[SHARED].bot.code is None, config.stash[SHARED].bot.told()


@contextmanager
def quiet_place(town: ChatTown) -> Iterator[Place]:
    """A server of a test's own, in whose time nothing goes wrong in the program."""
    place, seen = town.place(), len(town.bot.err)
    yield place
    assert [line for line in town.bot.err[seen:] if line.startswith(("ERROR", "CRITICAL", "Traceback"))] == []


def ask_by_command(person: Person, channel: Channel, question: str) -> Interaction | Said:
    return person.slash(channel, "ask", question=question)


def ask_by_mention(person: Person, channel: Channel, question: str) -> Interaction | Said:
    return person.say(channel, question, mention_bot=True)


def shown(asked: Interaction | Said) -> list[Message]:
    """All states of the one answer, after "thinking", up to the finished one."""
    asked.final(PATIENCE)
    states = [state for state in asked.states if not state.loading]
    assert len({state.id for state in states}) == 1
    return states


def statements(message: Message, texts: Texts) -> str:
    """What the chat model says, with its marks; nothing where the answer is made of quotes alone."""
    said, small, below = description(message).partition("\n\n-# ")
    below = below.removeprefix(f"{texts.unsure_remark}\n-# ")
    return said if small and below.startswith(f"{texts.quotes_heading}\n") else ""


def footer(message: Message) -> str:
    """The small print."""
    (embed,) = message.embeds
    return str(embed["footer"]["text"])


def holds_the_promise(message: Message) -> None:
    """Every quote is a slice of the article at its line, and every mark is one of a quote."""
    found = quotes(description(message))
    assert found
    assert all(stands_in_article(words, line) for words, line, _ in found)
    numbers = {number for _, _, number in found}
    marks = {int(part.partition("]")[0]) for part in description(message).split("[")[1:]}
    assert marks <= numbers
