"""Scenes in which the bot is told to stop, and how each ended."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.discord.fake import FakeDiscord, Message
from tests.discord.faults_fixtures import (
    HURRY,
    QUESTION,
    READY,
    SCRIPTS,
    Place,
    Run,
    Town,
    run_to_the_end,
    start,
)
from tests.discord.process import BotProcess
from tests.discord.silence import Network

LONGEST_SECONDS = 20
BRIEF, ENDLESS = f"{QUESTION} (sleep 1.5)", f"{QUESTION} (sleep 60)"
DOCUMENT = b"# The mill\n\nThe mill was built in 1712. SLOWLY\n"


@dataclass
class Ending:
    """How a program ended, and what people saw of it."""

    code: int = -1
    seconds: float = -1
    err: list[str] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    messages: int = -1
    verified: Run | None = None


@contextmanager
def running(folder: Path, *more: str) -> Iterator[Town]:
    """The program online with a cheap model; it answers whatever stands in brackets behind a question."""
    env = {"PULLQUOTE_ANSWER_THRESHOLD": "0"}
    with FakeDiscord() as discord, start(discord, folder, script=" ".join((HURRY, *more)), env=env) as bot:
        bot.wait_for_line(READY)
        yield Town(discord, folder, bot)


def end(bot: BotProcess, *signals: int, pause: float = 0.5) -> Ending:
    """Send the signals and wait for the end."""
    begun = time.monotonic()
    for place, number in enumerate(signals):
        time.sleep(pause if place else 0)
        bot.send_signal(number)
    code = bot.wait(LONGEST_SECONDS)
    return Ending(code, time.monotonic() - begun, list(bot.err))


def ask_everywhere(town: Town, question: str) -> dict[str, Place]:
    """Ask in each way, and wait until all questions have arrived."""
    places = {way: town.place() for way in ("public", "private", "mention", "direct message")}
    asked = [
        places[way].ada.slash(places[way].channel, "ask", question=question, private=way == "private")
        for way in ("public", "private")
    ]
    mention, direct = places["mention"], places["direct message"]
    mention.ada.say(mention.channel, question, mention_bot=True)
    direct.ada.dm(question)
    assert all(one.deferred for one in asked)
    for channel in (mention.channel, direct.ada.dm_channel):
        town.discord.wait_until(lambda channel=channel: channel.typing_count, what="typing")  # type: ignore[misc]
    return places


def texts(messages: Sequence[Message]) -> list[str]:
    return ["thinking" if message.loading else message.text for message in messages]


def idle(number: int) -> Callable[[Path], Ending]:
    def play(folder: Path) -> Ending:
        with running(folder) as town:
            return end(town.bot, number)

    return play


def asked_everywhere(question: str, *signals: int, pause: float = 0.5) -> Callable[[Path], Ending]:
    def play(folder: Path) -> Ending:
        with running(folder) as town:
            places = ask_everywhere(town, question)
            ending = end(town.bot, *signals, pause=pause)
            ending.told = {way: texts(place.told()) for way, place in places.items()}
            return ending

    return play


def brief_answers(folder: Path) -> Ending:
    """The running answers take a moment, in which others go on asking."""
    with running(folder) as town:
        late = town.place()
        answered = late.ada.slash(late.channel, "ask", question=QUESTION).final(20)
        said = late.ada.say(late.channel, QUESTION).said
        places = ask_everywhere(town, BRIEF)
        town.bot.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        time.sleep(0.3)
        refused = {
            "late command": late.ada.slash(late.channel, "ask", question=QUESTION),
            "late menu": late.ada.menu(said, "Ask about this message"),
            "late mention": late.ada.say(late.channel, QUESTION, mention_bot=True),
            "late direct message": late.ada.dm(QUESTION),
            "late document": late.ada.slash(late.channel, "library add", file=("mill.md", DOCUMENT)),
            "late form": late.ada.submit(late.ada.click(answered, "Ask a follow-up").form(), QUESTION),
        }
        told = {way: [one.message(5).text] for way, one in refused.items()}
        ending = Ending(town.bot.wait(LONGEST_SECONDS), time.monotonic() - begun, list(town.bot.err))
        ending.told = told | {way: texts(place.told()) for way, place in places.items()}
        return ending


def ten_queued(folder: Path) -> Ending:
    with running(folder) as town:
        earlier, place = town.place(), town.place()
        earlier.ada.slash(earlier.channel, "ask", question=QUESTION).final(20)  # what takes long only once, is over
        asked = [place.ada.slash(place.channel, "ask", question=f"{QUESTION} (sleep 1.5)") for _ in range(10)]
        assert all(one.deferred for one in asked)
        ending = end(town.bot, signal.SIGTERM)
        ending.told = {str(number): texts(one.states[-1:]) for number, one in enumerate(asked)}
        ending.messages = len(place.told())
        return ending


def adding(script: str, *, question: str = "", slow_edits: bool = False) -> Callable[[Path], Ending]:
    """Play: a document is being added; the library is looked at afterwards."""

    def play(folder: Path) -> Ending:
        with running(folder, f"{SCRIPTS}:{script}") as town:
            place = town.place()
            added = place.ada.slash(place.channel, "library add", file=("mill.md", DOCUMENT))
            added.message(10, until=lambda message: "Indexing" in message.text)
            asked = place.ada.slash(place.channel, "ask", question=question) if question else added
            assert asked.deferred
            if slow_edits:
                town.discord.faults.slow("PATCH", "/messages/@original$", 8, times=9)
            ending = end(town.bot, signal.SIGTERM)
            ending.told["added"] = texts(added.states[-1:])
            ending.verified = run_to_the_end(
                town.discord, folder, arguments=("sources", "verify", "--collection", f"guild-{place.guild.id}")
            )
            return ending

    return play


def slow_status(folder: Path) -> Ending:
    with running(folder, f"{SCRIPTS}:hash_slowly") as town:
        place = town.place()
        called = place.ada.slash(place.channel, "library status")
        assert called.deferred
        ending = end(town.bot, signal.SIGTERM)
        ending.told["status"] = texts(called.states[-1:])
        return ending


def silenced(folder: Path) -> Ending:
    with FakeDiscord() as discord, Network(discord.url) as network:
        ways = {name: network.through(url) for name, url in discord.environment.items()}
        with start(discord, folder, env=ways) as bot:
            bot.wait_for_line(READY)
            town = Town(discord, folder, bot)
            ask_everywhere(town, ENDLESS)
            network.silent = True
            return end(bot, signal.SIGTERM)


def during_login(folder: Path) -> Ending:
    with FakeDiscord() as discord:
        discord.faults.slow("GET", "/users/@me", 30)
        with start(discord, folder) as bot:
            discord.wait_until(lambda: discord.requests("GET", "/users/@me"), 60, "login")
            return end(bot, signal.SIGTERM)


def during_patience(folder: Path) -> Ending:
    """Discord answers login with errors, and discord.py waits between its attempts."""
    with FakeDiscord() as discord:
        discord.faults.error_before("GET", "/users/@me", times=9)
        with start(discord, folder) as bot:
            discord.wait_until(lambda: len(discord.requests("GET", "/users/@me")) == 2, 60, "login")
            return end(bot, signal.SIGTERM)


def during_an_outage(folder: Path) -> Ending:
    """Discord has been away for so long that discord.py makes long pauses between its attempts."""
    with running(folder, f"{SCRIPTS}:pause_long") as town:
        town.discord.stop()
        town.bot.wait_for_line("Attempting a reconnect")
        return end(town.bot, signal.SIGTERM)


SCENES: dict[str, Callable[[Path], Ending]] = {
    "idle": idle(signal.SIGINT),
    "brief answers": brief_answers,
    "endless answers": asked_everywhere(ENDLESS, signal.SIGTERM),
    "two signals": asked_everywhere(ENDLESS, signal.SIGTERM, signal.SIGTERM),
    "two signals in one moment": asked_everywhere(ENDLESS, signal.SIGTERM, signal.SIGINT, pause=0),
    "ten queued": ten_queued,
    "adding briefly": adding("index_briefly"),
    "adding for ever": adding("index_for_ever"),
    "adding, answering and a slow Discord": adding("index_for_ever", question=ENDLESS, slow_edits=True),
    "a slow status": slow_status,
    "silence": silenced,
    "login": during_login,
    "patience": during_patience,
    "outage": during_an_outage,
}
