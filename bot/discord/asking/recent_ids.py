"""The ids of what happened lately, so many and no more."""

from __future__ import annotations

from collections import OrderedDict


class RecentIds:
    """Remembers ids until ``most`` later ones have come."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._ids: OrderedDict[int, None] = OrderedDict()

    def __contains__(self, one: int) -> bool:
        return one in self._ids

    def add(self, one: int) -> bool:
        """Remember an id; whether it was not there."""
        if one in self._ids:
            return False
        self._ids[one] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True
