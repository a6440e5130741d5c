from __future__ import annotations

import shutil
import tracemalloc
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Span, extract_terms
from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.index.bm25 import K1, PAIR_WEIGHT, B, KeywordIndex
from retrieval.types import Chunk, text_sha256
from tests.retrieval.strategies import SLOW_PROPERTY, texts

WORDS = st.lists(st.sampled_from(["fire", "pool", "Tuesday", "resigned", "the", "漢", "…", "x1"]), max_size=8)
DOCUMENTS = st.lists(st.one_of(WORDS.map(" ".join), texts(3)), min_size=1, max_size=12)
LARGE = 50_000_000
SENTENCES = ["The pool burned down.", "… —", "Nobody resigned; nobody saw the fire.", "Fire fire fire pool."]


def build(documents: list[str]) -> KeywordIndex:
    chunks = [
        Chunk("a" * 12, "b" * 64, Span(number, number + len(document)), text_sha256(document)[:32])
        for number, document in enumerate(documents)
    ]
    return KeywordIndex.build(chunks, documents)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "keyword" / "one"
    build(SENTENCES).save(folder)
    return folder


@SLOW_PROPERTY
@given(DOCUMENTS, st.one_of(WORDS.map(" ".join), texts(2)))
def test_a_chunk_scores_above_0_exactly_when_it_holds_a_term(documents: list[str], question: str) -> None:
    index = build(documents)
    terms = extract_terms(question)
    expected = [bool(set(terms) & set(extract_terms(document))) for document in documents]
    scores = index.scores(terms).tolist()
    assert [score > 0 for score in scores] == expected
    assert min(scores) >= 0


@SLOW_PROPERTY
@given(DOCUMENTS)
def test_document_frequency_is_the_number_of_chunks_that_hold_the_term(documents: list[str]) -> None:
    index = build(documents)
    held = [set(extract_terms(document)) for document in documents]
    for term in set().union(*held, {"unheard"}):
        assert index.document_frequency(term) == sum(term in terms for terms in held)


def test_a_rarer_term_and_a_second_occurrence_score_more() -> None:
    index = build(["fire pool pool pool", "pool fire rare pool", "fire fire pool pool", "pool pool pool pool"])
    rare, fire = index.scores(extract_terms("rare")).tolist(), index.scores(extract_terms("fire")).tolist()
    assert max(rare) == rare[1] > fire[1]
    assert fire[2] > fire[0] == fire[1] > fire[3] == 0


def test_chunks_without_any_term_are_held_and_never_match() -> None:
    index = build(["…", "—"])
    assert index.scores(extract_terms("fire")).tolist() == [0.0, 0.0]
    assert index.scores([]).tolist() == [0.0, 0.0]
    assert len(index.chunks) == 2


def test_the_first_of_the_chunks_with_the_same_words_stands_for_all_of_them() -> None:
    index = build(["pool", "fire", "pool", "books", "fire"])
    assert sorted(index.rows.values()) == [0, 1, 3]
    assert all(index.chunks[row].vector_id == vector_id for vector_id, row in index.rows.items())
    scores = index.scores(extract_terms("pool")).tolist()
    assert scores[0] == scores[2] > 0


@given(st.lists(st.sampled_from(["pool", "fire", "books", "gate"]), min_size=1, max_size=30), st.data())
def test_the_best_rows_are_those_that_sorting_all_would_give(texts: list[str], data: st.DataObject) -> None:
    index, k = build(texts), data.draw(st.integers(1, 40))
    scores = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=len(texts), max_size=len(texts)))
    expected = sorted((-scores[row], row) for row in index.rows.values() if scores[row] > 0)[:k]
    assert index.best(np.asarray(scores, dtype=np.float32), k) == [row for _, row in expected]


def test_an_index_read_back_scores_as_before(saved: Path) -> None:
    before, after = build(SENTENCES), KeywordIndex.load(saved)
    assert after.chunks == before.chunks
    for question in ("fire", "pool fire", "nobody", "unheard", ""):
        terms = extract_terms(question)
        assert after.scores(terms).tolist() == before.scores(terms).tolist()
        assert all(after.document_frequency(term) == before.document_frequency(term) for term in terms)


