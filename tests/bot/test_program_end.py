"""The program ends at once when all is said, and nothing that others do at the end is left out."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from pullquote.__main__ import program

pytestmark = pytest.mark.usefixtures("programs")

CODE = """
import atexit, sys, threading, time
sys.argv = {!r}
from pullquote.__main__ import program
code = program()
atexit.register(lambda: print("closed"))
print("said", end=" ")
threading.Thread(target=lambda: (time.sleep(0.3), print("waited for", end=" "))).start()
sys.exit(code)
"""


@pytest.mark.parametrize(("argv", "code"), [(["pullquote", "--help"], 0), (["pullquote", "nonsense"], 2)])
def test_threads_and_handlers_are_waited_for_and_all_is_written(argv: list[str], code: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CODE.format(argv)], check=False, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == code
    assert ran.stdout.endswith("said waited for closed\n")


def test_modules_are_not_taken_apart() -> None:
    left = CODE.format(["pullquote", "--version"]).replace(
        "code = program()", "class Kept:\n    __del__ = lambda self: print('apart')\nkept = Kept()\ncode = program()"
    )
    ran = subprocess.run([sys.executable, "-c", left], check=True, capture_output=True, text=True, timeout=60)
    assert "closed" in ran.stdout
    assert "apart" not in ran.stdout


def test_the_installed_program_leaves_like_that() -> None:
    [script] = entry_points(group="console_scripts", name="pullquote")
    assert script.load() is program


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_handler_whose_words_cannot_be_written_changes_nothing() -> None:
    late = CODE.format(["pullquote", "nonsense"]).replace(
        'lambda: print("closed")', "lambda: setattr(sys, 'stdout', open('/dev/full', 'w')) or print('lost')"
    )
    late = late.replace('print("said", end=" ")', 'print("said", flush=True)')  # a replaced stream is not
    ran = subprocess.run([sys.executable, "-c", late], check=False, capture_output=True, text=True, timeout=60)
    assert "said" in ran.stdout
    assert "lost" not in ran.stdout
    assert ran.returncode == 2
    assert "Exception ignored" not in ran.stderr


def test_another_program_that_runs_this_one_ends_as_it_likes() -> None:
    code = "import sys; sys.argv = ['pullquote', '--version']; from bot.__main__ import main; main(); sys.exit(7)"
    ran = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert ran.stdout.startswith("pullquote ")
    assert ran.returncode == 7


def test_windows_is_told_that_it_is_not_supported() -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('fcntl', 'resource', 'termios', 'pwd', 'grp')));"
        "import bot.__main__; sys.platform = 'win32'; sys.exit(bot.__main__.program())"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "Pullquote runs on Linux and macOS, and not on Windows itself; install it inside WSL.\n"
