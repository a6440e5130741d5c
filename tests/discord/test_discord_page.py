"""What docs/discord.md and docs/discord-hosting.md show and promise is what the program does."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.discord.login import NO_NETWORK, NO_TOKEN, WRONG_TOKEN
from bot.discord.records.answers import DAYS_KEPT
from bot.discord.records.database import migrate
from bot.discord.records.server_settings import ServerSettings
from bot.discord.startup_report import LEAST_PERMISSIONS
from bot.settings import Settings
from tests.discord.fake import FakeDiscord
from tests.discord.process import BotProcess

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "discord.md").read_text(encoding="utf-8")
HOSTING = (DOCS / "discord-hosting.md").read_text(encoding="utf-8")
ID = re.compile(r"\d{17,20}")


@pytest.fixture
def started(discord: FakeDiscord, bot_process: Callable[..., BotProcess]) -> BotProcess:
    bot = bot_process()
    bot.wait_for_line("Ready.")
    return bot


def test_the_start_is_told_in_the_lines_of_the_page_and_the_commands_are_those_of_the_page(
    started: BotProcess, discord: FakeDiscord
) -> None:
    shown = re.search(r"```text\n(.*?)```", TEXT, re.DOTALL)
    assert shown is not None
    expected = ID.sub("ID", shown[1]).replace("I am Pullquote", "I am pullquote").splitlines()
    assert [ID.sub("ID", line) for line in started.out] == expected
    names = {command["name"] for command in discord.commands if command["type"] == 1}
    in_tables = set(re.findall(r"`/(\w+)[ `]", TEXT))
    assert in_tables == names
    subcommands = {
        f"{command['name']} {option['name']}"
        for command in discord.commands
        for option in command.get("options", [])
        if option["type"] == 1
    }
    assert subcommands == {" ".join(pair) for pair in re.findall(r"`/(library|settings|export) (\w+)`", TEXT)}
    menus = [command["name"] for command in discord.commands if command["type"] == 3]
    assert [f"*{name}*" in TEXT for name in menus] == [True]


def test_the_permissions_are_the_least_and_the_six_of_the_page() -> None:
    sentence = re.search(r"They are the least that the bot needs: (.*?)\.", " ".join(TEXT.split()))
    assert sentence is not None
    named = "view channels, send messages, also in threads, embed links, attach files, read message history"
    assert sentence[1] == named
    assert {name for name, granted in LEAST_PERMISSIONS if granted} == {
        "read_messages",  # what Discord calls "view channels"
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "attach_files",
        "read_message_history",
    }
    assert f"permissions={LEAST_PERMISSIONS.value}" in TEXT


def test_numbers_and_sentences_of_the_page_are_those_of_the_program() -> None:
    defaults = ServerSettings()
    flowing = " ".join(TEXT.split())
    assert (
        f"{defaults.questions_per_minute} a minute and {defaults.questions_per_day} a day from each person and "
        f"{defaults.server_questions_per_day:,} a day from a server"
    ) in flowing
    assert f"for {DAYS_KEPT} days" in flowing
    for sentence in (NO_TOKEN, WRONG_TOKEN, NO_NETWORK):
        assert f"| {sentence.split(';')[0]} |" in HOSTING


def test_every_table_of_the_records_stands_in_what_is_stored() -> None:
    section = re.search(r"^## What is stored\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert section is not None
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| [^|]+ \|$", section[1], re.MULTILINE)
    named = [table for row in rows for table in re.findall(r"`([a-z_]+)`", row)]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert sorted(named) == sorted(tables)
    days = str(Settings.model_fields["days_after_leaving"].default)
    assert f"`PULLQUOTE_DAYS_AFTER_LEAVING` ({days}" in section[1]
