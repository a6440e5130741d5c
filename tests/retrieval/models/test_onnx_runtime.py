"""Work for the networks is shared out fairly, fails as a whole, and is done in forked processes too."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from retrieval.models.onnx_runtime import QUEUED, run_each

PROCESSORS = 2
MANY = 100


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with ThreadPoolExecutor(PROCESSORS) as pool:
        monkeypatch.setattr("retrieval.models.onnx_runtime.count_processors", lambda: PROCESSORS)
        monkeypatch.setattr("retrieval.models.onnx_runtime._pool", lambda: pool)
        yield


class Signalling(list[str]):
    """Values that tell when the last of them has been taken and dealt with."""

    def __init__(self, values: list[str]) -> None:
        super().__init__(values)
        self.taken = threading.Event()

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        self.taken.set()


def test_results_keep_their_order() -> None:
    assert run_each(str, range(MANY)) == [str(number) for number in range(MANY)]
    assert run_each(str, range(0)) == []


def test_a_question_comes_between_the_chunks_of_a_document() -> None:
    begun: list[str] = []
    busy, go_on = threading.Event(), threading.Event()

    def read(text: str) -> None:
        begun.append(text)
        busy.set()
        assert go_on.wait(60)

    passages = Signalling(["passage"] * QUEUED)
    with ThreadPoolExecutor(2) as callers:
        indexing = callers.submit(run_each, read, ["chunk"] * MANY)
        assert busy.wait(60)
        asking = callers.submit(run_each, read, passages)
        assert passages.taken.wait(60)
        go_on.set()
        asking.result()
        indexing.result()
    assert len(begun) == MANY + QUEUED
    last = len(begun) - 1 - begun[::-1].index("passage")
    # What had been queued before, and what is queued while the passages are read.
    assert last < 4 * QUEUED * PROCESSORS


def test_a_processor_that_would_wait_does_what_may_be_done_meanwhile() -> None:
    done = threading.Event()

    def read(text: str) -> str:
        assert text == "short" or done.wait(60)
        return text

    assert run_each(read, ["long", "short"], done.set) == ["long", "short"]


@pytest.mark.parametrize("given", [[], ["one"]])
def test_nothing_is_done_meanwhile_where_one_processor_is_at_work(given: list[str]) -> None:
    done: list[str] = []
    assert run_each(str, given, lambda: done.append("meanwhile")) == given
    assert done == []


def test_what_fails_leaves_nothing_in_the_queue() -> None:
    begun: list[int] = []
    failed = threading.Event()

    def fail_first(number: int) -> None:
        begun.append(number)
        if number == 0:
            raise ValueError("the first")
        assert failed.wait(60)

    with pytest.raises(ValueError, match="the first"):
        run_each(fail_first, range(MANY))
    failed.set()
    assert run_each(str, range(MANY)) == [str(number) for number in range(MANY)]
    assert len(begun) <= 1 + PROCESSORS


FORKING = """
import os, signal
from retrieval import OnnxEmbeddings
from retrieval.models import onnx_embedder, onnx_runtime
onnx_embedder.count_processors = onnx_runtime.count_processors = lambda: 2
embeddings = OnnxEmbeddings()
texts = ["One.", "Two.", "Three."]
before = embeddings.embed_documents(texts), embeddings.embed_query("One.")
codes = []
for asks in (True, False):
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        differs = asks and (embeddings.embed_documents(texts), embeddings.embed_query("One.")) != before
        del embeddings
        os._exit(differs)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
assert (embeddings.embed_documents(texts), embeddings.embed_query("One.")) == before
os._exit(codes != [0, 0])
"""


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_forked_process_reads_as_well_and_nothing_warns() -> None:
    # Python 3.12 and later warn of every fork beside threads.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKING]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
