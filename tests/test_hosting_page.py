"""What docs/discord-hosting.md tells to type fits the unit, the compose file, the image and the program."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.cli.exit_codes import NOT_CONFIGURED
from bot.cli.main import COMMANDS
from tests.test_container import ROOT, USER, VOLUME, compose, of_stage
from tests.test_docs import blocks

PAGE = ROOT / "docs" / "discord-hosting.md"
TEXT = PAGE.read_text(encoding="utf-8")
UNIT = (ROOT / "docs" / "pullquote-discord.service").read_text(encoding="utf-8")
IN_COMPOSE = "docker compose run --rm -T --entrypoint tar bot "


def shell_lines() -> list[str]:
    """Every command of the page, those within its sentences too."""
    whole = [line for block in blocks(PAGE, "sh") for line in block.replace("\\\n", " ").splitlines()]
    prose = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    return [*whole, *(" ".join(inline.split()) for inline in re.findall(r"`([^`]+)`", prose))]


def test_every_command_in_the_container_is_one_of_the_program() -> None:
    services = "|".join(compose()["services"])
    called = [
        found[1]
        for line in shell_lines()
        if "--entrypoint" not in line and (found := re.search(rf"compose run .*?\b(?:{services}) (\w+)", line))
    ]
    assert {"discord", "doctor", "index", "library"} <= set(called) <= set(COMMANDS)


def test_files_and_users_are_those_of_the_unit_and_the_image() -> None:
    typed = "\n".join(shell_lines())
    credential = re.search(r"^LoadCredential=(DISCORD_TOKEN:\S+)$", UNIT, re.MULTILINE)
    assert credential is not None
    assert f"LoadCredential={credential[1]} " in typed
    assert f"/dev/stdin {credential[1].partition(':')[2]} " in typed
    for setting, pattern in (
        ("User", r"-p User=(\S+)"),
        ("Environment", r"-E (\S+)"),
        ("ExecStart", r"(/opt\S+ discord)"),
    ):
        (told,) = set(re.findall(pattern, typed))
        assert f"\n{setting}={told}\n" in UNIT
    (copied,) = re.findall(r"^cp (\S+) ", typed, re.MULTILINE)
    assert (ROOT / copied).is_file()
    assert (ROOT / "requirements.lock").is_file()
    assert f"-o {USER} /dev/stdin {Path(compose()['secrets']['DISCORD_TOKEN']['file'])} " in typed
    assert f"\nRestartPreventExitStatus={NOT_CONFIGURED}\n" in UNIT
    assert f"; {NOT_CONFIGURED} where " in " ".join(TEXT.split())


def test_a_second_secret_is_named_where_compose_looks_for_it() -> None:
    (sample,) = blocks(PAGE, "yaml")
    shown, made = yaml.safe_load(sample), compose()
    assert shown["services"]["bot"]["secrets"] == list(shown["secrets"])
    assert shown["secrets"].items() > made["secrets"].items()


def test_the_extra_of_a_chat_model_is_named_where_compose_builds() -> None:
    (argument,) = compose()["services"]["bot"]["build"]["args"]
    assert f"`{argument}: openai`" in TEXT
    assert any(kind == "ARG" and rest.startswith(f"{argument}=") for kind, rest in of_stage(0))


@pytest.mark.usefixtures("programs")
def test_a_backup_brings_everything_back_with_its_rights(tmp_path: Path) -> None:
    save, restore = [line.removeprefix(IN_COMPOSE) for line in shell_lines() if line.startswith(IN_COMPOSE)]
    before, after = tmp_path / "before", tmp_path / "after"
    (before / "discord").mkdir(parents=True, mode=0o700)
    (before / "discord" / "discord.sqlite3").write_bytes(b"records")
    (before / "discord" / "discord.sqlite3").chmod(0o600)
    (before / ".hidden").touch()
    after.mkdir()
    for command, volume in ((save, before), (restore, after)):
        assert VOLUME in command
        moved = "tar " + command.replace(VOLUME, shlex.quote(str(volume)))
        subprocess.run(["sh", "-c", moved], cwd=tmp_path, check=True, timeout=60)
    assert contents(after) == contents(before)


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }
