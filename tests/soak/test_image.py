"""The image, built and run by a container engine, where one is at hand; BUILD_OPTIONS has more options for a build."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from tests.discord.fake import FakeDiscord

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("programs"), pytest.mark.enable_socket]

ROOT = Path(__file__).parents[2]
MOST_BYTES = 1_000_000_000
# As compose.yaml runs it; podman's own /tmp in a container that cannot be written is made by an option as well.
LOCKED = "--read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp"
# Tells discord.py where the local Discord is, and begins as the command does.
LAUNCH = """
import sys, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = {url!r}, yarl.URL({gateway!r})
sys.argv = ["pullquote", "discord", *{more!r}]
from bot.__main__ import program
sys.exit(program())
"""


@cache
def engine() -> str:
    """The container engine that works here; none of them leaves an empty name."""
    found = (name for name in ("docker", "podman") if shutil.which(name))
    works = (name for name in found if subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0)
    return next(works, "")


def call(arguments: str, *more: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [engine(), *shlex.split(arguments), *more], capture_output=True, text=True, check=False, timeout=1800
    )
    assert not check or done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def image() -> str:
    if not engine():
        pytest.skip("no container engine works here")
    form = "--format docker" if engine() == "podman" else ""  # which has health checks
    call(f"build {form} {os.environ.get('BUILD_OPTIONS', '')} --tag pullquote-test", str(ROOT))
    return "pullquote-test"


@pytest.fixture
def volume() -> Iterator[str]:
    name = f"pullquote-{uuid4().hex[:8]}"
    call(f"volume create {name}")
    yield f"--volume {name}:/var/lib/pullquote"
    call(f"volume rm --force {name}")


def test_the_image_is_small_and_answers_without_a_network_or_a_disk_of_its_own(image: str, volume: str) -> None:
    told = json.loads(call(f"image inspect {image}").stdout)[0]
    assert told["Size"] < MOST_BYTES
    assert told["Config"]["User"] == "10001:10001"
    alone = f"run --rm --network none {LOCKED} {volume}"
    for _ in range(2):  # the second finds the library in the volume
        assert "doubling" in call(f"{alone} {image} ask", "What triggered the protests?").stdout
    assert call(f"{alone} {image} doctor").returncode == 0
    probe = (
        "import os; print(os.getuid(), os.access('/opt/pullquote', os.W_OK), os.access('/var/lib/pullquote', os.W_OK))"
    )
    assert call(f"{alone} --entrypoint python {image} -c", probe).stdout.split() == ["10001", "False", "True"]
    assert call(f"{alone} --entrypoint python {image} -c", "import torch", check=False).returncode == 1


def test_the_bot_takes_its_token_from_a_file_is_healthy_while_it_is_online_and_ends_in_time(
    image: str, volume: str, tmp_path: Path
) -> None:
    with FakeDiscord() as discord:
        secret = tmp_path / "DISCORD_TOKEN"
        secret.write_text(f"{discord.token}\n", encoding="utf-8")
        secret.chmod(0o644)
        options = f"--network host {LOCKED} {volume} --volume {secret}:/run/secrets/DISCORD_TOKEN:ro"

        def launch(*more: str) -> str:
            return LAUNCH.format(url=discord.url, gateway=discord.gateway_url, more=more)

        checked = call(f"run --rm {options} --entrypoint python {image} -c", launch("--check"))
        assert "ok   token: accepted" in checked.stdout
        assert discord.token not in checked.stdout + checked.stderr
        bot = call(f"run --detach --init {options} --entrypoint python {image} -c", launch()).stdout.strip()
        try:
            health = call(f"inspect --format '{{{{json .Config.Healthcheck.Test}}}}' {bot}").stdout
            command = json.loads(health)[-1]
            assert call(f"exec {bot} sh -c", command, check=False).returncode == 1
            discord.gateway.wait_ready(120)
            discord.wait_until(
                lambda: call(f"exec {bot} sh -c", command, check=False).returncode == 0 or None, 30, "a healthy bot"
            )
            begun = time.monotonic()
            call(f"stop --time 15 {bot}")
            assert time.monotonic() - begun < 10
            assert call(f"inspect --format '{{{{.State.ExitCode}}}}' {bot}").stdout.strip() == "0"
            assert discord.token not in (told := call(f"logs {bot}")).stdout + told.stderr
        finally:
            call(f"rm --force {bot}")
