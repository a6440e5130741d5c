"""Draws docs/web-page.png: one real answer about the article that ships. Run it with ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from bot import AnswerChain, Settings
from bot.web_page import answer_page, cited_sources
from docs.picture import QUESTION
from retrieval import DEFAULT_COLLECTION
from tests.bot.web_page.chromium import find_browser, open_browser

PICTURE = Path(__file__).parents[3] / "docs" / "web-page.png"
NEEDED = "The picture needs Chromium and fonts: apt-get install chromium fonts-inter fonts-noto-core"
COLOURS = 128


def main() -> None:
    """Ask, let a browser show the answer, and save what it shows."""
    if find_browser() is None:
        raise SystemExit(NEEDED)
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        chain = AnswerChain.from_settings(Settings(home=Path(folder) / "home"))
        chain.invoke(QUESTION)  # the first answer waits for the models; the picture shows a warm one
        answer = chain.invoke(QUESTION)
        page.write_text(answer_page(answer, cited_sources(answer, chain.library, [DEFAULT_COLLECTION])), "utf-8")
        chain.close()
        with open_browser(Path(folder)) as browser:
            browser.look(width=1120, height=580, scale=2)
            browser.open(page.as_uri())
            browser.wait_for("document.querySelector('mark[aria-current]')")
            browser.save_picture(shot)
        Image.open(shot).convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)
    sys.stdout.write(f"{PICTURE}\n")


if __name__ == "__main__":
    main()
