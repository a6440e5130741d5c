"""People: the driver with which a test acts as somebody who uses Discord."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.discord.fake import message_payloads, payloads, permissions
from tests.discord.fake.answers import Interaction, Said
from tests.discord.fake.channels import Channel
from tests.discord.fake.choosing import chosen, resolve
from tests.discord.fake.command_limits import CHAT_INPUT, MESSAGE_MENU
from tests.discord.fake.commands import SlashData, offered_command
from tests.discord.fake.errors import ImpossibleActError, Json, length
from tests.discord.fake.forms import Upload, Values, filled_in
from tests.discord.fake.interacting import send_interaction
from tests.discord.fake.mentions import pings_of
from tests.discord.fake.messages import delete, edited, mention, publish
from tests.discord.fake.model import (
    ANNOUNCEMENT_THREAD,
    ANNOUNCEMENTS,
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    FORM_SUBMIT,
    HAS_THREAD,
    PLAIN,
    PUBLIC_THREAD,
    REPLY,
    THREAD_STARTER,
    ChannelRecord,
    MessageRecord,
    UserRecord,
)
from tests.discord.fake.permissions import Permission
from tests.discord.fake.seen import Form, Message
from tests.discord.fake.stage import Stage

LONGEST_MESSAGE = 4000
TYPING_SECONDS = 0.2
NO_REPLY_PING: Json = {"parse": ["users", "roles", "everyone"], "replied_user": False}


@dataclass(frozen=True)
class Person:
    """Somebody on Discord; ``locale`` is the language of their app."""

    record: UserRecord
    stage: Stage
    locale: str = "en-US"

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def mention(self) -> str:
        return f"<@{self.record.id}>"

    @property
    def dm_channel(self) -> Channel:
        """The direct messages with the bot."""
        with self.stage.world.lock:
            return Channel(self.stage.world.direct_messages_with(self.record), self.stage)

    # Commands

    def slash(
        self,
        channel: Channel,
        command: str,
        options: Mapping[str, Any] | None = None,
        /,
        *,
        locale: str | None = None,
        **named: Any,
    ) -> Interaction:
        """Send a slash command: ``slash(channel, "library add", file=("mill.md", b"..."))``.

        Args:
            channel: where.
            command: its name, with the subcommand after a blank.
            options: values by option name, for names that cannot be written as keywords.
            locale: the language of the person's app this once.
            named: values by option name; a person, channel or role stands for itself, a file is ``(name, content)``,
                and ``None`` leaves the option out.
        """
        values = {name: value for name, value in {**(options or {}), **named}.items() if value is not None}
        with self.stage.world.lock:
            data = self._slash_data(channel, command).complete(values)
            return self._send(channel.record, COMMAND, data, locale)

    def complete(
        self, channel: Channel, command: str, option: str, text: str, /, *, locale: str | None = None, **named: Any
    ) -> Interaction:
        """Type ``text`` into an option with suggestions; ask the handle for its ``choices()``."""
        with self.stage.world.lock:
            data = self._slash_data(channel, command).unfinished(named, option, text)
            return self._send(channel.record, AUTOCOMPLETE, data, locale)

    def menu(self, message: Message, command: str, *, locale: str | None = None) -> Interaction:
        """Use a command from the menu of a message."""
        world = self.stage.world
        with world.lock:
            target = self._visible(message)
            definition = offered_command(world, MESSAGE_MENU, command, self.record, target.channel)
            described = message_payloads.message(target, sees_content=True, with_referenced=False)
            data = {
                "id": definition["id"],
                "name": command,
                "type": MESSAGE_MENU,
                "target_id": str(target.id),
                "resolved": {"messages": {str(target.id): described}},
            }
            record = send_interaction(
                world, self.record, target.channel, COMMAND, data, locale or self.locale, target=target
            )
            return Interaction(self.stage, record)

    def _slash_data(self, channel: Channel, command: str) -> SlashData:
        world = self.stage.world
        name, *words = command.split()
        definition = offered_command(world, CHAT_INPUT, name, self.record, channel.record)
        return SlashData(world, channel.record, definition, words)

    def _send(self, channel: ChannelRecord, kind: int, data: Json, locale: str | None) -> Interaction:
        record = send_interaction(self.stage.world, self.record, channel, kind, data, locale or self.locale)
        return Interaction(self.stage, record)

    # Buttons, lists and forms

    def click(self, message: Message, button: str, *, locale: str | None = None) -> Interaction:
        """Press a button, named by its label, emoji or custom id, as the message is now."""
        with self.stage.world.lock:
            source = self._visible(message)
            pressed = source.states[-1].button(button)
            if pressed.disabled or pressed.url:
                raise ImpossibleActError(f"the button {button!r} cannot be pressed")
            return self._use(source, {"component_type": 2, "custom_id": pressed.custom_id}, locale)

    def choose(self, message: Message, name: str, values: Sequence[Any], *, locale: str | None = None) -> Interaction:
        """Choose from a list, named by its custom id or a part of it; ``values`` is all that is chosen then."""
        with self.stage.world.lock:
            source = self._visible(message)
            return self._use(source, chosen(source, name, values, self.record), locale)

    def _use(self, source: MessageRecord, data: Json, locale: str | None) -> Interaction:
        before = len(source.states)
        record = send_interaction(
            self.stage.world, self.record, source.channel, COMPONENT, data, locale or self.locale, source=source
        )
        return Interaction(self.stage, record, before)

    def submit(self, form: Form, values: Values | str, *, locale: str | None = None) -> Interaction:
        """Fill a form in and send it: one text, or texts and files by label or custom id."""
        # Nobody types so fast that the bot has not yet heard that its form was opened.
        time.sleep(TYPING_SECONDS)
        world = self.stage.world
        with world.lock:
            opener = world.interactions[form.opened_by]

            def store(file: Upload) -> Json:
                stored = world.store_file(*file, opener.channel.id, ephemeral=True)
                return payloads.attachment(stored)

            def choose(part: Json, chosen: Sequence[Any], resolved: dict[str, Json]) -> list[str]:
                return resolve(part, chosen, opener.channel, self.record, resolved)

            if opener.user is not self.record:
                raise ImpossibleActError(f"the form was opened for {opener.user.name}")
            data, place, language = filled_in(form, values, store, choose), opener.channel, locale or self.locale
            record = send_interaction(
                world, self.record, place, FORM_SUBMIT, data, language, source=opener.source, opener=opener
            )
            return Interaction(self.stage, record, len(opener.source.states) if opener.source else 0)

    # Messages

    def say(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        mention_bot: bool = False,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Said:
        """Write a message.

        Args:
            channel: where.
            text: what.
            reply_to: the message that it replies to.
            ping: whether the reply mentions that message's author (the response to a command is never mentioned).
            mention_bot: whether the text begins with a mention of the bot.
            files: attached files, each ``(name, content)``.
        """
        world = self.stage.world
        content = f"<@{world.bot.id}> {text}" if mention_bot else text
        with world.lock:
            if not permissions.may_write(self.id, channel.record) or length(content) > LONGEST_MESSAGE:
                raise ImpossibleActError(f"{self.name} cannot write this in #{channel.name}")
            target = self._visible(reply_to) if reply_to else None
            message = MessageRecord(
                world.clock.snowflake(), channel.record, self.record, REPLY if target else PLAIN, world.clock.now()
            )
            message.content, message.reference = content, target
            message.files = [world.store_file(name, data, channel.id) for name, data in files]
            message.allowed_mentions = None if ping else NO_REPLY_PING
            pinged = target.author.id if target is not None and target.interaction is None else None
            mention(world, message, pings_of(content, message.allowed_mentions, pinged))
            publish(world, message)
            return Said(self.stage, message.states[0], message)

    def dm(self, text: str, *, reply_to: Message | None = None, ping: bool = True) -> Said:
        """Write to the bot in direct messages."""
        return self.say(self.dm_channel, text, reply_to=reply_to, ping=ping)

    def edit(self, message: Message, text: str) -> None:
        """Change the text of one's own message."""
        with self.stage.world.lock:
            record = self._visible(message)
            if record.author is not self.record:
                raise ImpossibleActError("nobody can edit somebody else's message")
            record.content = text
            # Who is mentioned is read anew; an edit notifies nobody.
            notified = record.pings
            target = record.reference
            pinged = target.author.id if target is not None and target.interaction is None else None
            mention(self.stage.world, record, pings_of(text, record.allowed_mentions, pinged))
            record.pings = notified
            edited(self.stage.world, record)

    def delete(self, message: Message) -> None:
        """Delete a message: one's own, anyone's with Manage Messages, or dismiss one that only this person sees."""
        with self.stage.world.lock:
            record = self._visible(message)
            may = permissions.in_channel(self.id, record.channel)
            own = record.author is self.record or record.ephemeral_to is self.record
            if not own and (record.channel.guild is None or Permission.MANAGE_MESSAGES not in may):
                raise ImpossibleActError(f"{self.name} may not delete this message")
            delete(self.stage.world, record)

    def start_thread(self, message: Message, name: str = "A thread") -> Channel:
        """Start a thread from a message; it has the message's id."""
        world = self.stage.world
        with world.lock:
            record = self._visible(message)
            if (
                record.channel.guild is None
                or record.channel.parent is not None
                or record.ephemeral_to
                or record.thread
            ):
                raise ImpossibleActError("no thread can start here")
            kind = ANNOUNCEMENT_THREAD if record.channel.kind == ANNOUNCEMENTS else PUBLIC_THREAD
            thread = ChannelRecord(record.id, kind, name, guild=record.channel.guild, parent=record.channel)
            thread.owner_id, thread.created_at = self.id, world.clock.now()
            record.channel.guild.channels.append(thread)
            world.channels[thread.id] = thread
            world.tell_about_channel("THREAD_CREATE", thread)
            record.thread = thread
            record.flags |= HAS_THREAD
            world.tell_about_message("MESSAGE_UPDATE", record)
            starter = MessageRecord(world.clock.snowflake(), thread, self.record, THREAD_STARTER, world.clock.now())
            starter.reference = record
            publish(world, starter)
            return Channel(thread, self.stage)

    def close_dms(self, closed: bool = True) -> None:
        """Stop taking direct messages from the bot."""
        with self.stage.world.lock:
            self.record.accepts_direct_messages = not closed

    def _visible(self, message: Message) -> MessageRecord:
        """Return the message itself, if this person can see it."""
        record = self.stage.record_of(message)
        hidden = record.ephemeral_to is not None and record.ephemeral_to is not self.record
        if hidden or Permission.VIEW_CHANNEL not in permissions.in_channel(self.id, record.channel):
            raise ImpossibleActError(f"{self.name} does not see message {message.id}")
        return record


def new_person(stage: Stage, name: str, locale: str) -> Person:
    """Make an account for somebody."""
    world = stage.world
    with world.lock:
        record = UserRecord(world.clock.snowflake(), name)
        world.users[record.id] = record
    return Person(record, stage, locale)
