"""The real model, asked once for each text, so that many libraries can be made in little time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval import Library, LibrarySettings, SentenceTransformerEmbeddings
from tests.retrieval.fakes import RememberingEmbeddings


@pytest.fixture(scope="session")
def remembering(embeddings: SentenceTransformerEmbeddings) -> RememberingEmbeddings:
    return RememberingEmbeddings(embeddings)


@pytest.fixture
def library(settings: LibrarySettings, remembering: RememberingEmbeddings) -> Iterator[Library]:
    """An empty library in the test's own folder."""
    library = Library(settings, remembering)
    yield library
    library.close()
