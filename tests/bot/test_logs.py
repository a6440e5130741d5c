"""What compiled code writes to standard error is in the log, whatever becomes of the program, and not on the screen."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import logs
from bot.logs import FILE, FOLDER, LogFile, log_kept
from tests.conftest import Run

# Python 3.12 and later warn of every fork beside threads.
QUIET = (sys.executable, "-W", "ignore::DeprecationWarning")
NATIVE = "thread panicked at index.rs\n"
CRASH = """
import ctypes, os, pathlib, sys
from bot.logs import LogFile, log_kept
home = pathlib.Path(sys.argv[1])
with log_kept(home, [LogFile(home)]):
    print("a sentence", file=sys.stderr)
    if os.fork() == 0:
        os.write(2, b"from a child\\n")
        os._exit(0)
    os.wait()
    os.write(2, b"last words\\n")
    ctypes.string_at(0)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path / "home"


def say(words: str) -> None:
    os.write(2, words.encode())


def log_of(home: Path) -> str:
    return (home / FOLDER / FILE).read_text("utf-8")


def temporary_files() -> list[Path]:
    return list(Path(tempfile.gettempdir()).iterdir())


def test_the_person_reads_sentences_and_the_log_has_the_rest(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def tell() -> None:
        for number in range(100):
            sys.stderr.write(f"sentence {number}\n")

    with log_kept(home, [LogFile(home)]):
        telling = threading.Thread(target=tell)
        telling.start()
        for _ in range(100):
            say(NATIVE)
        logging.getLogger("somewhere").warning("a record")
        telling.join()
    say("afterwards\n")
    told = capfd.readouterr().err.splitlines()
    assert told == [*(f"sentence {number}" for number in range(100)), "afterwards"]
    assert log_of(home).count(NATIVE) == 100
    assert "WARNING somewhere: a record\n" in log_of(home)
    assert ((home / FOLDER).stat().st_mode & 0o777, (home / FOLDER / FILE).stat().st_mode & 0o777) == (0o700, 0o600)
    assert temporary_files() == []


def test_where_nothing_is_said_nothing_is_written(home: Path) -> None:
    with log_kept(home, [LogFile(home)]):
        sys.stderr.write("a sentence\n")
    assert not home.exists()
    assert temporary_files() == []


@pytest.mark.usefixtures("programs")
def test_after_a_crash_the_next_command_logs_the_last_words_and_where_it_was(home: Path) -> None:
    done = subprocess.run([*QUIET, "-c", CRASH, str(home)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGSEGV, "a sentence\n")
    killed = Path(tempfile.gettempdir()) / f"{logs.PREFIX}0123456789abcdef-killed"
    killed.touch()
    with log_kept(home.with_name("another"), []):
        assert len(temporary_files()) == 2, "another library's command took it"
        assert not killed.exists()
    with log_kept(home, [LogFile(home)]), log_kept(home, []):
        assert len(temporary_files()) == 2, "what is in use was taken for a leftover"
    assert "broke down:\nfrom a child\nlast words\nFatal Python error: Segmentation fault\n" in log_of(home)
    assert "string_at" in log_of(home)
    assert temporary_files() == []


def test_it_stays_small_however_much_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 2_000)
    monkeypatch.setattr(logs, "LAST_WORDS_BYTES", 1_000)
    monkeypatch.setattr(logs, "SECONDS_BETWEEN_LOOKS", 0.01)
    logged = threading.Event()
    monkeypatch.setattr(LogFile, "handleError", lambda *_: pytest.fail("it could not be written"))
    emit = LogFile.emit

    def emit_and_tell(log: LogFile, record: logging.LogRecord) -> None:
        emit(log, record)
        logged.set()

    monkeypatch.setattr(LogFile, "emit", emit_and_tell)
    with log_kept(home, [LogFile(home)]):
        for number in range(20):
            logged.clear()
            say(f"{NATIVE * 1_000}{number} still here\n")
            assert logged.wait(60), "nobody looks"
    assert sum(file.stat().st_size for file in (home / FOLDER).iterdir()) <= (1 + logs.FILES_KEPT) * 2_000
    assert "19 still here" in log_of(home)


@pytest.mark.parametrize("missing", ["home", "temporary"])
def test_where_there_can_be_no_log_nothing_reaches_the_person_either(
    home: Path, missing: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "home":
        home.touch()
    with monkeypatch.context() as patched, ExitStack() as stack:
        if missing == "temporary":
            patched.setattr(tempfile, "tempdir", str(home / "nowhere"))
        stack.enter_context(log_kept(home, [LogFile(home)]))
        say(NATIVE)
        logging.getLogger("somewhere").warning("a record")
        sys.stderr.write("a sentence\n")
    assert capfd.readouterr().err == "a sentence\n"


def test_the_traceback_of_what_nobody_foresaw_is_in_the_log(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burn(*_: object, **__: object) -> None:
        say(NATIVE)
        raise KeyError("the mill")

    monkeypatch.setattr("bot.cli.terminal.prepare", burn)
    outcome = run("ask", "Who keeps the mill?")
    assert outcome.code == 2
    assert outcome.err.startswith("Something unexpected went wrong (KeyError)")
    assert NATIVE in log_of(tmp_path / "home")
    assert "KeyError: 'the mill'" in log_of(tmp_path / "home")
    assert "Traceback" not in outcome.err + outcome.out
