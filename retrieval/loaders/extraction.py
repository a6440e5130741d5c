"""What a format's module makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.types import Label, Place


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, its title where it has one, where its pages and headings begin, and its labels.

    ``encoding`` is what the bytes were read as, where that had to be found out. ``date`` is the day that the document
    gives as its own (ISO 8601). ``warnings`` are sentences on what may have been read wrongly or not at all.
    ``words_in`` is how many words the file holds, before any are left out; None where nobody has counted them.
    """

    text: str = field(repr=False)
    title: str = ""
    places: tuple[Place, ...] = field(default=(), repr=False)
    encoding: str = ""
    labels: tuple[Label, ...] = field(default=(), repr=False)
    date: str = ""
    warnings: tuple[str, ...] = ()
    words_in: int | None = None

    def check(self) -> None:
        """Make sure that the parts belong together.

        Raises:
            ValueError: If a place or label is none of this text, or the places are of no use or not in order.
        """
        for place in self.places:
            if not place.fits(self.text):
                raise ValueError(f"not a place of this text: {place}")
        if any(before.start >= after.start for before, after in pairwise(self.places)):
            raise ValueError("the places are not in order")
        if not all(label.fits(self.text) for label in self.labels):
            raise ValueError("not a label of this text")
        if not (self.words_in is None or type(self.words_in) is int):
            raise ValueError("not a number of words")
        for words in (self.title, self.date, *self.warnings):
            words.encode("utf-8")
