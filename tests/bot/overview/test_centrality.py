"""The most central sentences are near to all others and early, and do not say the same twice."""

from __future__ import annotations

import numpy as np

from bot.overview.centrality import most_central

EAST, NORTH, WEST = np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([-1.0, 0.0])


def test_what_is_near_to_the_others_comes_before_what_is_far_from_them() -> None:
    vectors = np.array([EAST, WEST, NORTH, EAST])
    assert most_central(vectors, EAST, [{"a"}, {"b"}, {"c"}, {"d"}], 4, first=0) == [0, 3, 2, 1]


def test_of_equals_the_earlier_one_comes_first_and_the_given_one_before_all() -> None:
    vectors = np.array([EAST] * 3)
    assert most_central(vectors, EAST, [{"a"}, {"b"}, {"c"}], 3) == [0, 1, 2]
    assert most_central(vectors, EAST, [{"a"}, {"b"}, {"c"}], 2, first=2) == [2, 0]


def test_what_repeats_the_words_of_another_comes_last() -> None:
    vectors = np.array([EAST, EAST, NORTH])
    assert most_central(vectors, EAST, [{"a", "b"}, {"a", "b"}, {"c"}], 3, first=0) == [0, 2, 1]


def test_no_more_are_given_than_there_are() -> None:
    assert most_central(np.array([EAST]), EAST, [set()], 8) == [0]
    assert most_central(np.zeros((2, 2)), np.zeros(2), [set(), set()], 8) == [0, 1]
