"""Draws docs/web-page.png: one real answer about the article that ships, in a page that is served.

Run it with ``make pictures``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from docs.picture import ANSWERS, QUESTION
from tests.bot.http_server.program import serving
from tests.bot.web_page.chromium import find_browser, open_browser

PICTURE = Path(__file__).parents[3] / "docs" / "web-page.png"
NEEDED = "The picture needs Chromium and fonts: apt-get install chromium fonts-inter fonts-noto-core"
COLOURS = 128


def main() -> None:
    """Serve, let a browser ask, and save what it shows."""
    if find_browser() is None:
        raise SystemExit(NEEDED)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "home") as (_, client):
        for _ in range(ANSWERS - 1):
            client.post("/ask", json={"question": QUESTION})
        with open_browser(Path(folder)) as browser:
            browser.look(width=1120, height=580, scale=2)
            browser.open(str(client.base_url))
            browser.run("at('words').focus()")
            browser.type(QUESTION)
            browser.press("Enter")
            browser.wait_for("!request && document.querySelector('mark[aria-current]')")
            shot = Path(folder) / "shot.png"
            browser.save_picture(shot)
        Image.open(shot).convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)
    sys.stdout.write(f"{PICTURE}\n")


if __name__ == "__main__":
    main()
