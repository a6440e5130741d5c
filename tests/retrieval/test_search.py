from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval import HybridSearch, Indexer, Library, LibrarySettings, OnnxEmbeddings, Source
from retrieval.models.published_weights import BUNDLED_MODEL
from retrieval.search import fuse
from tests.retrieval.strategies import PROPERTY

COSINE = st.floats(-1, 1)
BM25 = st.floats(0, 60)
PAIRS = st.lists(st.tuples(COSINE, BM25), max_size=30)


def fuse_pairs(pairs: list[tuple[float, float]]) -> list[float]:
    return fuse([dense for dense, _ in pairs], [keyword for _, keyword in pairs], [0.5] * len(pairs))


@PROPERTY
@given(PAIRS)
def test_scores_lie_between_0_and_1_one_a_candidate(pairs: list[tuple[float, float]]) -> None:
    scores = fuse_pairs(pairs)
    assert len(scores) == len(pairs)
    assert all(math.isfinite(score) and 0 <= score <= 1 for score in scores)


@PROPERTY
@given(PAIRS)
def test_a_candidate_that_is_no_worse_on_both_sides_is_no_worse_in_all(pairs: list[tuple[float, float]]) -> None:
    scores = fuse_pairs(pairs)
    for one, score in zip(pairs, scores, strict=True):
        for other, other_score in zip(pairs, scores, strict=True):
            if one[0] >= other[0] and one[1] >= other[1]:
                assert score >= other_score


@PROPERTY
@given(PAIRS)
def test_the_best_on_both_sides_scores_1_and_the_worst_0(pairs: list[tuple[float, float]]) -> None:
    assume(len({dense for dense, _ in pairs}) > 1 and len({keyword for _, keyword in pairs}) > 1)
    best = (max(dense for dense, _ in pairs), max(keyword for _, keyword in pairs))
    worst = (min(dense for dense, _ in pairs), min(keyword for _, keyword in pairs))
    scores = fuse_pairs([*pairs, best, worst])
    assert scores[-2:] == [1.0, 0.0]


@PROPERTY
@given(st.lists(COSINE, min_size=1, max_size=20), BM25)
def test_a_side_that_says_the_same_of_all_counts_nothing(dense: list[float], same: float) -> None:
    shares = [0.5] * len(dense)
    assert fuse(dense, [same] * len(dense), shares) == fuse(dense, [0.0] * len(dense), shares)
    assert max(fuse(dense, [same] * len(dense), shares)) == (0.5 if len(set(dense)) > 1 else 1)


@PROPERTY
@given(st.integers(1, 20), COSINE, BM25)
def test_where_no_candidate_is_better_than_another_each_scores_1(count: int, dense: float, keyword: float) -> None:
    assert fuse([dense] * count, [keyword] * count, [0.3] * count) == [1.0] * count


@PROPERTY
@given(PAIRS)
def test_two_sides_that_count_the_same_give_their_mean(pairs: list[tuple[float, float]]) -> None:
    dense, keyword = [one for one, _ in pairs], [other for _, other in pairs]
    ones = fuse(dense, keyword, [1.0] * len(pairs)), fuse(dense, keyword, [0.0] * len(pairs))
    assert fuse_pairs(pairs) == [(one + other) / 2 for one, other in zip(*ones, strict=True)]


@pytest.mark.parametrize(("language", "same"), [("de", False), ("en", True)])
def test_words_count_more_where_the_embedding_model_does_not_know_the_language(
    settings: LibrarySettings, embeddings: OnnxEmbeddings, tmp_path: Path, language: str, same: bool
) -> None:
    (tmp_path / "README.md").write_text("---\nlanguage: [de, en]\n---\n", encoding="utf-8")
    paragraphs = [f"Der Beitrag {number} Euro " + f"wort{number} " * 30 * number for number in range(1, 5)]
    text = "\n\n".join(paragraphs)
    source = Source.from_bytes(uri="regeln.txt", title="Regeln", data=text.encode(), language=language)

    def scores(model: str) -> list[float]:
        home = tmp_path / f"library {model == BUNDLED_MODEL}"
        library = Library(settings.model_copy(update={"home": home, "embedding_model": model}), embeddings)
        Indexer(library).add([source], "regeln")
        found = HybridSearch(library).passages("Beitrag wort2 wort3 wort3", collections=("regeln",))
        library.close()
        return [passage.score for passage in found]

    assert (scores(BUNDLED_MODEL) == scores(str(tmp_path))) is same


def test_no_candidates_give_no_scores() -> None:
    assert fuse([], [], []) == []


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        fuse([0.5, 0.6], [1.0], [0.5, 0.5])
