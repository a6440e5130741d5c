"""The queue of addresses."""

from __future__ import annotations

from collections import Counter

import pytest

from retrieval import SkipReason
from retrieval.web.addresses import parse_address
from retrieval.web.site.frontier import MOST_QUERIES_A_PATH, Frontier


def add(frontier: Frontier, target: str, links: int = 1, *, may_have_query: bool = False) -> bool:
    return frontier.add(parse_address(f"https://a.example{target}"), links, may_have_query=may_have_query)


def test_each_address_comes_once_and_in_order() -> None:
    frontier = Frontier(5, Counter())
    assert [add(frontier, target) for target in ("/a", "/b", "/a", "/a/")] == [True, True, True, True]
    assert [frontier.take()[0].target for _ in range(len(frontier))] == ["/a", "/b"]
    assert not add(frontier, "/a")
    frontier.mark(parse_address("https://a.example/c"))
    assert not add(frontier, "/c")
    assert len(frontier) == 0


def test_what_is_left_out_is_counted_once() -> None:
    left_out: Counter[SkipReason] = Counter()
    frontier = Frontier(2, left_out)
    for target, links in (("/a.png", 1), ("/a.png", 1), ("/b?c=1", 1), ("/d", 3), ("/e", 2)):
        add(frontier, target, links)
    assert left_out == {SkipReason.KIND: 1, SkipReason.QUERY: 1, SkipReason.DEPTH: 1}
    assert len(frontier) == 1


def test_queries_that_somebody_vouches_for_have_an_end() -> None:
    left_out: Counter[SkipReason] = Counter()
    frontier = Frontier(2, left_out)
    for number in range(MOST_QUERIES_A_PATH + 3):
        add(frontier, f"/list?page={number}", may_have_query=True)
    assert (len(frontier), left_out[SkipReason.QUERY]) == (MOST_QUERIES_A_PATH, 3)
    assert add(frontier, "/other?page=1", may_have_query=True)


def test_it_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.web.site.frontier.MOST_WAITING", 3)
    frontier = Frontier(2, Counter())
    assert [add(frontier, f"/{number}") for number in range(5)] == [True, True, True, False, False]
