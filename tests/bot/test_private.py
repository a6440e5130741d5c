"""Who may look: what is made is its owner's alone, what an owner has opened stays open, and ``doctor`` names it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat.token_budget import TokenBudget
from bot.cli.chat import HISTORY_FILE, typed_lines
from bot.discord.records.database import Database
from bot.discord.redacted_log import redacted_log
from bot.logs import FILE, FOLDER
from bot.types import Usage
from retrieval import Indexer, Library, LibrarySettings, diagnose, export_library
from retrieval.files import LOCK, make_folder
from tests.conftest import Run
from tests.retrieval.strategies import make_source

POOL = make_source("The pool opens at nine.", uri="test:pool")
BEES = make_source("Bees dance.", uri="test:bees")


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """What others have a right to in ``folder``, itself included."""
    modes = {path: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}
    return {str(path.relative_to(folder)): oct(mode) for path, mode in modes.items() if mode & 0o077}


def line(settings: LibrarySettings, name: str) -> str:
    """What ``doctor`` says, all being well."""
    (finding,) = [finding for finding in diagnose(settings) if finding.name == name]
    assert finding.ok
    return finding.text


def write_everything(library: Library) -> None:
    """A folder with all that the program ever writes into it, its parents not made yet."""
    home = library.settings.home
    with redacted_log(home, []):
        logging.getLogger("test").error("something")
    Database(home).close()
    TokenBudget(home, 1).spend(Usage(1, 1, 1))
    Indexer(library).add([POOL], "rules")
    Indexer(library).add([BEES], "rules")
    export_library(library, home / "exported")
    next(typed_lines(home))


@pytest.fixture(autouse=True)
def _typing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody types one line, as prompt_toolkit tells it to the history."""

    class Session:
        def __init__(self, history: object) -> None:
            self.history = history

        def prompt(self, _: str) -> str:
            self.history.store_string("Who?")  # type: ignore[attr-defined]
            return "Who?"

    monkeypatch.setattr("prompt_toolkit.PromptSession", Session)


def test_everything_in_a_new_home_is_private(library: Library) -> None:
    write_everything(library)
    home = library.settings.home
    assert {path.name for path in home.iterdir()} >= {
        "texts",
        "index",
        FOLDER,
        "discord",
        HISTORY_FILE,
        LOCK,
        "chat-tokens.json",
    }
    assert (home / FOLDER / FILE).read_text()
    assert "Who?" in (home / HISTORY_FILE).read_text()
    assert open_to_others(home) == {}
    assert line(library.settings, "data folder") == str(home)


def test_what_is_made_in_a_folder_that_was_there_is_private_all_the_same_and_the_folder_is_named(
    library: Library,
) -> None:
    home = library.settings.home
    home.mkdir()
    home.chmod(0o755)
    write_everything(library)
    assert open_to_others(home) == {".": "0o755"}
    assert (
        line(library.settings, "data folder") == f"{home}, open to others (mode 755); `chmod -R go= {home}` closes it"
    )


def test_a_library_that_its_owner_has_opened_stays_open_but_for_what_was_typed(library: Library) -> None:
    home = library.settings.home
    Indexer(library).add([POOL], "rules")
    (home / HISTORY_FILE).write_text("")
    with redacted_log(home, []):
        logging.getLogger("test").error("something")
    for path in (home, *home.rglob("*")):
        path.chmod(0o2750 if path.is_dir() else 0o640)
    Indexer(library).add([BEES], "rules")
    with redacted_log(home, []):
        logging.getLogger("test").error("something else")
    assert next(typed_lines(home)) == "Who?"
    modes = {path: path.stat().st_mode & 0o777 for path in home.rglob("*")}
    private = {home / HISTORY_FILE}
    assert {path for path, mode in modes.items() if mode != (0o750 if path.is_dir() else 0o640)} == private
    assert modes[home / HISTORY_FILE] == 0o600


def test_folders_above_that_are_missing_are_private_too(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert open_to_others(tmp_path / "a") == {}


def test_doctor_remarks_on_secrets_that_others_can_read(run: Run, settings: LibrarySettings) -> None:
    env = Path(".env")
    env.write_text("DISCORD_TOKEN=\nPULLQUOTE_PASSAGES=4\n")
    env.chmod(0o644)
    assert line(settings, "settings") == "all names and values fit"
    env.write_text("DISCORD_TOKEN=secret\n")
    told = run("doctor")
    assert "ok   settings: all names and values fit; others can read the secrets in .env, until `chmod go= .env`" in (
        told.out
    )
    assert (told.code, told.err) == (0, "")
    assert "secret\n" not in told.out
    env.chmod(0o600)
    assert line(settings, "settings") == "all names and values fit"
