"""All questions, asked once for all tests of the quality."""

from __future__ import annotations

import pytest

from retrieval import OnnxEmbeddings
from tests.quality.outcomes import STEP, Outcome, ask_everything


@pytest.fixture(scope="session")
def outcomes(embeddings: OnnxEmbeddings, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return ask_everything(tmp_path_factory.mktemp("quality"), embeddings, STEP)