def test_saving_leaves_nothing_but_the_index(saved: Path) -> None:
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_failed_save_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "keyword" / "one"
    folder.mkdir(parents=True)
    (folder / "in the way").write_text("x")
    with pytest.raises(StorageError, match="cannot be used; check the disk"):
        build(SENTENCES).save(folder)
    assert [path.name for path in folder.parent.iterdir()] == ["one"]


def test_a_changed_byte_in_any_file_is_found(saved: Path) -> None:
    for path in sorted(saved.iterdir()):
        whole = path.read_bytes()
        for position in {0, len(whole) // 3, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
            with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
                KeywordIndex.load(saved)
        path.write_bytes(whole)
    assert KeywordIndex.load(saved).chunks == build(SENTENCES).chunks


@pytest.mark.parametrize("change", ["empty", "cut", "longer", "gone"])
def test_a_file_that_is_empty_cut_longer_or_gone_is_found(saved: Path, change: str) -> None:
    for path in sorted(saved.iterdir()):
        whole = path.read_bytes()
        changed = {"empty": b"", "cut": whole[:-1], "longer": whole + b"0", "gone": None}[change]
        path.unlink()
        if changed is not None:
            path.write_bytes(changed)
        with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
            KeywordIndex.load(saved)
        path.write_bytes(whole)


def test_checking_a_large_file_takes_little_memory(saved: Path) -> None:
    with (saved / "large").open("wb") as file:
        file.truncate(LARGE)
    tracemalloc.start()
    try:
        KeywordIndex.load(saved)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < LARGE / 10


def test_an_index_that_is_gone_or_a_file_is_found(saved: Path) -> None:
    shutil.rmtree(saved)
    with pytest.raises(DamagedLibraryError):
        KeywordIndex.load(saved)
    saved.write_bytes(b"")
    with pytest.raises(DamagedLibraryError):
        KeywordIndex.load(saved)


def test_scores_are_those_of_a_library_for_bm25() -> None:
    from bm25s import BM25

    documents = [f"{first} {second} fire {first} pool" for first in "abcdef" for second in ("mill", "river", "boat")]
    terms = [extract_terms(document) for document in documents]
    library = BM25(k1=K1, b=B)
    library.index([[*stems, *map(" ".join, pairwise(stems))] for stems in terms], show_progress=False)
    index = build(documents)
    for question in ("fire", "mill pool", "river fire boat", "pool pool", "a mill"):
        asked = extract_terms(question)
        pairs = [pair for pair in map(" ".join, pairwise(asked)) if pair in library.vocab_dict]
        expected = library.get_scores(asked)
        if pairs:
            expected = expected + PAIR_WEIGHT * library.get_scores(pairs)
        assert index.scores(asked).tolist() == pytest.approx(expected.tolist(), rel=1e-5)


@SLOW_PROPERTY
@given(st.lists(DOCUMENTS, min_size=1, max_size=4), st.data())
def test_an_index_that_was_changed_is_the_one_that_would_have_been_built(
    parts: list[list[str]], data: st.DataObject
) -> None:
    held = dict(enumerate(document for part in parts for document in part))
    chunks = {
        number: Chunk(f"{number:012x}", "b" * 64, Span(0, len(text)), text_sha256(text)[:32])
        for number, text in held.items()
    }
    index, number = KeywordIndex.build([], []), 0
    present: list[int] = []
    for part in parts:
        new = list(range(number, number + len(part)))
        number += len(part)
        gone = data.draw(st.lists(st.sampled_from(present), unique=True) if present else st.just([]))
        index = index.changed(
            {chunks[one]: held[one] for one in gone},
            KeywordIndex.build([chunks[one] for one in new], [held[one] for one in new]),
        )
        present = [one for one in present if one not in gone] + new
    whole = KeywordIndex.build([chunks[one] for one in present], [held[one] for one in present])
    assert index.chunks == whole.chunks
    assert index.words == whole.words
    for question in ("fire", "pool fire", "Tuesday the pool"):
        assert index.scores(extract_terms(question)).tolist() == whole.scores(extract_terms(question)).tolist()
