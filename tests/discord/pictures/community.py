"""The server in the pictures: a club of a game, its people, and its FAQ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.discord.fake import Channel, FakeDiscord, Guild, Message, Permission, Person, Role
from tests.discord.fake.forums import tags_of
from tests.discord.fake.seen import Form
from tests.discord.one_program import Program, finished, running_program
from tests.discord.pictures.components_html import form_html
from tests.discord.pictures.message_html import channel_html, message_html, post_html

FAQ = Path(__file__).with_name("lanternfall-faq.md")
PATIENCE = 30.0


@dataclass(frozen=True)
class Community:
    """A server whose manager, Mara, has added the FAQ; Jo and Sami are members.

    There is a channel for unanswered questions and one where helpers are called, which no setting names yet.
    """

    program: Program
    discord: FakeDiscord
    guild: Guild
    channel: Channel
    gaps: Channel
    desk: Channel
    helpers: Role
    mara: Person
    jo: Person
    sami: Person

    def settle(self, *statements: str, **settings: object) -> None:
        """Change settings (and, with statements in SQL, other records) while the program is not running."""
        stored = f"INSERT OR REPLACE INTO server_settings VALUES ({self.guild.id}, '{json.dumps(settings)}')"
        self.program.restart(between=[stored, *statements])

    def ask(self, question: str, person: Person | None = None) -> Message:
        """Ask with the command, and wait for the answer."""
        return (person or self.jo).slash(self.channel, "ask", question=question).final(PATIENCE)

    def draw(self, *shown: Message) -> str:
        """Messages, one below the other, each as it is in that state."""
        with self.discord.world.lock:
            return "".join(message_html(one, self.discord.world) for one in shown)

    def draw_in(self, channel: Channel, *shown: Message) -> str:
        """The same under the channel's name."""
        return channel_html(channel.name) + self.draw(*shown)

    def draw_post(self, thread: Channel) -> str:
        """A post of a forum, with all that is said in it."""
        return post_html(thread.name, tags_of(thread), self.draw(*thread.messages()))

    def draw_form(self, form: Form, typed: dict[str, str] | None = None, *, sender: str = "Submit") -> str:
        """A form, with what somebody has typed into it, by the fields' labels."""
        with self.discord.world.lock:
            return form_html(form, self.discord.world, typed or {}, sender)


@contextmanager
def community(folder: Path, *, reads_content: bool = False) -> Iterator[Community]:
    """The program as people run it, in a server of that name.

    Args:
        folder: Where its data folder is made.
        reads_content: Whether the Message Content intent is granted.
    """
    home = folder / "home"
    home.mkdir(parents=True)
    env = {"PULLQUOTE_SURE_THRESHOLD": ""} | ({"PULLQUOTE_MESSAGE_CONTENT": "1"} if reads_content else {})
    with FakeDiscord(grant_message_content=reads_content) as discord:
        guild = discord.add_guild("Lanternfall Club")
        channel = guild.add_channel("help")
        gaps, desk = guild.add_channel("unanswered"), guild.add_channel("helpers")
        helpers = guild.add_role("Lamplighters", mentionable=True)
        mara = guild.add_member("Mara", permissions=Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES)
        jo, sami = guild.add_member("Jo"), guild.add_member("Sami")
        with running_program(discord, folder, env=env) as program:
            finished(mara.slash(channel, "library add", file=(FAQ.name, FAQ.read_bytes())))
            yield Community(program, discord, guild, channel, gaps, desk, helpers, mara, jo, sami)
