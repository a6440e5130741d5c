"""The program as a process of its own; ``python -m bot`` starts here, too."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.cli.exit_codes import INTERRUPTED, PROBLEM
from bot.cli.interrupts import came_of_interrupt, interrupt_again
from bot.cli.startup import load_networks


def program() -> int:
    """Run ``main`` as a process of its own, which ends with that exit code whatever else is still there to take apart.

    Whoever runs the program inside another one calls ``main``, and stays the master of the other's end.
    """
    # While all is loaded, half a million objects are made that stay; looking for dead ones among them again and again
    # takes a tenth of a second. Commands that do more than answer one question switch it on again.
    gc.disable()
    # Nothing extends the settings; looking for what might, among all installed packages, takes half as long.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    ended: list[int] = []
    atexit.register(_leave, ended)
    code = main()
    ended.append(code)
    return code


def main() -> int:
    """Run the program and return its exit code; what goes wrong while it is still being loaded is told plainly too."""
    sys.unraisablehook = interrupt_again
    _open_closed_streams()
    if sys.platform == "win32":  # files are locked, and documents are read apart, by means that Windows lacks
        print("Pullquote runs on Linux and macOS, and not on Windows itself; install it inside WSL.", file=sys.stderr)  # noqa: T201
        return PROBLEM
    try:
        load_networks(sys.argv[1:])
        from bot.cli.main import main as run  # while they are loaded

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (no traceback reaches a terminal, and 1 would mean "not found")
        if came_of_interrupt(error):
            return INTERRUPTED
        sentence = (
            f"Pullquote cannot start ({type(error).__name__}); install it again, in a clone with `make clean ask`."
        )
        with suppress(OSError):  # where nothing can be told, the exit code does
            print(sentence, file=sys.stderr)  # noqa: T201
        return PROBLEM


def _leave(ended: Sequence[int]) -> None:
    """End the process at once, where all has come to its end: Python takes modules apart for a tenth of a second.

    What is registered first is called last: by then threads have ended, and whoever had files to close has closed them.

    Args:
        ended: The exit code, if the program came to one.
    """
    if ended:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:  # what handlers at the end could not write changes nothing about what the program did
            os._exit(ended[-1])


def _open_closed_streams() -> None:
    """Give the program all three standard streams, also where its caller has closed one.

    Nobody reads what goes to a closed standard error; to a closed standard output nothing can be written, and that is
    told when it is tried.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            try:
                os.fstat(descriptor)
            except OSError:
                # Takes the lowest free number, which is this one.
                os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_RDWR)
            setattr(sys, name, os.fdopen(descriptor, "w" if descriptor else "r", encoding="utf-8", closefd=False))


if __name__ == "__main__":
    sys.exit(program())
