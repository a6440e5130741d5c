"""The door of the program: ``pullquote`` and ``python -m bot`` both come in here."""

from __future__ import annotations

import sys

from bot.cli.exit_codes import INTERRUPTED


def main() -> int:
    """Run the program and return its exit code; Ctrl-C is quiet even while the program is still being loaded."""
    try:
        from bot.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
