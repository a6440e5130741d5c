"""Subtitles -> text: the cues joined to sentences and paragraphs, each with the time at which it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from retrieval.errors import SourceError
from retrieval.loaders.composer import PARAGRAPH_END
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.labels import MAX_LABELS
from retrieval.loaders.load_errors import MAX_CHARACTERS, damaged, empty, refusing_damage, too_much
from retrieval.loaders.plain import decode
from retrieval.loaders.records.cues import Cue, CueLine, read_cues
from retrieval.text.chunking import UNSPACED, count_words
from retrieval.types import Label, LabelKind, Place, Span, Structure

KIND = "subtitles"
# Each is kept in memory with its place; a day has 86,400 seconds.
MAX_CUES = 200_000
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*\Z|[-–—]\Z")
# Languages written without spaces, with their punctuation marks.
UNSPACED_BORDER = re.compile(rf"[{UNSPACED}\u3000-\u303f\uff00-\uffef]{{2}}")
# After a sentence so much silence ends a paragraph, and in the middle of one this much.
PAUSE, LONG_PAUSE = 4_000, 10_000
# A paragraph of so many words ends with the next sentence, since chunks follow paragraphs.
MANY_WORDS = 100
# Where next to no cue ends a sentence nobody has set full stops: short silences and few words end a paragraph then.
PUNCTUATED_SHARE = 0.05
UNPUNCTUATED_PAUSE, UNPUNCTUATED_WORDS = 1_000, 40
# Captions that roll up show each line twice: below, and then above the next one.
ROLLING_SHARE = 0.3
ROLLING_GAP = 500


@dataclass(slots=True)
class _Speech:
    """What one voice says without a long silence: its text, and where in it something said at another time begins."""

    voice: str
    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0
    words: int = 0

    def add(self, cue: Cue, line: CueLine) -> None:
        words = (line.mark if self.text else "") + line.text
        between = " " if self.text and not UNSPACED_BORDER.fullmatch(self.text[-1:] + words[:1]) else ""
        if not self.starts or self.starts[-1][1] != cue.start:
            self.starts.append((len(self.text + between), cue.start))
        self.text += between + words
        self.words += count_words(words)
        self.end = max(self.end, cue.end)


def extract(data: bytes) -> Extracted:
    """What is said, in order; sentences run on from cue to cue. Notes of what is heard are left out.

    Raises:
        SourceError: If there are no cues, or too many.
    """
    with refusing_damage(KIND):
        text, encoding = decode(data)
        title, cues = read_cues(text)
        if not cues:
            raise SourceError(damaged(KIND)) if text.strip() else empty()
        if len(cues) > MAX_CUES:
            raise too_much()
        is_rolling = _rolls(cues)
        words_in = None if is_rolling else sum(len(line.text.split()) for cue in cues for line in cue.lines)
        said = list(_rolled_out(cues) if is_rolling else cues)
        said = [replace(cue, lines=tuple(line for line in cue.lines if not line.is_sound)) for cue in said]
        return _composed(_paragraphs([cue for cue in said if cue.lines]), title, encoding, words_in)


def _rolls(cues: Sequence[Cue]) -> bool:
    """Whether the captions roll up, or grow word by word: many begin with the end of the one before."""
    repeated = sum(
        after.start - before.end < ROLLING_GAP and after.lines[0].text.startswith(before.lines[-1].text)
        for before, after in pairwise(cues)
    )
    return repeated > ROLLING_SHARE * len(cues)


def _rolled_out(cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues without what was shown right before."""
    shown: tuple[str, ...] = ()
    end = 0
    for cue in cues:
        if cue.start - end >= ROLLING_GAP:
            shown = ()
        texts, end = tuple(line.text for line in cue.lines), cue.end
        same = max(count for count in range(len(texts) + 1) if count == 0 or shown[-count:] == texts[:count])
        lines = cue.lines[same:]
        grown = shown[-1] if shown and not same else ""
        if grown and lines[0].text.startswith(f"{grown} "):
            lines = (replace(lines[0], text=lines[0].text[len(grown) + 1 :]), *lines[1:])
        shown = texts
        yield replace(cue, lines=lines)


def _paragraphs(cues: Sequence[Cue]) -> Iterator[_Speech]:
    ended = sum(SENTENCE_END.search(cue.lines[-1].text) is not None for cue in cues)
    is_punctuated = ended > PUNCTUATED_SHARE * len(cues)
    paragraph: _Speech | None = None
    for cue in cues:
        for line in cue.lines:
            if paragraph and _ends(paragraph, cue, line, is_punctuated=is_punctuated):
                yield paragraph
                # Who goes on without being named is the same, but after a mark.
                paragraph = _Speech(line.voice or ("" if line.mark else paragraph.voice))
            paragraph = paragraph or _Speech(line.voice)
            paragraph.add(cue, line)
    if paragraph:
        yield paragraph


def _ends(paragraph: _Speech, cue: Cue, line: CueLine, *, is_punctuated: bool) -> bool:
    """Whether a paragraph ends before this line."""
    pause = cue.start - paragraph.end
    if line.voice and line.voice != paragraph.voice:
        return True
    if not is_punctuated:
        return bool(line.mark) or pause > UNPUNCTUATED_PAUSE or paragraph.words >= UNPUNCTUATED_WORDS
    if not SENTENCE_END.search(paragraph.text):
        return pause > LONG_PAUSE
    return bool(line.mark) or pause > PAUSE or paragraph.words >= MANY_WORDS


def _composed(paragraphs: Iterator[_Speech], title: str, encoding: str, words_in: int | None) -> Extracted:
    text: list[str] = []
    length = 0
    places: list[Place] = []
    labels: list[Label] = []
    for paragraph in paragraphs:
        told = paragraph.voice + PARAGRAPH_END if paragraph.voice else ""
        for number, (offset, start) in enumerate(paragraph.starts):
            heading = ", ".join(filter(None, [paragraph.voice, _time(start)]))
            if not places or places[-1].heading != heading:
                places.append(Place(length + (len(told) + offset if number else 0), heading=heading))
        if told and len(labels) < MAX_LABELS:
            whole = Span(length + len(told), length + len(told) + len(paragraph.text))
            labels.append(Label(LabelKind.TERM, Span(length, length + len(paragraph.voice)), whole))
        text.append(told + paragraph.text)
        length += len(text[-1]) + len(PARAGRAPH_END)
        if length > MAX_CHARACTERS:
            raise too_much()
    if not text:
        raise empty()
    in_order = Structure.of(places, labels)
    return Extracted(PARAGRAPH_END.join(text), title, in_order.places, encoding, in_order.labels, words_in=words_in)


def _time(milliseconds: int) -> str:
    """As players show it: 1:05, or 1:02:05."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
