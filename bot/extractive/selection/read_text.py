"""A part of a source -> the text that the reader is given: with the labels that explain it, and a way back."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote

from bot.extractive.reader import SpanScores
from bot.extractive.selection.leaning import leans, leans_on_title
from retrieval import Label, LabelKind, Passage, Source, Span, extract_terms, quotable_within, rows_within
from retrieval.text.sentences import RECORDS

# What stands between a label and what it explains, where it has no mark of its own.
AFTER = {LabelKind.HEADING: ". ", LabelKind.ROW: ", "}
TABLE = (LabelKind.ROW, LabelKind.COLUMN)
MARKUP = "*_`# \t\r\n"
ENDS = (":", "：", "?", "？")
# Between the cells of a row, and from one row to the next.
CELL_BORDER = re.compile(r"[ \t]*\|(?:[\s|:-]*\|)?[ \t]*")
# Of a link in Markdown its words are read, and not its address, whose numbers and words answer nothing.
LINK = re.compile(
    r"!?\[(?=[^\[\]\n]{0,300}\]\([^()\s]{0,300}[/#:.])"
    r"|\]\((?=[^()\s]{0,300}[/#:.])(?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)"
)
LINK_OR_BORDER = re.compile(f"{LINK.pattern}|(?P<border>{CELL_BORDER.pattern})")
# The reader learned from windows of 25 to 110 words (docs/measurements.md has what other lengths reach).
MOST_WORDS = 110
# So many rows of a passage are read alone at most.
MOST_ALONE = 8
SENTENCE_END = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True, slots=True)
class ReadText:
    """What is read of a part of a source: "Greatsword, Damage: 2d6" for the row "| Greatsword | 2d6 |".

    Attributes:
        text: Its words, each label before what it explains.
        runs: Where in ``text`` runs of the source's own words begin, and where these stand there; in order.
        opening: How much of ``text`` are title and headings, in which no answer is looked for.
    """

    text: str
    runs: tuple[tuple[int, Span], ...]
    opening: int = 0

    @classmethod
    def of(
        cls, source: Source, span: Span, labels: Sequence[Label] | None = None, *, headings: bool = True
    ) -> ReadText:
        """What is read of the source at ``span``.

        Args:
            source: The source.
            span: The part of it.
            labels: All that explain something there, and maybe others; looked for where they are not given.
            headings: Whether the headings above it, and where it leans on them the title, are read, too.
        """
        held = source.labels_of(span) if labels is None else [each for each in labels if each.span.overlaps(span)]
        inserted = list(_inserted(source, span, held, headings=headings))
        in_table = any(label.kind in TABLE for label in held)
        if not inserted and not in_table and "](" not in source.slice(span):
            return cls(source.slice(span), ((0, span),))
        opening = "".join(words for _, words, is_above in inserted if is_above)
        text, runs, at = opening, [], span.start
        for position, words, is_above in [*inserted, (span.end, "", False)]:
            if is_above:
                continue
            for run, border in _runs(source.text, Span(at, position), in_table=in_table):
                if len(run):
                    runs.append((len(text), run))
                text += source.slice(run)
                text += "" if text.endswith("\n") or len(text) == len(opening) else border
            text, at = text + words, position
        return cls(text.rstrip(", ") if in_table else text, tuple(runs), len(opening))

    @classmethod
    def of_passage(cls, passage: Passage) -> ReadText:
        """What is read of a passage."""
        return cls.of(passage.source, passage.span, passage.labels)

    def place_of(self, span: Span) -> Span:
        """Where a part of the source is read, with the labels before it."""
        return Span(self._read_until(span.start), self._read_until(span.end))

    def source_of(self, place: Span, within: Span) -> Span | None:
        """Where in the source what is read at ``place`` stands, as far as it is ``within``; None where it does not.

        It ends where a label or the border of a cell comes between.
        """
        for at, run in self.runs:
            start = max(run.start, run.start + place.start - at, within.start)
            end = min(run.end, run.start + place.end - at, within.end)
            if start < end:
                return Span(start, end)
        return None

    def _read_until(self, offset: int) -> int:
        """How much is read before the character of the source at ``offset``, labels of it not counted."""
        ends = [at + min(offset, run.end) - run.start for at, run in self.runs if run.start < offset]
        return ends[-1] if ends else self.opening


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of a passage, part by part; each part has its text, and none of them overlaps another."""

    parts: tuple[tuple[ReadText, SpanScores], ...]

    def best(self, reach: Span, within: Span) -> tuple[float, str, Span | None]:
        """The best words in a part of the source: their score, they themselves, and their place.

        Args:
            reach: The part, with what stands before it and counts as its own.
            within: Where the place must lie; it is None where the words are those of a label.
        """
        text, scores = self._part_of(within)
        score, place = scores.best(text.place_of(reach))
        if place is None:
            return score, "", None
        return score, text.text[place.start : place.end], text.source_of(place, within)

    @property
    def best_score(self) -> float:
        """The score of the best words anywhere in the passage."""
        return max(scores.best(Span(text.opening, len(text.text)))[0] for text, scores in self.parts)

    @property
    def answerable(self) -> float:
        """How likely any sentence of the passage holds the answer; 0 where nothing is known of it."""
        return max(scores.answerable or 0.0 for _, scores in self.parts)

    def share_of_best(self, span: Span) -> float:
        """How likely the best words of the sentence at ``span`` are those that answer, if any of it do."""
        text, scores = self._part_of(span)
        return scores.share_of_best(text.place_of(span))

    def evidence_in(self, span: Span) -> float:
        """How likely the sentence of the source at ``span`` holds the answer; 0 where nothing is known of it."""
        text, scores = self._part_of(span)
        return scores.evidence_in(text.place_of(span))

    def _part_of(self, span: Span) -> tuple[ReadText, SpanScores]:
        """The part in which most of ``span`` is read."""
        return max(self.parts, key=lambda part: len(part[0].place_of(span)))


