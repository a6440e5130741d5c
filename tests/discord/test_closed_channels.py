"""A channel whose messages are a document is closed, and the library has no time yet."""

from __future__ import annotations

from filelock import FileLock

from retrieval.files import LOCK
from tests.discord.fake import Permission
from tests.discord.held_documents import wait_document
from tests.discord.one_program import Place, Program, ask, listed
from tests.discord.test_message_documents import (
    FERRY,
    FERRY_QUESTION,
    place,
    program_online,
    read_in,
)

__all__ = ["place", "program_online"]


def test_a_closed_channel_answers_nobody_else_also_before_the_library_has_changed(
    program_online: Program, place: Place
) -> None:
    room = place.guild.add_channel("ferries")
    read_in(place, room)
    place.bruno.say(room, FERRY)
    wait_document(program_online, room, FERRY)
    before = ask(place.bruno, place.channel, FERRY_QUESTION)
    assert FERRY in before.text
    with FileLock(program_online.home / LOCK):
        room.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
        room.allow(Permission.VIEW_CHANNEL)
        for private in (False, True):
            assert FERRY not in ask(place.bruno, place.channel, FERRY_QUESTION, private=private).text
        assert FERRY not in place.bruno.click(before, "📖").message().text
        assert "ferries" not in listed(place, place.bruno).text
