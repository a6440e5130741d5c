"""One evaluation of the tests' own documents with the real model, for all tests that look at what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Settings
from bot.evaluation.cases import load_questions
from bot.evaluation.runner import Evaluation, Options, run_evaluation
from retrieval import OnnxEmbeddings
from tests.bot.evaluation.documents import write_json_lines


@pytest.fixture(scope="session")
def evaluation(tmp_path_factory: pytest.TempPathFactory, embeddings: OnnxEmbeddings) -> Evaluation:
    folder = tmp_path_factory.mktemp("evaluation")
    questions = load_questions([write_json_lines(folder)])
    (folder / "other.txt").write_text("Eels swim to the Sargasso Sea.", encoding="utf-8")
    options = Options(library=(folder / "other.txt",), trained_on=("low_street_BAKERY", "Paris"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.library.open_embedder", lambda model: embeddings)
        return run_evaluation(questions, Settings(home=Path("/nowhere")), options)
