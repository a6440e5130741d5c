from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.extractive.words.letters import letter_runs, rarity


def test_forms_of_one_word_share_runs_where_no_stemmer_knows_the_language() -> None:
    one, other, none = map(letter_runs, ("отримати", "отримання", "будинок"))
    assert {" отр", "отри", "трим", "рима"} <= one & other
    assert not one & none


def test_accents_do_not_part_what_is_one_word() -> None:
    assert letter_runs("Müşteri") == letter_runs("musteri")


def test_scripts_without_spaces_give_pairs() -> None:
    assert letter_runs("機場快線") == {"機場", "場快", "快線"}
    assert letter_runs("中") == {"中"}


def test_a_run_is_rarer_the_fewer_texts_hold_it() -> None:
    texts = [frozenset({"abcd", "bcde"}), frozenset({"abcd"}), frozenset({"abcd"})]
    weights = rarity(frozenset({"abcd", "bcde", "cdef"}), texts)
    assert 0 < weights["abcd"] < weights["bcde"] < weights["cdef"]


@given(st.text(max_size=60))
def test_no_run_is_blank_or_longer_than_four(text: str) -> None:
    assert all(run.strip() and len(run) <= 4 for run in letter_runs(text))
