"""``pullquote discord --check``: what a bot lacks, told without going online, and the file that says who is online."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tests.discord.fake import FakeDiscord, Permission
from tests.discord.fake.model import FORUM, VOICE
from tests.discord.faults_fixtures import READY, Run, at_once, run_to_the_end, start
from tests.discord.test_start import nowhere

NOT_EVERYWHERE, PROBLEM = 1, 2
# Starting takes some of it; what is waited for takes a minute.
IN_TIME = 35


def check(discord: FakeDiscord, folder: Path, **options: Any) -> Run:
    script = "tests.discord.scripts.impatience:wait_a_second" if options.pop("impatient", False) else ""
    return run_to_the_end(discord, folder, script=script, arguments=("discord", "--check"), **options)


def line(run: Run, words: str) -> str:
    """The only line with these words."""
    (found,) = [one for one in run.out if words in one]
    return found


@pytest.mark.usefixtures("programs")
def test_the_check_tells_what_lacks_where_and_changes_nothing(tmp_path: Path) -> None:
    with FakeDiscord() as discord:
        sound = discord.add_guild("Sound \x1b[31m\n**Harbour** \u202e mill")
        sound.add_channel("general")
        sound.add_channel("voice", kind=VOICE)
        sound.add_channel("rules").deny(Permission.SEND_MESSAGES, whom=sound.id)
        sound.add_channel("staff").deny(Permission.VIEW_CHANNEL, whom=sound.id)
        lacking = discord.add_guild("Lacking")
        lacking.add_channel("general").deny(Permission.SEND_MESSAGES)
        lacking.add_channel("looks").deny(Permission.EMBED_LINKS, Permission.READ_MESSAGE_HISTORY)
        lacking.add_channel("hidden").deny(Permission.VIEW_CHANNEL)
        lacking.add_channel("forum", kind=FORUM).deny(Permission.SEND_MESSAGES_IN_THREADS)
        lacking.add_channel("posts", kind=FORUM).deny(Permission.SEND_MESSAGES)
        quiet = discord.add_guild("Quiet")
        quiet.time_out_bot(600)
        discord.add_guild("Elsewhere", with_bot=False)
        run = check(discord, tmp_path, env={"PULLQUOTE_MESSAGE_CONTENT": "1"})
        assert discord.gateway.identifies == []
        assert {request.method for request in discord.requests()} == {"GET"}
        assert discord.token not in "\n".join(run.out + run.err)
    assert run.code == NOT_EVERYWHERE, run
    assert run.err == ["3 checks failed; the lines above say what to do."]
    assert all(one.isprintable() for one in run.out)
    assert "of 1 document, all sound" in line(run, "ok   index: ")
    assert "models" in line(run, "ok   extras: ")
    assert " GB free in " in line(run, "ok   disk: ")
    assert str(discord.bot_id) in line(run, "ok   token: accepted")
    assert "Message Content Intent" in line(run, "warn intents: ")
    assert line(run, f"({sound.id})").endswith("all it needs in 2 channels; 2 channels closed to it on purpose")
    assert line(run, f"warn server Lacking ({lacking.id})").endswith(
        "lacks permissions in #general (Send Messages), #looks (Embed Links, Read Message History), #hidden (View "
        "Channel), #forum (Send Messages in Threads); give them to its role there; all it needs in 1 channel"
    )
    assert "timeout until 20" in line(run, f"warn server Quiet ({quiet.id})")
    assert not any("Elsewhere" in one for one in run.out)


@pytest.mark.usefixtures("programs")
def test_beside_a_running_bot_all_is_well_and_a_file_says_that_it_is_online(tmp_path: Path) -> None:
    with FakeDiscord() as discord, start(discord, tmp_path) as bot:
        bot.wait_for_line(READY)
        file = tmp_path / "home" / "discord" / f"{discord.bot_id}.online"
        discord.wait_until(lambda: file.exists() or None)
        assert file.stat().st_mode & 0o777 == 0o600
        file.unlink()
        discord.gateway.drop()
        discord.wait_until(lambda: file.exists() or None, what="the file after the session was resumed")
        with FakeDiscord() as other:
            run = check(other, tmp_path, home=tmp_path / "another")
            assert run.code == 0, run
            assert run.err == []
            assert "scope=bot" in line(run, "ok   servers: none yet")
        assert bot.code is None
        assert bot.terminate()[0] == 0
        assert not file.exists()


def refused(**options: Any) -> Callable[[Path], Run]:
    """Play: a check that ends by itself."""

    def play(folder: Path) -> Run:
        with FakeDiscord() as discord:
            return check(discord, folder, **options)

    return play


def with_silence(folder: Path) -> Run:
    """Play: Discord takes the request and says nothing."""
    with FakeDiscord() as discord:
        discord.faults.slow("GET", "/users/@me", seconds=60)
        return check(discord, folder, impatient=True, timeout=IN_TIME)


def with_slow_servers(folder: Path) -> Run:
    """Play: Discord answers about itself, and not about the servers."""
    with FakeDiscord() as discord:
        discord.add_guild()
        discord.faults.slow("GET", "/guilds/", seconds=60)
        return check(discord, folder, impatient=True, timeout=IN_TIME)


UNREACHED = "FAIL Discord: Discord cannot be reached; check the network"
# What happens, with the line that tells it.
REFUSALS: dict[str, tuple[Callable[[Path], Run], str]] = {
    "no token": (refused(token=None), "FAIL token: There is no Discord token"),
    "a wrong token": (refused(token="wrong"), "FAIL token: Discord does not accept the token"),
    "no network": (refused(env={"FAKE_DISCORD_URL": f"http://{nowhere()}/api/v10"}), UNREACHED),
    "silence": (with_silence, UNREACHED),
    "slow servers": (with_slow_servers, "warn servers: 1 of 1 were not checked within 1 seconds"),
}


@pytest.fixture(scope="module")
def refusals(programs: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Run]]:
    return at_once({name: play for name, (play, _) in REFUSALS.items()}, tmp_path_factory.mktemp("refusals"))


@pytest.mark.parametrize("name", REFUSALS)
def test_what_keeps_the_bot_offline_fails_the_check(refusals: dict[str, Future[Run]], name: str) -> None:
    run = refusals[name].result(120)
    words = REFUSALS[name][1]
    assert line(run, words[:5]).startswith(words)
    assert run.code == (PROBLEM if words.startswith("FAIL") else NOT_EVERYWHERE)
    assert len(run.err) == 1
