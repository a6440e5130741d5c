"""One process of the program for all tests of a file, and short ways to what these tests do all the time."""

from __future__ import annotations

import copy
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.discord.records.database import FILE, FOLDER
from retrieval.loaders.article import load_article
from tests.discord.discord_markdown import active, without_underlines, words
from tests.discord.fake import Channel, FakeDiscord, Guild, Message, Permission, Person, Role
from tests.discord.fake.answers import Interaction
from tests.discord.fake.messages import publish, remember_state
from tests.discord.fake.model import PLAIN, MessageRecord, UserRecord
from tests.discord.process import BotProcess
from tests.discord.scripts.conversations import MANY_DOCUMENTS
from tests.discord.shared_article import with_shared_article

ARTICLE = load_article().text
# A question that the article answers with one quote, one that it does not answer, and the quote.
QUESTION = "What triggered the protests?"
UNANSWERED = "How tall is the highest mountain near Almaty?"
QUOTE = "The protests, triggered by the doubling of the price of LPG"
# A document that a server adds, and a question that it answers.
MILL = "# The mill\n\nThe mill at the harbour was raised by Carla Neri in 1911.\n"
MILL_QUESTION = "Cite who raised the mill at the harbour?"
PATIENCE = 30.0
SCRIPTS = "tests.discord.scripts.conversations"
MANY = 36
BOLD = re.compile(r"(?<!\\)\*\*")


class Program:
    """The program with a home of its own; it may be stopped and started again.

    Args:
        discord: The Discord that it connects to.
        home: Its data folder.
        options: Those of ``BotProcess``.
    """

    def __init__(self, discord: FakeDiscord, home: Path, options: Mapping[str, Any]) -> None:
        self.discord = discord
        self.home = with_shared_article(home)
        self._options = options
        self.process = BotProcess(discord, home, **options)

    def wait_ready(self) -> None:
        """Wait until it is online."""
        self.process.wait_for_line("Ready.")

    def restart(self, between: Sequence[str] = (), meanwhile: Callable[[], object] = lambda: None) -> None:
        """Stop it in an orderly way, change its records with statements in SQL, and start it again.

        ``meanwhile`` is what happens in Discord while the program is away.
        """
        code, _ = self.process.terminate()
        assert code == 0, self.process.told()
        self.process.close()
        for statement in between:
            self.change(statement)
        meanwhile()
        self.process = BotProcess(self.discord, self.home, **self._options)
        self.wait_ready()

    def crash(self) -> None:
        """Kill it, as a power cut does; ``revive`` starts it again."""
        self.process.kill()
        self.process.close()

    def revive(self) -> None:
        """Start it again after a crash."""
        self.process = BotProcess(self.discord, self.home, **self._options)
        self.wait_ready()

    def read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into its records."""
        with closing(sqlite3.connect(f"file:{self.home / FOLDER / FILE}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def change(self, statement: str) -> None:
        """Change its records behind its back."""
        with closing(sqlite3.connect(self.home / FOLDER / FILE)) as connection, connection:
            assert connection.execute(statement).rowcount, f"nothing was changed by {statement!r}"

    def failures(self) -> list[str]:
        """The lines of its log that tell of something that went wrong."""
        log = (self.home / "logs" / "pullquote.log").read_text("utf-8")
        return [line for line in log.splitlines() if " ERROR " in line or line.startswith("Traceback")]


@contextmanager
def running_program(discord: FakeDiscord, folder: Path, *, wait: bool = True, **options: Any) -> Iterator[Program]:
    """Start the program without any setting from outside, and end it with the block.

    Args:
        discord: The Discord that it connects to.
        folder: Where its data folder is made.
        wait: Whether to wait until it is online.
        options: Those of ``BotProcess``.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
            patch.delenv(name)
        program = Program(discord, folder / "home", {"folder": folder, **options})
    try:
        if wait:
            program.wait_ready()
        yield program
    except BaseException as error:
        error.add_note(program.process.told())
        raise
    finally:
        program.process.close()


# What people do


@dataclass(frozen=True)
class Place:
    """A server of a test's own: a channel, Ada who manages the server, and Bruno who does not."""

    guild: Guild
    channel: Channel
    ada: Person
    bruno: Person


SHARED = pytest.StashKey[tuple[Program, Place]]()


def new_place(discord: FakeDiscord, name: str = "Harbour", *, locale: str = "en-US") -> Place:
    """Make a server while the program is online."""
    guild = discord.add_guild(name, locale=locale)
    ada = guild.add_member("Ada Lovelace", permissions=Permission.MANAGE_GUILD)
    return Place(guild, guild.add_channel(), ada, guild.add_member("Bruno Corti"))


