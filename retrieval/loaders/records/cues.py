"""SRT and WebVTT -> cues: what is shown from when to when, line by line, and who says it.

Libraries that read these files drop voices, or the last line of a cue where that is a number, and the words have to be
exact.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from retrieval.loaders.composer import clean
from retrieval.types import LINE_END

TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}")
WEBVTT = re.compile(r"WEBVTT(?:[ \t]+(?:-[ \t]*)?(?P<title>.*))?\Z")
# Blocks of WebVTT that nobody is shown.
NOT_SHOWN = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
NUMBER = re.compile(r"\s*\d+\s*\Z")
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
# Marks of WebVTT, SRT and other programs: "<c.yellow>", "<00:01.500>", "<font color=red>", "{\an8}".
MARK = re.compile(r"</?[a-zA-Z][^<>]*>|</>|<\d[\d:.]*>|\{\\[^{}]*\}")
# A new speaker: a dash at the beginning of a line, or the arrows of television.
SPEAKER_MARK = re.compile(r"(?:[-–—]|>{2,})\s*(?=[^\s\d>–—-])")
# "ANNA: Hello." tells a name by its letters, "Anna Stone: Hello." by being there more than once, "[Anna]:" in any case.
NAME = re.compile(r"(?P<bracket>\[)?(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’()-]+){0,3})(?(bracket)\]):\s+(?=\S)")
# What is heard and not said.
SOUND = re.compile(r"(?:[\[(][^\[\]()]{0,80}[\])])?")
NOTES = " ♪♫"


@dataclass(frozen=True, slots=True)
class CueLine:
    """A line of a cue.

    Attributes:
        text: Its words.
        voice: Who says it, where that is known.
        mark: What shows that somebody begins to speak; it stood before the words.
    """

    text: str
    voice: str = ""
    mark: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether it is nothing but a note of what is heard: "[music]"."""
        return SOUND.fullmatch(self.text.strip(NOTES)) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from ``start`` to ``end``, in milliseconds."""

    start: int
    end: int
    lines: tuple[CueLine, ...]


def read_cues(text: str) -> tuple[str, list[Cue]]:
    """The title, where the file gives one, and the cues in the order of their beginnings, each once.

    Source of the method: the specification of WebVTT (W3C). SRT has none: what stands between two lines with times
    belongs to the first, but for the number right above the second.
    """
    lines = LINE_END.split(text)
    header = WEBVTT.match(lines[0])
    blocks = dict.fromkeys(_blocks(lines, is_webvtt=header is not None))
    names = _names(line for _, _, payload in blocks for line in payload)
    cues = [Cue(start, end, tuple(_cue_lines(payload, names))) for start, end, payload in blocks]
    title = clean(header["title"] or "") if header else ""
    return title, sorted((cue for cue in cues if cue.lines), key=lambda cue: cue.start)


def _blocks(lines: list[str], *, is_webvtt: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The times of each cue and the lines below them."""
    timings = [(number, timing) for number, line in enumerate(lines) if (timing := TIMING.match(line))]
    for (number, timing), (end, _) in pairwise([*timings, (len(lines), None)]):
        payload = lines[number + 1 : end]
        is_last = end == len(lines)
        if payload and not is_last and _is_identifier(payload, is_webvtt=is_webvtt):
            payload.pop()
        if timing:
            shown = _shown(payload) if is_webvtt else payload
            yield _milliseconds(timing, 1), _milliseconds(timing, 5), tuple(shown)


def _is_identifier(payload: list[str], *, is_webvtt: bool) -> bool:
    """Whether the last line before the times of a cue is its number, or in WebVTT any name for it."""
    return bool(NUMBER.match(payload[-1]) or (is_webvtt and payload[-1] and payload[-2:-1] == [""]))


def _shown(payload: list[str]) -> Iterator[str]:
    """The lines without the blocks of comments and styles that follow a cue."""
    hidden = False
    for before, line in pairwise(["", *payload]):
        hidden = bool(line) and (hidden or (not before and NOT_SHOWN.match(line) is not None))
        if not hidden:
            yield line


def _milliseconds(timing: re.Match[str], first: int) -> int:
    hours, minutes, seconds, fraction = (timing[first + number] for number in range(4))
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def _names(lines: Iterator[str]) -> set[str]:
    """Who is named before a colon at the beginning of a line."""
    matches = [name for line in lines if (name := NAME.match(_without_speaker_mark(_words(line))[1]))]
    found = Counter(match["name"] for match in matches)
    sure = {match["name"] for match in matches if match["bracket"]}
    return sure | {name for name, count in found.items() if count > 1 or (len(name) > 1 and name.isupper())}


def _cue_lines(payload: tuple[str, ...], names: Collection[str]) -> Iterator[CueLine]:
    voice, is_marked_up = "", False
    for line in payload:
        for number, part in enumerate(VOICE.split(line)):
            if number % 2:  # what the marks of voices hold stands between the other parts
                voice, is_marked_up = clean(html.unescape(part)), True
                continue
            mark, words = _without_speaker_mark(_words(part))
            if mark and not is_marked_up:
                voice = ""  # it is somebody else, whom nobody names
            name = NAME.match(words)
            if name and name["name"] in names:
                voice, words = name["name"], words[name.end() :]
            if words:
                yield CueLine(words, voice, mark)


def _words(line: str) -> str:
    return clean(html.unescape(MARK.sub("", line)))


def _without_speaker_mark(words: str) -> tuple[str, str]:
    """The mark of a new speaker, empty where there is none, and what follows it."""
    mark = SPEAKER_MARK.match(words)
    return (mark[0], words[mark.end() :]) if mark else ("", words)
