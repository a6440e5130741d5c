"""What a run of the indexer changed."""

from __future__ import annotations

from collections.abc import Iterable
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


def check_sources(sources: object) -> dict[str, Source]:
    """The sources by their ids, after a look whether they are such.

    Raises:
        TypeError: If they are anything else.
    """
    given: dict[str, Source] = {}
    for source in sources if isinstance(sources, Iterable) else [None]:
        if not isinstance(source, Source):
            raise TypeError("Give a list of Source objects; `load_path` makes one of a file.")
        given[source.id] = source
    return given


def check_ids(source_ids: object) -> None:
    """Accept ids of sources, but no text, which would be taken for its letters.

    Raises:
        TypeError: If it is a text.
    """
    if isinstance(source_ids, str):
        raise TypeError(f'`source_ids` is a text; write `["{source_ids}"]`.')
