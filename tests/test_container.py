"""The files that run the bot as a service: their steps work, and what they name is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.exit_codes import NOT_CONFIGURED
from bot.discord.cogs.online_file import SECONDS_BETWEEN
from retrieval.settings import PREFIX, SECRETS_FOLDER
from tests.conftest import Outcome

ROOT = Path(__file__).parents[1]
VOLUME, USER = "/var/lib/pullquote", "10001"
COPIED_FROM_BUILD = "/opt/pullquote"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as instructions with their arguments, from first to last."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(name, rest.strip()) for name, _, rest in (line.strip().partition(" ") for line in lines if line.strip())]


def of_stage(number: int) -> list[tuple[str, str]]:
    """The instructions of a stage, without its FROM."""
    stages: list[list[tuple[str, str]]] = []
    for instruction in instructions():
        if instruction[0] == "FROM":
            stages.append([])
        elif stages:
            stages[-1].append(instruction)
    return stages[number]


def copied() -> list[str]:
    """What the image is made of, by its names in the repository."""
    return [name for kind, rest in of_stage(0) if kind == "COPY" for name in rest.split()[:-1]]


def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def run(command: str, folder: Path, **environment: str) -> Outcome:
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "EXTRAS": "", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_the_image_takes_nothing_with_it_but_what_it_is_made_of() -> None:
    ignored, *let_in = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert ignored == "*"
    assert {line[1:] for line in let_in if line.startswith("!")} == set(copied())
    assert all((ROOT / name).exists() for name in copied())


def test_the_image_runs_as_a_user_who_can_write_the_volume_alone() -> None:
    last = dict(of_stage(1))
    assert last["USER"] == f"{USER}:{USER}"
    assert last["VOLUME"] == VOLUME
    assert f"PULLQUOTE_HOME={VOLUME}" in last["ENV"]
    assert last["COPY"] == f"--from=build {COPIED_FROM_BUILD} {COPIED_FROM_BUILD}"
    assert (last["ENTRYPOINT"], last["CMD"]) == ('["pullquote"]', '["discord"]')
    assert not re.search(r"torch|PULLQUOTE_\w*TOKEN|DISCORD_TOKEN", (ROOT / "Dockerfile").read_text())


@pytest.mark.usefixtures("programs")
def test_the_health_check_asks_whether_the_bot_was_online_a_moment_ago(tmp_path: Path) -> None:
    (found,) = [rest for name, rest in of_stage(1) if name == "HEALTHCHECK"]
    command = found.partition(" CMD ")[2].replace(VOLUME, str(tmp_path))
    assert run(command, tmp_path).code == 1  # before the first start
    file = tmp_path / "discord" / "1.online"
    file.parent.mkdir()
    file.touch()
    assert run(command, tmp_path).code == 0
    now = file.stat().st_mtime
    for age, code in ((2 * SECONDS_BETWEEN, 0), (200, 1)):
        os.utime(file, (now - age, now - age))
        assert run(command, tmp_path).code == code


@pytest.mark.usefixtures("programs")
def test_the_steps_of_the_image_make_a_program_that_answers_from_a_folder_of_its_own(tmp_path: Path) -> None:
    """The dependencies are those of this environment: that the lock has all of them is held by ``test_locks.py``."""
    source, target = tmp_path / "source", tmp_path / "opt"
    source.mkdir()
    for name in copied():
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, source / name)
    create, install_lock, install, compile_all = [rest for kind, rest in of_stage(0) if kind == "RUN"]
    assert "--requirement requirements.lock" in install_lock
    assert run(in_folder(create, target), source).code == 0
    (packages,) = target.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    for step in (install, compile_all):
        ran = run(in_folder(step, target), source)
        assert ran.code == 0, ran.err
    assert list((packages / "retrieval" / "__pycache__").glob("library.*.pyc"))
    home = tmp_path / "home"
    answered = run(
        f"{target}/bin/pullquote ask --json -- 'What triggered the protests?'", tmp_path, PULLQUOTE_HOME=str(home)
    )
    assert (answered.code, answered.err) == (0, "")
    where = run(f"{target}/bin/python -c 'import bot; print(bot.__file__)'", tmp_path)
    assert Path(where.out.strip()).is_relative_to(target)


def in_folder(step: str, target: Path) -> str:
    """A step of the build, with this Python, in another folder than the image's."""
    own = step.replace(COPIED_FROM_BUILD, shlex.quote(str(target)))
    return re.sub(r"^(python|pip)\b", lambda found: {"python": sys.executable, "pip": PIP}[found[1]], own)


PIP = f"{sys.executable} -m pip --disable-pip-version-check --quiet"


def test_compose_keeps_secrets_in_files_and_chroma_to_itself() -> None:
    made = compose()
    bot, chroma = made["services"]["bot"], made["services"]["chroma"]
    for service in (bot, chroma):
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in service
    assert bot["read_only"] is True
    assert bot["volumes"] == [f"library:{VOLUME}"]
    assert bot["secrets"] == list(made["secrets"]) == ["DISCORD_TOKEN"]
    assert str(SECRETS_FOLDER) == "/run/secrets"  # where Compose puts them
    assert not any("TOKEN" in name or "KEY" in name for name in bot["environment"])
    assert all(name.startswith(PREFIX) for name in bot["environment"])
    assert chroma["networks"] == ["library"]
    assert made["networks"]["library"] == {"internal": True}
    assert "library" in bot["networks"]
    (pinned,) = re.findall(r"^chromadb==(.+)$", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert chroma["image"].endswith(f":{pinned}")


def test_the_unit_of_systemd_holds_together() -> None:
    unit = ROOT / "docs" / "pullquote-discord.service"
    text = unit.read_text(encoding="utf-8")
    parsed = RawConfigParser(strict=False, delimiters="=")
    parsed.optionxform = str  # type: ignore[assignment]
    parsed.read_string(text)
    service = parsed["Service"]
    assert service["StateDirectory"] == Path(VOLUME).name
    assert f"Environment=PULLQUOTE_HOME={VOLUME}\n" in text
    assert service["LoadCredential"].startswith("DISCORD_TOKEN:")
    assert service["ProtectSystem"] == "strict"
    # An outage of Discord, however long, ends no service for good; a wrong token does.
    assert parsed["Unit"]["StartLimitIntervalSec"] == "0"
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("on-failure", str(NOT_CONFIGURED))
    # The process that reads documents filters its own calls.
    assert "SystemCallFilter=seccomp\n" in text


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_the_unit_and_finds_little_exposed(tmp_path: Path) -> None:
    unit = tmp_path / "pullquote-discord.service"
    text = (ROOT / "docs" / unit.name).read_text(encoding="utf-8")
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE), encoding="utf-8")
    verified = run(f"systemd-analyze verify {shlex.quote(str(unit))}", tmp_path)
    assert (verified.code, verified.err) == (0, "")
    told = run(f"systemd-analyze security --offline=true --threshold=20 {shlex.quote(str(unit))}", tmp_path)
    assert told.code == 0, told.out