def shared_program(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> tuple[Program, Place]:
    """The program for every file that needs nothing else, and a server that has a large library from the start.

    It is started on first use, and ended with the last test; a start takes several seconds.
    """
    session = request.session
    if SHARED not in session.stash:
        running = ExitStack()
        session.addfinalizer(running.close)
        discord = running.enter_context(FakeDiscord())
        large = new_place(discord, "Large")
        script = " ".join(f"{SCRIPTS}:{name}" for name in ("note_conversations", "index_slowly", "many_documents"))
        env = {MANY_DOCUMENTS: f"guild-{large.guild.id} {MANY}"}
        program = running.enter_context(running_program(discord, folders.mktemp("shared"), script=script, env=env))
        session.stash[SHARED] = program, large
    return session.stash[SHARED]


def new_role(place: Place, name: str) -> Role:
    """Make a role, and tell the program about the server anew, which also tells of its roles."""
    role = place.guild.add_role(name)
    world = place.guild.stage.world
    with world.lock:
        world.tell_about_guild("GUILD_CREATE", place.guild.record)
    return role


def ask(person: Person, channel: Channel, question: str = QUESTION, **options: Any) -> Message:
    """Ask with the command, and wait for the answer."""
    return person.slash(channel, "ask", question=question, **options).final(PATIENCE)


def add(person: Person, channel: Channel, name: str, content: str | bytes) -> Message:
    """Add a document, and wait for the last word about it."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return finished(person.slash(channel, "library add", file=(name, data)))


def listed(place: Place, person: Person | None = None) -> Message:
    """The list of documents, as it is shown to one person."""
    called = (person or place.ada).slash(place.channel, "library list")
    assert called.ephemeral
    return called.message()


def titles_in(listed: str) -> str:
    """A list of documents without what it tells about each besides its title."""
    return "\n".join(line for line in listed.split("\n") if not line.startswith("-# "))


def remove(place: Place, document: str) -> str:
    """Remove a document, and give what is said about that."""
    return words(passage_of(finished(place.ada.slash(place.channel, "library remove", document=document)))[1])


def finished(called: Interaction) -> Message:
    """Wait until a command that shows its progress says its last word."""
    return called.message(PATIENCE, until=lambda state: not state.text.endswith("…"))


def forge(person: Person, message: Message, custom_id: str) -> Interaction:
    """Click a button that was slipped under the message."""
    with person.stage.world.lock:
        record = person.stage.record_of(message)
        record.components = [{"type": 1, "components": [{"type": 2, "style": 2, "label": "?", "custom_id": custom_id}]}]
        remember_state(person.stage.world, record)
    return person.click(message, custom_id)


def look_alike(place: Place, channel: Channel, answer: Message) -> Message:
    """A message by another bot that has everything of an answer."""
    world = place.guild.stage.world
    with world.lock:
        other = UserRecord(world.clock.snowflake(), "Pullquote", bot=True)
        world.users[other.id] = other
        record = MessageRecord(world.clock.snowflake(), channel.record, other, PLAIN, world.clock.now())
        record.content = answer.content
        record.embeds = copy.deepcopy(list(answer.embeds))
        record.embeds[0]["title"] = "Forged?"
        record.components = copy.deepcopy(list(answer.components))
        publish(world, record)
        return record.states[-1]


def post_as_the_bot(
    place: Place, custom_ids: Sequence[str], title: str | None, description: str | None, content: str
) -> Message:
    """A message of the bot's own, as another version of the program would have posted it."""
    world = place.guild.stage.world
    with world.lock:
        record = MessageRecord(world.clock.snowflake(), place.channel.record, world.bot, PLAIN, world.clock.now())
        record.content = content
        record.embeds = [{"type": "rich", "title": title, "description": description}] if description else []
        buttons = [{"type": 2, "style": 2, "label": one, "custom_id": one} for one in custom_ids]
        record.components = [{"type": 1, "components": buttons}]
        publish(world, record)
        return record.states[-1]


# What is seen


def passage_of(message: Message) -> tuple[str, str, str]:
    """The title, the words and the footer of a passage or another notice."""
    (embed,) = message.embeds
    return embed.get("title", ""), embed["description"], (embed.get("footer") or {}).get("text", "")


def parts_of(passage: Message) -> tuple[str, str, str]:
    """What stands before the bold words, these, and what stands after them, all as people read it.

    The words that answer are underlined in the bold ones, and nowhere else.
    """
    before, bold, after = BOLD.split(passage_of(passage)[1])
    bold = without_underlines(bold)
    assert {kind for part in (before, bold, after) for kind in active(part)} <= {"link", "code"}
    return words(before), words(bold), words(after)


def notes(path: Path) -> list[dict[str, Any]]:
    """What the scripted answerer has noted: each question with its history."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def answer_id(answer: Message) -> str:
    """The id under which the program keeps what it needs of an answer."""
    return answer.button("👍").custom_id.rpartition(":")[2]


def rows_about(program: Program, answer: Message) -> list[int]:
    """How much is kept about an answer: itself, its citations and its votes."""
    tables = (("answers", "id"), ("citations", "answer_id"), ("votes", "answer_id"))
    return [
        int(program.read(f"SELECT count(*) FROM {table} WHERE {column} = ?", answer_id(answer))[0][0])
        for table, column in tables
    ]


def wait_deleted(program: Program, answer: Message) -> None:
    """Wait until an answer is gone with all that was kept about it."""
    program.discord.wait_until(
        lambda: program.discord.message(answer.id) is None and rows_about(program, answer) == [0, 0, 0],
        what="the answer to be deleted, with its records",
    )
