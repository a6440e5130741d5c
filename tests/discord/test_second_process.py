"""One process a bot on one machine: a second one is refused, since both would answer every question."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.discord.records.database import FILE, FOLDER
from tests.discord.fake import FakeDiscord
from tests.discord.faults_fixtures import QUESTION, READY, run_to_the_end, start


@pytest.mark.usefixtures("programs")
def test_a_second_process_of_a_bot_is_refused_and_another_bot_is_not(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with FakeDiscord() as discord, start(discord, tmp_path) as bot:
        bot.wait_for_line(READY)
        second = run_to_the_end(discord, tmp_path, home=home)
        assert second.code == 2
        (sentence,) = second.err
        assert "running on this machine already" in sentence
        assert len(discord.gateway.identifies) == len(discord.syncs) == 1
        with FakeDiscord() as other, start(other, tmp_path, home=home) as other_bot:
            other_bot.wait_for_line(READY)
            for one in (discord, other):
                guild = one.add_guild()
                channel = guild.add_channel()
                answer = guild.add_member("Ada").slash(channel, "ask", question=QUESTION).final(20)
                assert channel.messages(by_bot=True) == [answer]

        bot.kill()  # a crash or a power cut: nobody takes the lock away
        discord.gateway.wait_disconnected()
        assert (home / "discord" / f"{discord.bot_id}.lock").exists()
        with start(discord, tmp_path) as again:
            again.wait_for_line(READY)


@pytest.mark.usefixtures("programs")
def test_the_servers_of_another_bot_are_not_servers_that_this_one_has_left(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with FakeDiscord() as discord, start(discord, tmp_path) as bot:
        bot.wait_for_line(READY)
        answer_in(discord)
        with FakeDiscord() as other, start(other, tmp_path, home=home) as other_bot:
            other_bot.wait_for_line(READY)
            answer_in(other)
            with closing(sqlite3.connect(f"file:{home / FOLDER / FILE}?mode=ro", uri=True)) as records:
                assert records.execute("SELECT count(*) FROM answers").fetchone() == (2,)
                assert records.execute("SELECT * FROM server_deletions").fetchall() == []


def answer_in(discord: FakeDiscord) -> None:
    """Let the bot answer a question in a new server."""
    guild = discord.add_guild()
    guild.add_member("Ada").slash(guild.add_channel(), "ask", question=QUESTION).final(20)
