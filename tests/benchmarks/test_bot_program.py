"""The benchmark starts the real bot, has it asked, and tells its memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.asked import ARTICLE
from tests.benchmarks.bot_program import measure_bot, started
from tests.discord.fake import FakeDiscord
from tests.discord.shared_article import with_shared_article

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_bot_is_started_asked_and_measured(programs: None, tmp_path: Path) -> None:
    first, memory, later = measure_bot(with_shared_article(tmp_path / "home"), ARTICLE, asked=15, runs=1)
    assert 0.3 < first.own.median < 120
    assert 100 < memory.own.median < 1000
    assert later.own.median > 100
    assert later.what == "its memory after 15 questions, MB"


def test_a_bot_that_cannot_start_is_told_of(programs: None, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")
    refused = pytest.raises(RuntimeError, match="before it was ready")
    with FakeDiscord() as discord, refused, started(discord, tmp_path / "home"):
        pass
