from __future__ import annotations

import threading

import pytest
from bm25s import stopwords
from hypothesis import given

from retrieval import extract_terms
from retrieval.text import terms
from tests.retrieval.strategies import PROPERTY, texts


@PROPERTY
@given(texts())
def test_terms_are_never_empty_and_hold_no_white_space(text: str) -> None:
    for term in extract_terms(text):
        assert term
        assert not any(character.isspace() for character in term)


@PROPERTY
@given(texts(10))
def test_terms_do_not_depend_on_the_texts_before_them(text: str) -> None:
    before = extract_terms(text)
    extract_terms("Something else entirely")
    terms._extracted.cache_clear()
    assert extract_terms(text) == before


@PROPERTY
@given(texts(6), texts(6))
def test_the_terms_of_two_lines_are_those_of_each(one: str, two: str) -> None:
    assert extract_terms(f"{one} \n {two}") == extract_terms(one) + extract_terms(two)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("resigned", "resigns"),
        ("The FIRE", "ﬁre"),
        ("Straße", "STRASSE"),
        ("cafe\u0301", "café"),
        ("１２３", "123"),
        ("planes, planes!", "plane plane"),
    ],
)
def test_words_that_people_take_for_the_same_have_the_same_terms(text: str, other: str) -> None:
    assert extract_terms(text) == extract_terms(other) != []


@pytest.mark.parametrize(
    ("language", "name"), [("da", "DANISH"), ("de", "GERMAN"), ("en", "EN_PLUS"), ("it", "ITALIAN"), ("tr", "TURKISH")]
)
def test_the_stop_words_are_those_of_bm25s(language: str, name: str) -> None:
    assert terms.stop_words_of(language) == set(getattr(stopwords, f"STOPWORDS_{name}"))


def test_a_language_without_a_list_has_no_stop_words() -> None:
    assert terms.stop_words_of("eo") == frozenset()


def test_stop_words_have_no_terms() -> None:
    assert extract_terms("and the of a is") == []


@pytest.mark.parametrize("text", ["", " \n", "…?!—", "👍", "___", "\u200d\ufeff"])
def test_text_without_letters_or_digits_has_no_terms(text: str) -> None:
    assert extract_terms(text) == []


def test_scripts_without_spaces_give_a_term_a_character() -> None:
    assert extract_terms("東京タワー2024") == ["東", "京", "タ", "ワ", "ー", "2024"]


def test_many_threads_get_the_terms_that_one_gets() -> None:
    texts_of_threads = [f"Running runners resigned happily in {number} countries" for number in range(8)]
    expected = [extract_terms(text) for text in texts_of_threads]
    found: list[list[list[str]]] = [[] for _ in texts_of_threads]

    def work(number: int) -> None:
        found[number] = [extract_terms(texts_of_threads[number]) for _ in range(200)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[terms] * 200 for terms in expected]


def test_a_text_is_split_once_and_what_a_caller_does_with_its_terms_stays_with_the_caller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    split: list[str] = []
    fold_words = terms.fold_words

    def counted(text: str) -> list[str]:
        split.append(text)
        return fold_words(text)

    monkeypatch.setattr(terms, "fold_words", counted)
    text = "The keeper of this lighthouse is not mentioned anywhere else."
    first = extract_terms(text)
    expected = [*first]
    first.clear()
    assert extract_terms(text) == expected
    assert split == [text]
