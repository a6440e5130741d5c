"""The bundled model without PyTorch: near to the published one, the same in any company, and proven before it runs."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from onnxruntime import InferenceSession

from retrieval import OnnxEmbeddings, SentenceTransformerEmbeddings, open_embedder
from retrieval.errors import IndexMismatchError, ModelError
from retrieval.ingest.indexer import Indexer
from retrieval.library import Library
from retrieval.loaders.article import load_article
from retrieval.models.embedder import runtime_of
from retrieval.models.onnx_embedder import FOLDER, HASHES, RUNTIME, TOKENIZER, WEIGHTS, OnnxEmbedder, check_onnx_files
from retrieval.models.onnx_runtime import load_meanwhile, open_session
from retrieval.models.published_weights import BUNDLED_MODEL, published_model_folder
from retrieval.settings import LibrarySettings
from tests.retrieval.strategies import FAMILY, make_source

TEXTS = ["", " ", "One.", "\x00\x07", FAMILY * 50, "漢字" * 500, "word " * 3_000, "x" * 5_000, "e\u0301\u200d\u00a0"]
ODD = ["Ends with half a pair \ud800.", "\udfff", "a\ud83d\udc68b"]


class TestLangChainConformance(EmbeddingsIntegrationTests):
    @pytest.fixture
    def model(self, embeddings: OnnxEmbeddings) -> Embeddings:
        return embeddings

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return OnnxEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}


@pytest.fixture(scope="module")
def published() -> SentenceTransformerEmbeddings:
    return SentenceTransformerEmbeddings()


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    copy = tmp_path / "model"
    shutil.copytree(FOLDER, copy)
    return copy


def test_every_vector_has_unit_length_and_the_model_s_dimension(embeddings: OnnxEmbeddings) -> None:
    vectors = embeddings.embed_documents([*TEXTS, *ODD])
    assert len(vectors) == len(TEXTS) + len(ODD)
    for vector in vectors:
        assert len(vector) == embeddings.dimension == 384
        assert math.sqrt(sum(number * number for number in vector)) == pytest.approx(1, abs=1e-5)
        assert all(type(number) is float for number in vector)
    assert embeddings.embed_documents([]) == []


def test_vectors_are_near_those_of_the_published_weights(
    embeddings: OnnxEmbeddings, published: SentenceTransformerEmbeddings
) -> None:
    paragraphs = [text for text in load_article().text.split("\n\n") if len(text) > 40]
    questions = ["What triggered the protests?", "Who resigned?", "How many planes?"]
    for texts, least in ((paragraphs, 0.99), (questions, 0.98), (TEXTS, 0.95)):
        ours, theirs = (np.asarray(model.embed_documents(texts)) for model in (embeddings, published))
        assert (ours * theirs).sum(axis=1).mean() > least


def test_a_text_has_one_vector_whatever_stands_beside_it(embeddings: OnnxEmbeddings) -> None:
    together = embeddings.embed_documents(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert embeddings.embed_query(text) == vector


@given(st.text(max_size=400))
def test_any_text_has_a_vector_and_always_the_same(embeddings: OnnxEmbeddings, text: str) -> None:
    vector = embeddings.embed_query(text)
    assert vector == embeddings.embed_query(text)
    assert np.isfinite(vector).all()


def test_what_lies_beyond_the_models_reach_changes_nothing(embeddings: OnnxEmbeddings) -> None:
    assert embeddings.embed_query("word " * 300) == embeddings.embed_query("word " * 3_000)
    assert embeddings.embed_query("word " * 200) != embeddings.embed_query("word " * 300)


def test_a_question_gets_the_vector_that_a_document_with_its_words_gets(embeddings: OnnxEmbeddings) -> None:
    texts = ["Why?", "When does the market open?", "word " * 300]
    assert embeddings.embed_documents(texts) == [embeddings.embed_query(text) for text in texts]


def test_many_threads_at_once_get_what_one_gets() -> None:
    embeddings = OnnxEmbeddings()  # loaded by whichever thread is first
    questions = [f"Question number {number} about {'many ' * number} things" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embeddings.embed_query, questions))
    assert together == [embeddings.embed_query(question) for question in questions]


@pytest.mark.usefixtures("programs")
def test_the_default_model_is_run_without_pytorch_and_any_other_with_it() -> None:
    assert isinstance(open_embedder(BUNDLED_MODEL), OnnxEmbedder)
    assert isinstance(open_embedder("some/other"), SentenceTransformerEmbeddings)
    script = (
        "import sys; from retrieval import OnnxEmbeddings; OnnxEmbeddings().embed_query('x');"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_shipped_files_are_those_that_were_recorded_and_the_tokenizer_is_the_published_one() -> None:
    check_onnx_files()
    assert (FOLDER / TOKENIZER).read_bytes() == (published_model_folder() / TOKENIZER).read_bytes()


def test_what_is_loaded_meanwhile_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def counting(weights: Path, threads: int = 1) -> InferenceSession:
        opened.append(weights)
        return open_session(weights, threads)

    monkeypatch.setattr("retrieval.models.onnx_embedder.open_session", counting)
    embedder = OnnxEmbedder()
    load_meanwhile(embedder.load)
    assert embedder.embed_query("How many planes?") == OnnxEmbedder().embed_query("How many planes?")
    assert len(opened) == 2, "one for each of the two"


def test_what_goes_wrong_meanwhile_is_told_to_whoever_needs_it(model_copy: Path) -> None:
    (model_copy / WEIGHTS).write_bytes(b"")
    embedder = OnnxEmbedder(model_copy)
    load_meanwhile(embedder.load)
    with pytest.raises(ModelError, match="was altered"):
        embedder.embed_query("x")


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, HASHES])
@pytest.mark.parametrize("damage", ["gone", "flipped"])
def test_files_that_are_missing_or_altered_are_refused(model_copy: Path, name: str, damage: str) -> None:
    data = bytearray((model_copy / name).read_bytes())
    (model_copy / name).unlink()
    if damage == "flipped":
        data[len(data) // 2] ^= 1
        (model_copy / name).write_bytes(bytes(data))
    with pytest.raises(ModelError, match="run `pip install --force-reinstall --no-deps pullquote`"):
        OnnxEmbeddings(model_copy).embed_query("x")


def test_a_library_of_the_other_runtime_is_told_apart(settings: LibrarySettings, embeddings: OnnxEmbeddings) -> None:
    library = Library(settings, embeddings)
    Indexer(library).add([make_source("The pool opens at nine.", uri="test:pool")], "rules")
    manifest = library.usable_manifest()
    assert manifest is not None
    assert manifest.runtime == runtime_of(BUNDLED_MODEL) != runtime_of("another/model")
    with library.storage.lock():
        library.storage.publish(manifest.model_copy(update={"runtime": ""}))
    with pytest.raises(IndexMismatchError, match="run `pullquote reindex`"):
        library.usable_manifest()
    library.close()


def test_the_record_of_hashes_names_both_files() -> None:
    assert set(json.loads((FOLDER / HASHES).read_bytes())) == {WEIGHTS, TOKENIZER}


def test_other_weights_or_another_tokenizer_need_another_name() -> None:
    """Vectors of two exports differ: raise the number in ``RUNTIME`` with the hashes, or old libraries mix the two."""
    recorded = json.loads((FOLDER / HASHES).read_bytes())
    assert (RUNTIME, recorded[WEIGHTS], recorded[TOKENIZER]) == (
        "onnx-int8-2",
        "7950340e942f4a8fbf960eb795bb641e353111603253c9d3a6b937167095ea1c",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    )
