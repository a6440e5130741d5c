"""How the program's event loop fares, from the samples that ``sample_loop`` writes."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from tests.discord.scripts.faults import SAMPLES


@dataclass(frozen=True)
class LoopSamples:
    """The event loop for a while: seconds late, and seconds of work of its own, at each look."""

    late: list[float]
    worked: list[float]

    @classmethod
    def since(cls, folder: Path, moment: float) -> LoopSamples:
        """What was written into the folder after a moment."""
        lines = [line.split() for line in (folder / SAMPLES).read_text(encoding="ascii").splitlines()]
        rows = [(float(late), float(worked)) for at, late, worked in lines if float(at) > moment]
        return cls([late for late, _ in rows], [worked for _, worked in rows])

    def late_by(self, share: float) -> float:
        """The lateness that this share of all looks did not exceed."""
        return sorted(self.late)[int(len(self.late) * share)]

    def __str__(self) -> str:
        return (
            f"{len(self.late)} looks; late: median {statistics.median(self.late):.4f} s, "
            f"95 of 100 {self.late_by(0.95):.4f} s, most {max(self.late):.4f} s; at work: most {max(self.worked):.4f} s"
        )
