"""The pictures of the docs: there is a scene for each, and the HTML says what people read in Discord."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord.fake import FakeDiscord
from tests.discord.pictures.discord_html import to_html
from tests.discord.pictures.scenes import SCENES

DOCS = Path(__file__).parents[2] / "docs"


def test_every_picture_has_a_scene() -> None:
    assert {path.stem.removeprefix("discord-") for path in DOCS.glob("discord-*.png")} == set(SCENES)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("a **bold** and *slanted __line__*", "a <b>bold</b> and <i>slanted <u>line</u></i>"),
        ("5 * 3 * 2 is snake_case_name", "5 * 3 * 2 is snake_case_name"),
        (r"\*no\* \<b\> & <b>", "*no* &lt;b&gt; &amp; &lt;b&gt;"),
        ("**unfinished", "**unfinished"),
        ("[mill](<https://a.example/b>) `x*y*`", "<a>mill</a> <code>x*y*</code>"),
        ("<https://a.example/b_c_d>.", "<a>https://a.example/b_c_d</a>."),
    ],
)
def test_marks_are_drawn_as_discord_draws_them(written: str, drawn: str) -> None:
    with FakeDiscord() as discord:
        assert to_html(written, discord.world) == f'<div class="line">{drawn}</div>'


def test_lines_and_mentions_are_drawn_as_discord_draws_them() -> None:
    with FakeDiscord() as discord:
        guild = discord.add_guild()
        channel, role, ada = guild.add_channel("mills"), guild.add_role("Millers"), guild.add_member("Ada")
        text = f"# Head\n-# small {channel.mention}\n> {role.mention}\n```py\na *b*\n```\n{ada.mention} </ask:1>"
        assert to_html(text, discord.world) == (
            '<div class="h1">Head</div><div class="small">small <span class="mention">#mills</span></div>'
            '<div class="quote"><span class="mention">@Millers</span></div><pre>a *b*</pre>'
            '<div class="line"><span class="mention">@Ada</span> <span class="mention">/ask</span></div>'
        )
