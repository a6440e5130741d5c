"""A file's text without some of its lines, and which line of the file each place in it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from retrieval.types import LINE_END, Place


class FileLine(NamedTuple):
    """A line as it is kept, with its end, and the number that it has in the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ShortenedText:
    """The text that is kept, and where in it lines of the file are missing, or one was added.

    ``joints`` are the offsets at which a line stands that does not follow the one before it in the file, with its
    number there, in order; there are none where the file is whole.
    """

    text: str
    joints: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, lines: Iterable[FileLine]) -> ShortenedText:
        """The text of these lines."""
        parts, joints, length, expected = [], [], 0, 1
        for line in lines:
            if line.number != expected:
                joints.append((length, line.number))
            parts.append(line.text)
            length += len(line.text)
            expected = line.number + 1
        return cls("".join(parts), tuple(joints))

    def places(self, places: Iterable[Place]) -> list[Place]:
        """The places with their lines in the file, and one more wherever a line does not follow the one before it.

        Args:
            places: Those that are known of the text, in order.
        """
        if not self.joints:
            return list(places)
        known = {place.start: place for place in places}
        current, line, found = Place(0), 1, []
        counted = 0
        joints = dict(self.joints)
        for start in sorted(known.keys() | joints.keys()):
            line += sum(1 for _ in LINE_END.finditer(self.text, counted, start))
            line, counted = joints.get(start, line), start
            current = replace(known.get(start, current), start=start, line=line)
            found.append(current)
        return found
