"""Trying to read across: every command, button and form, by somebody who may not see a document; a line for each.

What a line calls is waited for; whatever the bot has shown to the person anywhere is looked at in the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.discord import custom_ids
from bot.discord.formatting.answer_layout import AnswerLayout
from tests.discord.fake import FakeDiscord, Message, NotOfferedError, Permission, Person, permissions
from tests.discord.fake.answers import Answer, Interaction
from tests.discord.fake.command_limits import CHAT_INPUT, SUBCOMMAND, SUBCOMMAND_GROUP
from tests.discord.fake.errors import Json
from tests.discord.fake.model import MessageRecord
from tests.discord.one_program import PATIENCE, Place, ask, forge
from tests.discord.staff_room import StaffRoom

SECRET = "The strongbox opens with the words silver heron."
# Nothing that is asked has any of these words in it.
DOCUMENT = f"# Quillon ledger\n\n{SECRET}\n\nIts key hangs behind the painting of the storm.\n"
NAME = "quillon.md"
WORDS = ("silver", "heron", "quillon", "painting", "storm")
QUESTIONS = (
    "Cite with which words the strongbox opens?",
    "Really with which words does the strongbox open?",
    "Really where does the key of the strongbox hang?",
    "Really with wich wrods does teh strongbx open?",
    "Really what documents do you have?",
    "Really quali documenti hai?",
    "Really con quali parole si apre la cassaforte (strongbox)?",
)
STRONGBOX = QUESTIONS[0]


@dataclass(frozen=True)
class Attempt:
    """One person's tries.

    Attributes:
        discord: The local Discord.
        place: The server.
        room: The channel of those who may see the document.
        spy: Who tries.
        document: The id of its source, as if somebody had told.
        theirs: An answer that quotes it, where the spy does not see it.
        answer_id: The id of that answer, as if somebody had told.
    """

    discord: FakeDiscord
    place: Place
    room: StaffRoom
    spy: Person
    document: str
    theirs: Message
    answer_id: str

    def call(self, command: str, **options: Any) -> Interaction | None:
        """Call a command, if it is offered, and wait until it has said all; forms are looked at and left."""
        try:
            called = self.spy.slash(self.place.channel, command, **options)
        except NotOfferedError:
            return None
        called.wait_acknowledged()
        if called.record.form is None:
            called.message(PATIENCE, until=lambda state: not state.text.endswith("…"))
        return called

    def suggest(self, command: str, option: str, **named: Any) -> None:
        """Type into an option."""
        for typed in ("", "q", "ledger", self.document):
            self.spy.complete(self.place.channel, command, option, typed, **named).choices()

    def mine(self) -> Message:
        """An answer of the spy's own."""
        return ask(self.spy, self.place.channel)

    def press(self, custom_id: str) -> Interaction:
        """Press a button that was slipped under the spy's own answer."""
        pressed = forge(self.spy, self.mine(), custom_id)
        pressed.wait_acknowledged()
        return pressed


# Commands


def _ask(attempt: Attempt) -> None:
    attempt.suggest("ask", "document", question=STRONGBOX)
    for question in QUESTIONS:
        for private in (True, False):
            ask(attempt.spy, attempt.place.channel, question, private=private)
    attempt.call("ask", question=STRONGBOX, document=attempt.document)


def _remove(attempt: Attempt) -> None:
    attempt.suggest("library remove", "document")
    attempt.call("library remove", document=attempt.document)


def _access(attempt: Attempt) -> None:
    attempt.suggest("library access", "document")
    for everybody in (False, True):
        called = attempt.call("library access", document=attempt.document, everybody=everybody)
        assert called is None or called.record.form is None


def _plain(command: str, **options: Any) -> Callable[[Attempt], None]:
    def line(attempt: Attempt) -> None:
        attempt.call(command, **options)

    return line


COMMANDS: Mapping[str, Callable[[Attempt], None]] = {
    "about": _plain("about"),
    "ask": _ask,
    "export votes": _plain("export votes"),
    "help": _plain("help"),
    "library access": _access,
    "library add": _plain("library add", file=("other.md", b"# Other\n\nThe other document is short.\n")),
    "library clear": _plain("library clear", name="another server"),
    "library list": _plain("library list"),
    "library refresh": _plain("library refresh"),
    "library remove": _remove,
    "library site": _plain("library site", url="http://127.0.0.1/quiet"),
    "library status": _plain("library status"),
    "settings channels": _plain("settings channels"),
    "settings deny": _plain("settings deny"),
    "settings forget": _plain("settings forget"),
    "settings language": _plain("settings language", language="en"),
    "settings limits": _plain("settings limits", person_minute=1000),
    "settings modes": _plain("settings modes"),
    "settings panel": _plain("settings panel"),
    "settings roles": _plain("settings roles", purpose="ask questions"),
    "settings show": _plain("settings show"),
    "stats": _plain("stats"),
}


