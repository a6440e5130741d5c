"""How far a change has come, told step by step."""

from __future__ import annotations

from collections.abc import Callable

# Called with how many chunks are done and how many there are.
Progress = Callable[[int, int], None]


class StepCounter:
    """Adds up steps into progress reports.

    Args:
        progress: Told the sum after each step, beginning with 0; may be None.
        total: What the sum will be.
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self.add(0)

    def add(self, count: int) -> None:
        """Count ``count`` more chunks as done."""
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)
