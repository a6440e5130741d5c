"""The reader as it ships: it points to exact places, whatever it is given, and refuses altered weights."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnxruntime import InferenceSession

from bot.errors import ReaderError
from bot.extractive.reader.span_reader import ALONE, SpanReader
from bot.extractive.reader.weights import FOLDER, HASHES, TOKENIZER, WEIGHTS
from retrieval import Span
from retrieval.models.onnx_runtime import open_session

TEXT = "The mill was built in 1843 by the carpenter Ada Thorne. It burned twice."
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class WatchedNetwork:
    """A real network that says when it is run."""

    network: InferenceSession
    say: Callable[[], object]

    def run(self, *given: Any) -> Any:
        self.say()
        return self.network.run(*given)


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    reader = SpanReader()
    reader.read("Who?", ["Nobody."])
    return reader


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "model")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """By how many processors each network that is opened is run, where there are two."""
    opened: list[int] = []

    def opening(weights: Path, threads: int = 1) -> InferenceSession:
        opened.append(threads)
        return open_session(weights, threads)

    monkeypatch.setattr("bot.extractive.reader.span_reader.open_session", opening)
    monkeypatch.setattr("bot.extractive.reader.span_reader.count_processors", lambda: 2)
    return opened


def test_it_points_to_the_words_that_answer(reader: SpanReader) -> None:
    reading, other = reader.read("When was the mill built?", [TEXT, "Sheep graze on the hills above the village."])
    score, place = reading.best(Span(0, len(TEXT)))
    assert place is not None
    assert "1843" in TEXT[place.start : place.end]
    assert score > 0 > other.best(Span(0, 40))[0]


def test_texts_are_read_alike_alone_and_together(reader: SpanReader) -> None:
    texts = [TEXT, "Short.", f"{TEXT} {TEXT}"]
    for text, together in zip(texts, reader.read("Who built the mill?", texts), strict=True):
        (alone,) = reader.read("Who built the mill?", [text])
        assert alone.offsets == together.offsets
        assert np.array_equal(alone.starts, together.starts)
        assert np.array_equal(alone.ends, together.ends)


def test_what_is_read_alone_again_and_again_is_read_by_all_processors_and_scores_the_same(opened: list[int]) -> None:
    reader, texts = SpanReader(), [TEXT, f"{TEXT} {TEXT}", TEXT]
    first = reader.read("Who built the mill?", texts)
    (again,) = reader.read("Who built the mill?", [TEXT])
    assert opened == [1]
    later = reader.read("Who built the mill?", texts)
    assert opened == [1, 2]
    for one, other in zip([*first, again], [*later, later[0]], strict=True):
        assert np.array_equal(one.starts, other.starts)
        assert np.array_equal(one.ends, other.ends)


def test_a_text_is_shared_by_all_processors_only_while_no_other_question_is_read_for(
    opened: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, begun, go_on, held, shared = SpanReader(), Event(), Event(), iter([True]), []
    reader.load_all()
    tokenizer, each = reader._loaded

    def hold_the_first() -> None:
        if next(held, False):
            begun.set()
            assert go_on.wait(20)

    monkeypatch.setattr(reader, "_loaded", (tokenizer, WatchedNetwork(each, hold_the_first)))
    monkeypatch.setattr(reader, "_together", WatchedNetwork(reader._together, lambda: shared.append(True)))
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(reader.read, "Who?", [TEXT, TEXT])
        assert begun.wait(20)
        (beside,) = reader.read("Who built the mill?", [TEXT])
        assert not shared
        go_on.set()
        other.result()
    (alone,) = reader.read("Who built the mill?", [TEXT])
    assert len(shared) == 1
    assert np.array_equal(alone.starts, beside.starts)
    assert np.array_equal(alone.ends, beside.ends)


def test_all_is_loaded_at_once_where_many_questions_come(opened: list[int]) -> None:
    reader = SpanReader()
    reader.load_all()
    assert opened == [1, 2]
    reader.read("Who built the mill?", [TEXT, TEXT, TEXT])
    assert opened == [1, 2]


def test_weights_that_are_altered_while_it_reads_are_refused(copied: Path, opened: list[int]) -> None:
    reader = SpanReader(copied)
    for _ in range(ALONE):
        reader.read("Who?", [TEXT])
    with (copied / WEIGHTS).open("ab") as weights:
        weights.write(b"more")
    with pytest.raises(ReaderError, match="altered"):
        reader.read("Who?", [TEXT])
    assert opened == [1]


def test_many_threads_read_at_once(reader: SpanReader) -> None:
    questions = [f"Who built the mill in {year}?" for year in range(1840, 1856)]
    expected = [reader.read(question, [TEXT])[0].starts.tolist() for question in questions]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: reader.read(question, [TEXT])[0].starts.tolist(), questions))
    assert found == expected


@given(st.text(max_size=80), st.lists(st.text(max_size=120), max_size=3))
def test_every_place_lies_in_the_text(reader: SpanReader, question: str, texts: list[str]) -> None:
    question = question.encode("utf-8", "replace").decode("utf-8")
    texts = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    for text, reading in zip(texts, reader.read(question, texts), strict=True):
        assert len(reading.offsets) == len(reading.starts) == len(reading.ends)
        for start, end in reading.offsets:
            assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize("question", ["why " * 900, "각" * 3_000, "😀" * 4_000])
def test_a_long_question_leaves_room_for_the_text(reader: SpanReader, question: str) -> None:
    (reading,) = reader.read(question, [TEXT])
    assert reading.offsets[-1][1] == len(TEXT)


def test_a_text_beyond_its_reach_is_read_as_far_as_that_goes(reader: SpanReader) -> None:
    (reading,) = reader.read("Who built the mill?", [TEXT + " Sheep graze." * 400])
    assert len(TEXT) < reading.offsets[-1][1] < 3_000


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_an_altered_file_is_refused_by_name(copied: Path, name: str) -> None:
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)
    with pytest.raises(ReaderError, match=f"{name} was altered .* run `pip install"):
        SpanReader(copied).read("Who?", [TEXT])


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, HASHES])
def test_a_missing_file_is_one_sentence(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ReaderError, match="are missing or unreadable; run `pip install"):
        SpanReader(copied).read("Who?", [TEXT])


def test_the_package_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 25 * MEGABYTE
