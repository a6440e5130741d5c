"""A Ctrl-C that Python or a compiled module would lose still ends the program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.cli.interrupts import came_of_interrupt

pytestmark = pytest.mark.usefixtures("programs")

DROPPED = """
import sys, time
from bot.cli.interrupts import interrupt_again

class Interrupted:
    def __del__(self):
        raise KeyboardInterrupt

sys.unraisablehook = interrupt_again
try:
    Interrupted()
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped")
"""


def raised(error: Exception, first: type[BaseException]) -> Exception:
    try:
        try:
            raise first
        except first as origin:
            try:
                raise ImportError("initialization failed") from origin
            except ImportError:
                raise error  # noqa: B904 (the chain that is looked at may be an implicit one)
    except type(error) as chained:
        return chained


def test_an_error_that_began_as_an_interrupt_is_one() -> None:
    assert came_of_interrupt(raised(ValueError("no session"), KeyboardInterrupt))
    assert not came_of_interrupt(raised(ValueError("no session"), OSError))
    assert came_of_interrupt(KeyboardInterrupt())
    assert not came_of_interrupt(ImportError("no such module"))


def test_an_interrupt_in_a_destructor_falls_once_more_and_nothing_is_printed() -> None:
    ran = subprocess.run([sys.executable, "-c", DROPPED], check=False, capture_output=True, text=True, timeout=30)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "stopped\n", "")
