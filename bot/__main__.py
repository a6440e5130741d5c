"""The door of the program: ``pullquote`` and ``python -m bot`` both come in here."""

from __future__ import annotations

import _thread
import sys

from bot.cli.exit_codes import INTERRUPTED


def main() -> int:
    """Run the program and return its exit code; Ctrl-C is quiet even while the program is still being loaded."""
    sys.unraisablehook = _interrupt_again
    try:
        from bot.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


def _interrupt_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Python drops a Ctrl-C that falls into one of its own callbacks and prints a traceback; let it fall once more."""
    if unraisable.exc_type is KeyboardInterrupt:
        _thread.interrupt_main()
    else:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    sys.exit(main())
