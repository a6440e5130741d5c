"""``pullquote`` and ``python -m pullquote`` start here, before anything can stand in for our own packages."""

from __future__ import annotations

import sys

from pullquote import check_doors


def program() -> int:
    """Run the program and return its exit code, or say in one sentence what hides it."""
    try:
        check_doors()
    except ImportError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    from bot.__main__ import program as run

    return run()


if __name__ == "__main__":
    sys.exit(program())
