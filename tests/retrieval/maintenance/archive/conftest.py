"""Libraries that are exported and imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Settings
from retrieval import Indexer, Library, load_path
from tests.retrieval.fakes import CountingEmbeddings, RememberingEmbeddings
from tests.retrieval.library_contents import make_empty_collection
from tests.retrieval.maintenance.archive.archives import BEES


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    path = tmp_path / "handbook.md"
    path.write_text("# Pool\n\nThe pool opens at nine.\n\n## Fees\n\nGuests pay three euros.\n")
    return path


@pytest.fixture
def filled(library: Library, handbook: Path) -> Library:
    Indexer(library).add([load_path(handbook), BEES], "rules")
    Indexer(library).add([BEES], "others")
    make_empty_collection(library, "empty")
    return library


@pytest.fixture
def elsewhere(tmp_path: Path, remembering: RememberingEmbeddings) -> Library:
    """An empty library in another folder, which counts what it embeds."""
    return Library(Settings(home=tmp_path / "elsewhere", chroma_url=None), CountingEmbeddings(remembering))
