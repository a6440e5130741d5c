"""``python -m pullquote`` is the command ``pullquote``."""

from __future__ import annotations

import sys

try:
    import pullquote  # noqa: F401 (which finds out whether something hides our packages)
    from bot.__main__ import program
except ImportError as error:
    sys.exit(f"{error}")

if __name__ == "__main__":
    sys.exit(program())
