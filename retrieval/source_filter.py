"""Which sources of the collections that are asked a question may be answered from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """Sources by their ids: ``only`` these, or all where it is None, and none of ``without``."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def admits(self, source_id: str) -> bool:
        """Whether a source may be answered from."""
        return source_id not in self.without and (self.only is None or source_id in self.only)


ALL_SOURCES = SourceFilter()
