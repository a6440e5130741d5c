"""Homes and settings that do not fit: one sentence that names the setting; odd but legal homes simply work."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.faults.client import Client
from tests.faults.conftest import OFFICERS, OFFICERS_ANSWER, answers, assert_one_sentence
from tests.faults.homes import snapshot

NOT_A_FOLDER = ("The data folder", "or set PULLQUOTE_HOME to another folder.")


@pytest.mark.parametrize("below", ["", "home", "home/deeper"])
def test_home_that_is_or_lies_below_a_file_is_told_and_the_file_stays(
    client: Client, tmp_path: Path, papers: Path, below: str
) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    home = file / below
    for argv in (("ask", OFFICERS), ("index", str(papers / "mill.md")), ("search", OFFICERS)):
        assert_one_sentence(client.run(*argv, home=home), *NOT_A_FOLDER, str(home))
    assert file.read_text() == "precious"


@pytest.mark.parametrize(
    "name", ["with space", "Bücherei – 図書館 📚", "'quoted\" & $HOME;", "percent%20sign#?x", "[b]*"]
)
def test_home_of_any_name_answers(client: Client, tmp_path: Path, name: str) -> None:
    home = tmp_path / name / "home"
    asked = client.run("ask", "--json", OFFICERS, home=home)
    assert OFFICERS_ANSWER in answers(asked)[OFFICERS]
    again = client.run("ask", "--json", OFFICERS, home=home)
    assert answers(again) == answers(asked)
    assert client.run("sources", "verify", home=home).code == 0


def test_dotenv_that_is_not_utf8_is_told(client: Client, home: Path, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PULLQUOTE_PASSAGES=\xff\xfe\n")
    told = client.run("ask", OFFICERS, home=home, cwd=tmp_path)
    assert_one_sentence(told, ".env cannot be read as UTF-8 text; correct it or move it away.")
    assert not home.exists()


def test_dotenv_that_is_a_folder_is_told_or_ignored(client: Client, home: Path, tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    asked = client.run("ask", "--json", OFFICERS, home=home, cwd=tmp_path)
    if asked.code == 2:
        assert_one_sentence(asked, ".env")
    else:
        assert OFFICERS_ANSWER in answers(asked)[OFFICERS]


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("closed", [".env", "secrets/DISCORD_TOKEN", "secrets"])
def test_a_file_of_settings_that_another_user_keeps_is_told_with_who_may_not_read_it(
    tmp_path: Path, as_nobody: list[str], closed: str
) -> None:
    (tmp_path / "secrets").mkdir()
    for name in (".env", "secrets/DISCORD_TOKEN"):
        (tmp_path / name).touch()
    (tmp_path / closed).chmod(0)
    done = subprocess.run(
        [*as_nobody, str(PROGRAM), "search", OFFICERS],
        cwd=tmp_path,
        env={
            **os.environ,
            "CREDENTIALS_DIRECTORY": str(tmp_path / "secrets"),
            "PULLQUOTE_HOME": str(tmp_path / "home"),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (tmp_path / closed).chmod(0o700)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    named = closed if closed == ".env" else str(tmp_path / closed)
    assert done.stderr.startswith(f"The user 12345, who runs this, may not read {named}; give ")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PULLQUOTE_PASSAGES", "many"),
        ("PULLQUOTE_PASSAGES", "0"),
        ("PULLQUOTE_PASSAGES", "51"),
        ("PULLQUOTE_ANSWER_THRESHOLD", "nan"),
        ("PULLQUOTE_ANSWER_THRESHOLD", "1.5"),
        ("PULLQUOTE_ANSWER_THRESHOLD", "secret-value"),
    ],
)
def test_setting_that_does_not_fit_is_named_without_its_value(
    client: Client, home: Path, variable: str, value: str
) -> None:
    told = client.run("ask", OFFICERS, home=home, env={variable: value})
    assert_one_sentence(told, variable, "correct it in the environment or .env")
    assert "secret-value" not in told.err
    assert not home.exists()


def test_the_library_of_another_model_is_told_and_stays(client: Client, tmp_path: Path, indexed: Path) -> None:
    nowhere = {"PULLQUOTE_EMBEDDING_MODEL": str(tmp_path)}
    before = snapshot(indexed)
    assert_one_sentence(client.run("ask", OFFICERS, home=indexed, env=nowhere, stand_in=False), "`pullquote reindex`")
    assert snapshot(indexed) == before
