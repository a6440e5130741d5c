"""What the tests of the records share: the folder of a test, and records in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.discord.records.database import FILE, Database, private_folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def path(home: Path) -> Path:
    """Where the file will lie."""
    return private_folder(home) / FILE


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    database = Database(home)
    yield database
    database.close()
