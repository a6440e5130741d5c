"""Conversations in tests: the program that notes what its chain is told, and what it ought to be told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.discord.fake import FakeDiscord, Message, Person
from tests.discord.fake.answers import Interaction
from tests.discord.one_program import PATIENCE, Program, notes, passage_of, running_program
from tests.discord.scripts.conversations import NOTES

SCRIPT = "tests.discord.scripts.conversations:note_conversations"


@dataclass(frozen=True)
class Bot:
    """The program, and the file into which its answerer notes what it is told."""

    program: Program
    file: Path

    def told(self, answer: Message) -> list[list[str]]:
        """The history with which the question of an answer reached the chain."""
        question = self.question_of(answer)
        (history,) = [note["history"] for note in notes(self.file) if note["question"] == question]
        return [list(turn) for turn in history]

    def question_of(self, answer: Message) -> str:
        """The question as it stands over an answer, or in the message that the answer replies to."""
        if answer.embeds and answer.embeds[0].get("title"):
            return str(answer.embeds[0]["title"])
        first = answer.content.split("\n")[0]
        if first.startswith("**"):
            return first.strip("*")
        world = self.program.discord.world
        with world.lock:
            asked = world.messages[answer.reference_id or 0].content
        return asked.replace(self.program.discord.bot_mention, "").strip()


@contextmanager
def conversing(folder: Path, *, reads_threads: bool = False, reads_content: bool = False) -> Iterator[Bot]:
    """The program as it is, or one that reads the plain messages in its threads, or to which all words are given."""
    file = folder / "notes.jsonl"
    asked = {"PULLQUOTE_READ_THREADS": reads_threads, "PULLQUOTE_MESSAGE_CONTENT": reads_content}
    env = {NOTES: str(file)} | {name: "1" for name, wanted in asked.items() if wanted}
    with (
        FakeDiscord(grant_message_content=reads_threads or reads_content) as discord,
        running_program(discord, folder, script=SCRIPT, env=env) as program,
    ):
        yield Bot(program, file)


def said(turns: int) -> str:
    """What the scripted answerer says after so many turns."""
    return f"*After* {turns} turns, @everyone: see https://example.org/a_b_c. [1] 1. That is all. [1]"


def turns(*questions: str, first: int = 0) -> list[list[str]]:
    """A history: the questions, each with its scripted answer."""
    return [[question, said(index)] for index, question in enumerate(questions, start=first)]


def follow_up(person: Person, answer: Message, question: str, **options: str) -> Interaction:
    """Send the form for a follow-up."""
    return person.submit(person.click(answer, "💬", **options).form(), question, **options)


def follow(person: Person, answer: Message, question: str) -> Message:
    """Ask a follow-up, and wait for its answer."""
    return follow_up(person, answer, question).final(PATIENCE)


def footer(answer: Message) -> str:
    """The small print of an answer."""
    return passage_of(answer)[2]
