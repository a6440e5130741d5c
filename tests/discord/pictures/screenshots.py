"""HTML to PNG, by a browser without a window."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NEEDED = "The pictures need Chromium and fonts: apt-get install chromium fonts-inter fonts-noto-color-emoji"
STYLE = Path(__file__).with_name("discord.css")
WIDTH, HEIGHT, SCALE = 620, 2400, 1.5
MARGIN, COLOURS = 16, 128


def save_picture(body: str, path: Path) -> None:
    """Draw HTML in Discord's dark theme; the picture ends where there is nothing more.

    Raises:
        SystemExit: If there is no browser.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit(NEEDED)
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        style = STYLE.read_text("utf-8")
        page.write_text(f'<!doctype html><meta charset="utf-8"><style>{style}</style>{body}', encoding="utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={SCALE}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={shot}",
        ]
        subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True, timeout=120)
        picture = Image.open(shot).convert("RGB")
    _cut(picture).quantize(COLOURS).save(path, optimize=True)


def _cut(picture: Image.Image) -> Image.Image:
    """Without the empty rest at the bottom."""
    background = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    box = ImageChops.difference(picture, background).getbbox() or (0, 0, *picture.size)
    return picture.crop((0, 0, picture.width, min(picture.height, round(box[3] + MARGIN * SCALE))))
