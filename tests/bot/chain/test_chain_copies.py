"""A chain can be pickled and copied: whoever gets it opens everything anew, and gets the same answers."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import AnswerChain, Settings
from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.language_selector import LanguageSelector
from bot.extractive.reader import open_reader
from retrieval import HybridRetriever, Library, SettingsError
from tests.bot.fakes import HashedWords

QUESTION = "How many planes did the terrorists take?"


def pickled(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


@pytest.mark.parametrize("again", [pickled, copy.copy, copy.deepcopy])
def test_a_chain_of_settings_is_opened_anew_by_them(home: Path, again: Callable[[AnswerChain], AnswerChain]) -> None:
    chain = AnswerChain.from_settings(Settings(home=home))
    expected = chain.invoke(QUESTION)
    other = again(chain)
    chain.close()
    assert other.library is not chain.library
    assert pickled(other.as_text()).invoke(QUESTION) == other.as_text().invoke(QUESTION)
    assert other.invoke(QUESTION) == expected
    other.close()


@pytest.mark.parametrize("again", [pickled, copy.copy, copy.deepcopy])
def test_a_chain_that_was_put_together_by_hand_is_put_together_again(
    fast_library: Library, again: Callable[[AnswerChain], AnswerChain]
) -> None:
    answerer = ExtractiveAnswerer(LanguageSelector(open_reader(), None, fast_library), fast_library.term_weights, 0.0)
    chain = AnswerChain(HybridRetriever(library=fast_library, k=3), answerer)
    other = again(chain)
    assert isinstance(other.library.embeddings, HashedWords)
    assert other.invoke(QUESTION) == chain.invoke(QUESTION)
    chain._executor.shutdown()


@pytest.mark.usefixtures("programs")
def test_another_process_asks_with_what_it_was_sent(home: Path) -> None:
    chain = AnswerChain.from_settings(Settings(home=home))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as others:
        assert others.submit(chain.invoke, QUESTION).result(120) == chain.invoke(QUESTION)
    chain.close()


def test_a_pickle_of_a_chain_holds_no_key(home: Path) -> None:
    settings = Settings(home=home, chat_api_key=SecretStr("open sesame"))
    chain = AnswerChain.from_settings(settings)
    assert b"sesame" not in pickle.dumps(chain)
    chain.close()


def test_settings_that_are_none_are_refused_in_a_sentence() -> None:
    make: Callable[..., AnswerChain] = AnswerChain.from_settings
    with pytest.raises(SettingsError, match=r"of the type dict; give a Settings object, or nothing\.$"):
        make({"home": "."})
    with pytest.raises(TypeError, match="unexpected keyword argument 'kk'"):
        make(kk=2)
