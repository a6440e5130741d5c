"""Draw the pictures in docs/: ``make pictures``, or ``python -m tests.discord.pictures answer refusal`` for some."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.discord.pictures.community import community
from tests.discord.pictures.scenes import READING, SCENES
from tests.discord.pictures.screenshots import save_picture

DOCS = Path(__file__).parents[3] / "docs"


def main() -> None:
    """Let people do what each picture shows, each in a program and a server of its own, and draw what they see."""
    parser = argparse.ArgumentParser(description="Draw the pictures in docs/.")
    parser.add_argument("names", nargs="*", default=list(SCENES), help=f"which of {', '.join(SCENES)}; all, if none")
    parser.add_argument("--out", type=Path, default=DOCS, help="the folder to draw into")
    chosen = parser.parse_args()
    for name in chosen.names:
        with tempfile.TemporaryDirectory() as folder, community(Path(folder), reads_content=name in READING) as club:
            body = SCENES[name](club)
        path = chosen.out / f"discord-{name}.png"
        save_picture(body, path)
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
