"""The weekly digest is posted once a week, made of the bot's own posts; the program runs in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.discord.asking.digest_posts import midnight, week_to_sum_up
from bot.discord.custom_ids import digest
from bot.discord.formatting.gap_post import Gap, GapKind, GapPost
from bot.discord.texts import LANGUAGES
from tests.discord.fake import FakeDiscord, Message
from tests.discord.fake.clock import DISCORD_EPOCH_MILLISECONDS
from tests.discord.fake.messages import remember_state
from tests.discord.fake.model import PLAIN, MessageRecord
from tests.discord.gap_servers import GapServer, new_gap_server, stored
from tests.discord.one_program import Program, running_program

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
WEEK = week_to_sum_up(datetime.now(UTC))
ASKED = [
    ("How do I reset my password?", 3, False),
    ("Can I bring my dog?", 1, True),
    ("I forgot my password, what now?", 2, False),
]


@pytest.fixture(scope="module")
def program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("digest")) as program:
        yield program


def posted_at(server: GapServer, moment: datetime, gap: Gap) -> Message:
    """A post of the bot's own from another day."""
    world = server.place.guild.stage.world
    with world.lock:
        number = (int(moment.timestamp() * 1000) - DISCORD_EPOCH_MILLISECONDS << 22) + len(world.messages)
        record = MessageRecord(number, server.gaps.record, world.bot, PLAIN, moment.timestamp())
        record.embeds = [{"type": "rich", "description": GapPost(gap).description(ENGLISH, 1)}]
        button = {"type": 2, "style": 2, "label": "?", "custom_id": gap.custom_id}
        record.components = [{"type": 1, "components": [button]}]
        world.messages[record.id] = record
        server.gaps.record.messages.append(record)
        server.gaps.record.messages.sort(key=lambda one: one.id)
        remember_state(world, record)
        return record.states[-1]


def week_of(server: GapServer) -> list[Message]:
    """Fill the last week of a server, and the days around it."""
    times = [midnight(WEEK) + timedelta(hours=hours) for hours in (1, 70, 167)]
    posts = [
        posted_at(server, moment, Gap(question, GapKind.NOT_FOUND, 2, 3, times=count, answered=answered))
        for moment, (question, count, answered) in zip(times, ASKED, strict=True)
    ]
    for moment in (midnight(WEEK) - timedelta(minutes=1), midnight(WEEK) + timedelta(days=7, minutes=1)):
        posted_at(server, moment, Gap("Of another week?", GapKind.NOT_FOUND, 2, 3))
    return posts


def days_of(server: GapServer) -> list[str]:
    days = [(WEEK - timedelta(days=1), 100, 100, 50), (WEEK, 5, 5, 2), (WEEK + timedelta(days=6), 7, 4, 1)]
    return [f"INSERT INTO server_days VALUES ({server.guild_id}, '{day}', {a}, {b}, {c})" for day, a, b, c in days]


def digests(server: GapServer) -> list[Message]:
    wanted = digest(WEEK.isoformat())
    return [one for one in server.gaps.messages(by_bot=True) if wanted in [button.custom_id for button in one.buttons]]


def test_the_week_is_summed_up_once_and_the_button_stops_it(program: Program) -> None:
    servers = {
        name: new_gap_server(program.discord, name, "it" if name == "Porto" else "en-US")
        for name in ("Harbour", "Porto", "Off", "Idle")
    }
    on = {"weekly_digest": True}
    settings = {one.guild_id: one.settings | (on if name != "Off" else {}) for name, one in servers.items()}
    posts = {name: week_of(server) for name, server in servers.items() if name != "Idle"}
    counted = [line for name, server in servers.items() if name != "Idle" for line in days_of(server)]
    program.restart([*stored(settings), *counted])
    server = servers["Harbour"]
    told = server.gaps.wait_message(until=lambda one: "**" in one.text)
    assert digests(server) == [told]
    assert told.embeds[0]["title"] == ENGLISH.digest_title.format(first=WEEK, last=WEEK + timedelta(days=6))
    first, heading, *topics = told.embeds[0]["description"].split("\n")
    assert first == ENGLISH.digest_counts.format(asked=12, answered=6, refused=3)
    assert heading == ENGLISH.digest_topics
    assert len(topics) == 2
    assert topics[0].startswith(("1. How do I reset my password? · 5 ", "1. I forgot my password, what now? · 5 "))
    assert all(f"/{server.gaps.id}/{posts['Harbour'][index].id})" in topics[0] for index in (0, 2))
    assert topics[1].startswith("2. Can I bring my dog? · 1 question")
    assert topics[1].endswith("✅")
    assert not told.pings
    italian = servers["Porto"].gaps.wait_message(until=lambda one: "**" in one.text)
    assert ITALIAN.digest_topics in italian.text

    for one in ("Harbour", "Porto"):
        forget_nonces(servers[one])  # Discord knows a repetition for some minutes only
    for count in (1, 2):
        program.restart()
        for name in ("Harbour", "Porto", "Idle"):
            program.discord.wait_for_request("GET", f"/channels/{servers[name].gaps.id}/messages", count=2 + count)
    assert [len(digests(one)) for one in servers.values()] == [1, 1, 0, 0]

    refused = server.place.bruno.click(told, ENGLISH.button_stop_digest).message()
    assert refused.text == ENGLISH.digest_not_allowed
    assert server.place.ada.click(told, ENGLISH.button_stop_digest).message().text == ENGLISH.digest_stopped
    ((document,),) = program.read("SELECT document FROM server_settings WHERE guild_id = ?", server.guild_id)
    assert '"weekly_digest": false' in document
    assert [len(digests(one)) for one in servers.values()] == [1, 1, 0, 0]
    assert not program.failures()


def forget_nonces(server: GapServer) -> None:
    """Let Discord forget by what it knows repeated messages."""
    with server.place.guild.stage.world.lock:
        for record in server.gaps.record.messages:
            record.nonce = None
