"""What a format's module makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.types import Place


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, its title where it has one, and where its pages and headings begin.

    ``encoding`` is what the bytes were read as, where that had to be found out.
    """

    text: str = field(repr=False)
    title: str = ""
    places: tuple[Place, ...] = field(default=(), repr=False)
    encoding: str = ""

    def check(self) -> None:
        """Make sure that the parts belong together.

        Raises:
            ValueError: If a place is of no use, or none of this text, or the places are not in order.
        """
        for place in self.places:
            page_is_one = place.page is None or (type(place.page) is int and place.page >= 1)
            heading_is_one = place.heading is None or (isinstance(place.heading, str) and place.heading != "")
            if not (page_is_one and heading_is_one and 0 <= place.start <= len(self.text)):
                raise ValueError(f"not a place of this text: {place}")
        if any(before.start >= after.start for before, after in pairwise(self.places)):
            raise ValueError("the places are not in order")
        for words in (self.title, *(place.heading or "" for place in self.places)):
            words.encode("utf-8")
