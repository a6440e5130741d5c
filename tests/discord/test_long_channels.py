"""A long channel becomes a document while everybody is answered as always."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.discord.sources.message_documents import MOST_MESSAGES
from bot.discord.texts import LANGUAGES
from bot.discord.views.settings_panel.registry import PanelPage
from tests.discord.fake import FakeDiscord
from tests.discord.faults_fixtures import OBEY, SCRIPTS
from tests.discord.load.loop_samples import LoopSamples
from tests.discord.one_program import QUESTION, ask, listed, new_place, running_program
from tests.discord.scripts.faults import GATES
from tests.discord.settings_panel import choose, open_panel

LARGEST_LAG = 0.1
PATIENCE = 240.0


@pytest.mark.usefixtures("programs")
def test_the_loop_is_never_late_while_a_long_channel_is_read(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    env = {"PULLQUOTE_MESSAGE_CONTENT": "1", GATES: str(tmp_path)}
    with FakeDiscord(grant_message_content=True) as discord:
        place = new_place(discord)
        for number in range(MOST_MESSAGES + 50):
            place.bruno.say(place.channel, f"Mill number {number} at the harbour was raised by hand, and it is old.")
        with running_program(discord, tmp_path, script=f"{OBEY} {SCRIPTS}:sample_loop", env=env) as program:
            began = time.time()
            choose(place.ada, open_panel(place, page=PanelPage.SOURCES), "read_channels", [place.channel])
            other = new_place(discord, "Other")
            assert ask(other.ada, other.channel, QUESTION).at - began < PATIENCE
            note = LANGUAGES["en"].messages_newest.format(count=f"{MOST_MESSAGES:,}")
            discord.wait_until(lambda: note in listed(place).text, PATIENCE, "the document of the channel")
            loop = LoopSamples.since(tmp_path, began)
            record_property("seconds", time.time() - began)
            record_property("event loop", str(loop))
            assert max(loop.worked) < LARGEST_LAG, loop
            assert not program.failures()
