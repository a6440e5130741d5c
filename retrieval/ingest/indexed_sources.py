"""What a run of the indexer changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.types import Source


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run changed: the sources that were added, replaced and left alone, in the order given."""

    added: list[Source] = field(default_factory=list)
    replaced: list[Source] = field(default_factory=list)
    unchanged: list[Source] = field(default_factory=list)

    def forget(self, source: Source) -> None:
        """Take a source out again."""
        for held in (self.added, self.replaced):
            if source in held:
                held.remove(source)