def parts_of(question: str, passage: Passage) -> list[ReadText]:
    """What is read of a passage: windows of whole sentences, and rows that share most words with a question alone.

    Among rows that look alike, a reader that is given several at once does not tell one from another.
    """
    source, span = passage.source, passage.span
    rows = rows_within(source, span)
    if not rows:
        return [ReadText.of(source, window, passage.labels) for window in _windows(source, span)]
    asked = set(extract_terms(question, source.language))
    shared = [len(asked.intersection(extract_terms(source.slice(row), source.language))) for row in rows]
    alone = sorted(sorted((i for i in range(len(rows)) if shared[i]), key=lambda i: -shared[i])[:MOST_ALONE])
    borders = [span.start, *(border for i in alone for border in (rows[i].start, rows[i].end)), span.end]
    cuts = [Span(start, end) for start, end in pairwise(borders) if source.text[start:end].strip("| \t\r\n")]
    return [ReadText.of(source, cut, passage.labels) for cut in cuts]


def _windows(source: Source, span: Span) -> list[Span]:
    """The passage in windows of about equal length, as few as hold at most ``MOST_WORDS`` words."""
    sentences = quotable_within(source, span)
    ends = list(accumulate(len(source.slice(sentence).split()) for sentence in sentences))
    count = math.ceil(ends[-1] / MOST_WORDS) if ends else 1
    # Each window but the last ends with the first sentence that reaches its share of the words.
    last = [bisect_left(ends, ends[-1] * part / count) for part in range(1, count)]
    cuts = {sentences[number + 1].start for number in last if number + 1 < len(sentences)}
    return [Span(start, end) for start, end in pairwise([span.start, *sorted(cuts), span.end])]


def _inserted(
    source: Source, span: Span, labels: Sequence[Label], *, headings: bool
) -> Iterator[tuple[int, str, bool]]:
    """What is read before which character of the source, in order, and whether it is title or heading above all there.

    Nothing that is read there anyway.
    """
    names = {label.words for label in labels if label.kind is LabelKind.ROW}
    above = {source.slice(label.words) for label in labels if label.kind is LabelKind.HEADING}
    if headings and source.title not in above and (source.format in RECORDS or _leans_on_title(source, span)):
        yield span.start, f"{source.title}. ", True
    for label in labels:
        if label.kind is LabelKind.COLUMN:
            told = label.span in names  # the name of a row speaks for itself
        else:
            there = span.start <= label.words.start and label.words.end <= span.end
            told = there or (label.kind is LabelKind.HEADING and not headings)
        if not told:
            words = " ".join(source.slice(label.words).split()).strip(MARKUP)
            after = " " if words.endswith(ENDS) else AFTER.get(label.kind, ": ")
            is_above = label.kind is LabelKind.HEADING
            yield max(label.span.start, span.start), words.rstrip(".") + after, is_above


def _leans_on_title(source: Source, span: Span) -> bool:
    """Whether the first sentence there leans on what only a title can tell; the name of a file tells little."""
    if PurePosixPath(unquote(source.uri)).stem == source.title:
        return False
    end = SENTENCE_END.search(source.text, span.start, span.end)
    opening = source.text[span.start : end.start() if end else span.end]
    return leans(opening) or leans_on_title(opening)


def _runs(text: str, span: Span, *, in_table: bool) -> Iterator[tuple[Span, str]]:
    """The source's own words in ``span``, and what is read after each run instead of the border of a cell, or a link.

    Nothing is read instead of the marks and the address of a link.
    """
    start = span.start
    for border in (LINK_OR_BORDER if in_table else LINK).finditer(text, span.start, span.end):
        if not in_table or border["border"] is None:
            yield Span(start, border.start()), ""
            start = border.end()
            continue
        ends_row = "\n" in border[0] or text[border.end() : border.end() + 1] in ("\n", "\r")
        yield Span(start, border.start()), ", " if not ends_row else "\n" if "\n" in border[0] else ""
        start = border.end()
    yield Span(start, span.end), ""
