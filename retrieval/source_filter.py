"""Which sources of the collections that are asked a question may be answered from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """Sources by their ids: ``only`` these, or all where it is None, and none of ``without``.

    Raises:
        TypeError: If one of them is a text, which would be taken for its parts.
    """

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        given: tuple[object, ...] = (self.only, self.without)
        if any(isinstance(ids, str) for ids in given):
            raise TypeError("A filter holds sets of ids, and this is a text; write `frozenset({id})`.")

    def admits(self, source_id: str) -> bool:
        """Whether a source may be answered from."""
        return source_id not in self.without and (self.only is None or source_id in self.only)


ALL_SOURCES = SourceFilter()
