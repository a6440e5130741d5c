"""Draw the pictures of docs/discord.md: the real bot against an in-memory Discord, seen in a browser.

Needs ``pip install "simcord[preview]~=3.2"`` and Chromium, which the tests do not; run it from the top of the project:
``.venv/bin/python docs/discord_pictures.py``. With ``phone`` behind it, it draws into a folder of its own, as wide as a
phone, to be looked at.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import simcord
from PIL import Image, ImageChops
from simcord.preview import _markdown

from bot import AnswerChain, Settings
from bot.discord.client import PullquoteBot
from bot.discord.formatting.answer_page import ANSWERED, NOT_FOUND, PROBLEM, UNSURE
from bot.discord.records.database import Database
from retrieval import add_article_once

DOCS = Path(__file__).parent
PHONE = "phone" in sys.argv[1:]
WIDTH, HEIGHT = (400, 1700) if PHONE else (1060, 1400)
# Each embed has a stripe in one of these colours; this many pixels before and above it the message begins.
STRIPES = (ANSWERED, UNSURE, NOT_FOUND, PROBLEM)
BEFORE_STRIPE, OVER_STRIPE = 68, 52
# At the bottom of the window stands a field to type in.
COMPOSER = 110
FAINT = 5
MARGIN = 24
DIMMED_BUTTON = 0x43498C

# Discord draws small print (-#) in embeds, the preview only in messages.
_markdown._FIELD_POLICIES["embed_description"]["subtext"] = True


async def main() -> None:
    """Ask, click, and take a picture each time."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["PULLQUOTE_HOME"] = home
        settings = Settings.load()
        chain = AnswerChain.from_settings(settings)
        add_article_once(chain.library)
        chain.library.embeddings.embed_query("")
        bot = PullquoteBot(settings, chain, Database(settings.home), _drop, read_content=False)
        async with simcord.run(bot, settle_timeout=120) as environment:
            environment.backend.bot_user.name = "Pullquote"
            await _draw(environment, settings)
        chain.close()


async def _draw(environment: simcord.Env, settings: Settings) -> None:
    for name in ("answer", "refusal", "passage", "error"):
        guild = environment.create_guild()
        channel = guild.create_text_channel("reading-room")
        ada = guild.add_member(environment.create_user("Ada"))
        question = "What is Tokayev's shoe size?" if name == "refusal" else "Who resigned in 2019?"
        if name == "error":
            for text in (settings.home / "texts").iterdir():
                text.write_text("damaged", encoding="utf-8")
        await ada.slash(channel, "ask", question=question)
        if name == "passage":
            await ada.click(channel.last_message, label="Show passage")
        async with environment.preview(channel, viewers=[ada], layout="channel") as preview:
            await _photograph(preview.url, name)


async def _photograph(url: str, name: str) -> None:
    folder = Path(tempfile.gettempdir()) if PHONE else DOCS
    path = folder / f"discord-{name}.png"
    for milliseconds in range(3000, 9000, 1000):
        process = await asyncio.create_subprocess_exec(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--virtual-time-budget={milliseconds}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={path}",
            url,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await process.wait()
        # While the page is still busy, its buttons are dimmed.
        if _box(Image.open(path).convert("RGB"), DIMMED_BUTTON) is None:
            break
    _cut_out(Image.open(path).convert("RGB")).quantize(64).save(path, optimize=True)


def _cut_out(picture: Image.Image) -> Image.Image:
    """The messages alone: around them the preview has controls of its own."""
    stripes = [_box(picture, colour) for colour in STRIPES]
    left, top = min(box[:2] for box in stripes if box)
    left, top = max(0, left - BEFORE_STRIPE), top - OVER_STRIPE
    channel = picture.crop((left, top, picture.width, picture.height - COMPOSER))
    background = Image.new("RGB", channel.size, channel.getpixel((1, 1)))
    shown = ImageChops.difference(channel, background).convert("L").point(lambda value: 255 * (value > FAINT))
    _, _, right, bottom = shown.getbbox() or (0, 0, *channel.size)
    return channel.crop((0, 0, min(channel.width, right + MARGIN), min(channel.height, bottom + MARGIN)))


def _box(picture: Image.Image, colour: int) -> tuple[int, int, int, int] | None:
    """Where that colour is."""
    plain = Image.new("RGB", picture.size, f"#{colour:06x}")
    return ImageChops.difference(picture, plain).convert("L").point(lambda value: 255 * (value == 0)).getbbox()


def _drop(line: str) -> None:
    """The lines about the start are not wanted here."""


asyncio.run(main())