def commands_of(synced: Sequence[Json]) -> Iterator[str]:
    """The full names of all slash commands."""

    def leaves(command: Json, path: str) -> Iterator[str]:
        inner = [one for one in command.get("options", ()) if one["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP)]
        for one in inner:
            yield from leaves(one, f"{path} {one['name']}")
        if not inner:
            yield path

    for command in synced:
        if command["type"] == CHAT_INPUT:
            yield from leaves(command, command["name"])


# Buttons, lists and forms, by the names of their classes


def _follow(attempt: Attempt) -> None:
    for before in (attempt.theirs.id, 0):
        form = attempt.press(custom_ids.follow(before, AnswerLayout.QUOTES, private=False)).form()
        attempt.spy.submit(form, STRONGBOX).final(PATIENCE)


def _down(attempt: Attempt) -> None:
    form = attempt.press(custom_ids.down(attempt.answer_id)).form()
    attempt.spy.submit(form, "I want to read it.").message(PATIENCE)


def _pressing(*custom_id: Callable[[Attempt], str]) -> Callable[[Attempt], None]:
    def line(attempt: Attempt) -> None:
        for make in custom_id:
            attempt.press(make(attempt))

    return line


def _elsewhere(attempt: Attempt) -> None:
    """It works on what ``COMMANDS`` opened, shows settings alone, and is tested with them."""


BUTTONS: Mapping[str, Callable[[Attempt], None]] = {
    "AccessButton": _pressing(lambda attempt: custom_ids.access("all", attempt.theirs.id)),
    "AccessForm": _access,
    "AddForm": _plain("library add"),
    "AnswerGapButton": _pressing(
        lambda attempt: custom_ids.gap("none", "done", 1, attempt.room.channel.id, attempt.theirs.id)
    ),
    "DeleteButton": _pressing(lambda attempt: custom_ids.delete(attempt.answer_id, attempt.room.carla.id)),
    "DownButton": _down,
    "EmptyButton": _elsewhere,
    "ExampleButton": _pressing(lambda attempt: custom_ids.example(0)),
    "FollowButton": _follow,
    "FollowUpForm": _follow,
    "GapForm": _pressing(lambda attempt: custom_ids.gap("down", "done", 1, attempt.place.channel.id, 0)),
    "HumanButton": _pressing(lambda attempt: custom_ids.human(attempt.answer_id)),
    "LimitsButton": _elsewhere,
    "LimitsForm": _elsewhere,
    "PageButton": _elsewhere,
    "PageSelect": _elsewhere,
    "ReasonForm": _down,
    "ServerButton": _pressing(lambda attempt: custom_ids.server(attempt.place.guild.id)),
    "ServerDeletionForm": _elsewhere,
    "ServerSelect": _elsewhere,
    "SettingSelect": _elsewhere,
    "ShowButton": _pressing(lambda attempt: custom_ids.show(attempt.answer_id)),
    "SolvedButton": _pressing(lambda attempt: custom_ids.solved(attempt.spy.id)),
    "StopButton": _pressing(lambda attempt: custom_ids.stop(attempt.theirs.id)),
    "StopDigestButton": _pressing(lambda attempt: custom_ids.digest("2026-11-30")),
    "SwitchButton": _elsewhere,
    "TurnButton": _pressing(
        lambda attempt: custom_ids.turn_next(attempt.answer_id, 0),
        lambda attempt: custom_ids.turn_back(attempt.answer_id, 0),
    ),
    "UpButton": _pressing(lambda attempt: custom_ids.up(attempt.answer_id)),
}


# What was seen


def shown_to(discord: FakeDiscord, person: Person) -> list[str]:
    """Everything that the bot has shown to a person: messages in all their states, files, forms and suggestions."""
    world = discord.world
    with world.lock:
        seen = [state for record in world.messages.values() if _is_shown(record, person) for state in record.states]
        told = [_all_of(state) for state in seen if state.author_id == world.bot.id]
        own = [one for one in world.interactions.values() if one.user is person.record]
        told += [json.dumps(one.form, ensure_ascii=False) for one in own if one.form is not None]
        told += [choice.name for one in own for choice in one.choices or ()]
    return [one.lower() for one in told]


def _is_shown(record: MessageRecord, person: Person) -> bool:
    if record.ephemeral_to is not None:
        return record.ephemeral_to is person.record
    channel = record.channel
    if channel.guild is None:
        return channel.recipient is person.record
    is_member = person.id in channel.guild.members
    return is_member and Permission.VIEW_CHANNEL in permissions.in_channel(person.id, channel)


def _all_of(message: Message) -> str:
    parts = [message.content, json.dumps(message.embeds, ensure_ascii=False), json.dumps(message.components)]
    return " ".join([*parts, *(data.decode("utf-8", "replace") for data in message.files.values())])


def finish(answer: Answer) -> Message:
    """Wait for a finished answer."""
    return answer.final(PATIENCE)
