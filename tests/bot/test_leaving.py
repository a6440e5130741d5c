"""The program ends at once when all is said, and nothing that others do at the end is left out."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import atexit, sys, threading, time
sys.argv = {!r}
from bot.__main__ import main
code = main()
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
        "code = main()", "class Kept:\n    __del__ = lambda self: print('apart')\nkept = Kept()\ncode = main()"
    )
    ran = subprocess.run([sys.executable, "-c", left], check=True, capture_output=True, text=True, timeout=60)
    assert "closed" in ran.stdout
    assert "apart" not in ran.stdout
