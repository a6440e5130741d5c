"""A published model in the reader's place, by one setting: exact places, long texts, and what is wrong with others."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import constants

from bot.errors import ReaderError
from bot.extractive.reader import SpanScores, open_reader
from bot.extractive.reader.published_reader import READER, PublishedReader
from retrieval import Span
from retrieval.models.published_transformer import REASONS, _reason
from tests.bot.extractive.reader.number_model import PLACES, save_number_model
from tests.bot.json_checks import check_sentence
from tests.conftest import Run

TEXT = "The mill was built in 1843 by the carpenter. It burned twice."
QUESTION = "When was the mill built?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_number_model(tmp_path_factory.mktemp("numbers"))


@pytest.fixture(scope="module")
def reader(folder: Path) -> PublishedReader:
    return PublishedReader(str(folder))


def pointed(reading: SpanScores, text: str) -> tuple[float, str]:
    score, place = reading.best(Span(0, len(text)))
    return score, text[place.start : place.end] if place else ""


def test_it_points_to_the_words_that_answer_and_says_that_there_are_none(reader: PublishedReader) -> None:
    other = "Sheep graze on the hills."
    reading, nothing = reader.read(QUESTION, [TEXT, other])
    score, words = pointed(reading, TEXT)
    assert words == "1843"
    assert score > 0 > pointed(nothing, other)[0]


def test_a_model_that_cannot_say_that_there_is_no_answer_has_shares_instead(tmp_path: Path) -> None:
    reader = PublishedReader(str(save_number_model(tmp_path, says_nothing=False)))
    (reading,) = reader.read(QUESTION, [TEXT])
    assert pointed(reading, TEXT)[1] == "1843"
    assert np.exp(reading.starts).sum() == pytest.approx(1, abs=1e-4)
    assert "cannot say that there is no answer" in reader.check()


@pytest.mark.parametrize("blanks", [False, True])
def test_a_text_of_many_windows_is_read_to_its_end_and_every_word_once(tmp_path: Path, blanks: bool) -> None:
    reader = PublishedReader(str(save_number_model(tmp_path, blanks=blanks)))
    words = ["word"] * 5 * PLACES
    for place in range(0, len(words), 7):
        words[place] = str(place)
    text = " ".join(words)
    (reading,) = reader.read(QUESTION, [text])
    assert [text[start:end] for start, end in reading.offsets] == words
    assert len(reading.starts) == len(reading.ends) == len(words)
    for place, word in enumerate(words):
        assert (reading.starts[place] > 0) == word.isdigit(), place


def test_texts_are_read_alike_alone_and_among_others_and_by_many_threads(reader: PublishedReader) -> None:
    texts = [TEXT, "Short.", f"{TEXT} {TEXT}", ""]
    alone = [reader.read(QUESTION, [text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        for together in pool.map(lambda _: reader.read(QUESTION, texts), range(8)):
            for one, other in zip(alone, together, strict=True):
                np.testing.assert_array_equal(one.starts, other.starts)
                assert list(one.offsets) == list(other.offsets)


def test_a_question_longer_than_a_window_leaves_room_for_the_text(reader: PublishedReader) -> None:
    (reading,) = reader.read("long " * 500, [TEXT])
    assert pointed(reading, TEXT)[1] == "1843"


def test_the_hash_is_that_of_the_weights_wherever_they_lie(folder: Path, tmp_path: Path) -> None:
    same = PublishedReader(str(shutil.copytree(folder, tmp_path / "copy")))
    other = PublishedReader(str(save_number_model(tmp_path / "other", says_nothing=False)))
    assert PublishedReader(str(folder)).sha256 == same.sha256 != other.sha256


def test_one_setting_is_enough_for_the_whole_program(cli: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_reader.cache_clear()
    monkeypatch.setenv("PULLQUOTE_READER_MODEL", str(folder))
    monkeypatch.setenv("PULLQUOTE_ANSWER_THRESHOLD", "0")
    answer = json.loads(cli("ask", "--json", "--quotes", "1", "How many protesters were arrested?").out)
    (citation,) = answer["citations"]
    start, end = (place - citation["start"] for place in citation["highlight"])
    assert citation["quote"][start:end].isdigit()
    assert f"reader: “{folder}”, 0 million parameters" in cli("doctor").out


def refusal(model: str) -> str:
    with pytest.raises(ReaderError) as caught:
        PublishedReader(model).load_all()
    check_sentence(str(caught.value))
    return str(caught.value)


def test_what_is_no_reader_is_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    assert "There is no folder" in refusal(str(tmp_path / "missing"))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "PULLQUOTE_READER_MODEL" in refusal(str(empty))
    headless = refusal(str(save_number_model(tmp_path / "headless", answers=False)))
    assert "not trained to answer questions" in headless


def test_without_a_network_a_model_that_was_never_downloaded_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "the hub cannot be reached" in refusal("somebody/squad2")


def test_a_tokenizer_that_does_not_know_where_words_stand_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import PreTrainedTokenizerFast  # late, as it takes seconds

    monkeypatch.setattr(PreTrainedTokenizerFast, "is_fast", False)
    assert "tokenizer.json" in refusal(str(folder))


def test_a_model_without_a_tokenizer_is_refused_and_none_is_made_up(tmp_path: Path) -> None:
    folder = save_number_model(tmp_path)
    for path in folder.glob("tokenizer*"):
        path.unlink()
    assert "tokenizer.json, or run `pip install sentencepiece`" in refusal(str(folder))


def test_what_the_hub_says_is_told_by_what_it_means() -> None:
    for name in REASONS:
        told = OSError("wrapped")
        told.__cause__ = type(name, (OSError,), {})()
        check_sentence(f"The reader “somebody/squad2” {_reason(told, READER)}.")
