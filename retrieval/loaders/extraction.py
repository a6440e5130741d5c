"""What a format's module makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.types import Label, Place


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, its title where it has one, where its pages and headings begin, and its labels.

    ``encoding`` is what the bytes were read as, where that had to be found out.
    """

    text: str = field(repr=False)
    title: str = ""
    places: tuple[Place, ...] = field(default=(), repr=False)
    encoding: str = ""
    labels: tuple[Label, ...] = field(default=(), repr=False)

    def check(self) -> None:
        """Make sure that the parts belong together.

        Raises:
            ValueError: If a place or label is none of this text, or the places are of no use or not in order.
        """
        for place in self.places:
            page_is_one = place.page is None or (type(place.page) is int and place.page >= 1)
            heading_is_one = place.heading is None or (isinstance(place.heading, str) and place.heading != "")
            if not (page_is_one and heading_is_one and 0 <= place.start <= len(self.text)):
                raise ValueError(f"not a place of this text: {place}")
        if any(before.start >= after.start for before, after in pairwise(self.places)):
            raise ValueError("the places are not in order")
        if not all(label.fits(self.text) for label in self.labels):
            raise ValueError("not a label of this text")
        for words in (self.title, *(place.heading or "" for place in self.places)):
            words.encode("utf-8")
