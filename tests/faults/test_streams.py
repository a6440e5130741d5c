"""A caller that closes a standard stream, or whose disk is full, gets a sentence or silence, and never exit code 1."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.cli.exit_codes import PROBLEM
from tests.conftest import PROGRAM


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("closed", ["<&-", "2>&-"])
def test_a_closed_standard_stream_is_no_failure(closed: str) -> None:
    done = shell(f"'{PROGRAM}' --version {closed}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("arguments", ["ask 'How many planes?'", "ask --json 'How many planes?'", "sources list"])
def test_an_output_that_is_closed_is_told(arguments: str) -> None:
    done = shell(f"'{PROGRAM}' {arguments} >&-")
    assert (done.returncode, done.stderr.count("\n")) == (PROBLEM, 1)
    assert done.stderr.startswith("Standard output is closed, ")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("errors", ["2>/dev/full", "2>&- >&-"])
def test_where_no_sentence_can_be_written_the_exit_code_says_it(errors: str) -> None:
    done = shell(f"'{PROGRAM}' ask '' {errors}")
    assert (done.returncode, done.stdout, done.stderr) == (PROBLEM, "", "")


@pytest.mark.usefixtures("programs")
def test_an_output_without_room_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = shell(f"'{PROGRAM}' --help >/dev/full")
    assert done.returncode == PROBLEM
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


@pytest.mark.usefixtures("programs")
def test_a_program_that_cannot_start_says_so_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise RuntimeError('broken')\n", encoding="ascii")
    done = shell(f"PYTHONPATH='{tmp_path}' '{PROGRAM}' --version")
    assert (done.returncode, done.stdout) == (PROBLEM, "")
    assert done.stderr.count("\n") == 1
    assert "cannot start" in done.stderr
