"""Ids are remembered until so many later ones have come."""

from __future__ import annotations

from bot.discord.asking.recent_ids import RecentIds


def test_an_id_is_new_once() -> None:
    ids = RecentIds(most=2)
    assert ids.add(1)
    assert not ids.add(1)
    assert 1 in ids


def test_the_oldest_is_forgotten_first() -> None:
    ids = RecentIds(most=2)
    assert [ids.add(one) for one in (1, 2, 3)] == [True, True, True]
    assert [one in ids for one in (1, 2, 3)] == [False, True, True]
