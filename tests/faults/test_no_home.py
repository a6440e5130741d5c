"""A user without a home folder, as containers have: no HOME, and no line in ``/etc/passwd``."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

import pytest

from bot import Settings
from retrieval import LibrarySettings, SettingsError
from tests.conftest import PROGRAM, Run

NO_HOME = "There is no home folder to keep the library in; set PULLQUOTE_HOME to a folder."


@pytest.fixture
def _no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME", "PULLQUOTE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_no_home")
def test_without_a_folder_for_the_library_one_is_asked_for(run: Run) -> None:
    for load in (LibrarySettings.load, Settings.load, Settings):
        with pytest.raises(SettingsError) as told:
            load()
        assert str(told.value) == NO_HOME
    asked = run("ask", "How many planes?")
    assert (asked.code, asked.out, asked.err) == (2, "", f"{NO_HOME}\n")
    assert f"FAIL settings: {NO_HOME}\n" in run("doctor").out


@pytest.mark.usefixtures("_no_home")
def test_a_folder_below_a_home_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("PULLQUOTE_HOME", "~/library")
    told = run("ask", "How many planes?").err
    assert "PULLQUOTE_HOME does not fit (there is no such home folder); correct it" in told


@pytest.mark.usefixtures("programs")
def test_with_a_folder_for_the_library_the_first_question_is_answered(tmp_path: Path, as_nobody: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "HOME"}
    done = subprocess.run(
        [*as_nobody, str(PROGRAM), "ask", "How many planes?"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**environment, "PULLQUOTE_HOME": str(tmp_path / "library")},
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "five planes" in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.name != "work"] == ["library"], "no folder called ~"
