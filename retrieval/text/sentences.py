"""A text's sentences, as exact spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, takewhile

import sentencex

from retrieval.text.code_blocks import code_within
from retrieval.text.line_kinds import MARKER, LineRole, kinds_of, lines_of
from retrieval.types import ENGLISH, LINE_END, LabelKind, Source, Span

# A block of code that nothing announces and that is longer than this is quoted in parts.
MAX_CODE_CHARACTERS = 2_000
HEADING = re.compile(r"\s*#{1,6}\s+\S")
CLOSING = re.compile(r"([*_~`”’»)\]\"]+)(?:\s+|\Z)")
# The library takes the number of a paragraph for a sentence: "Rule 3.", "§ 12.", "1.2.", "iv.", "Article IV.".
PARAGRAPH_NUMBER = re.compile(
    r"(?:§+\s?|[^\W\d_]+\s)?(?:\d{1,3}(?:\.\d{1,3})*|(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))\.\Z"
    r"|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})\.\Z"
)
# The library ends no sentence in what begins with this.
LETTER = re.compile(r"\s*(\(\w{1,5}\))\s+(?=\S)")
# The library takes the mark of an image for the end of a sentence.
IMAGE = "!["
# Where ordinals are written with a full stop, one ends no sentence: "II. Mehmed", "die 7. Klasse".
ORDINAL_LANGUAGES = frozenset({"cs", "da", "de", "et", "eu", "fi", "hu", "no", "pl", "sr", "tr"})
ORDINAL = re.compile(r"(?:\A|[\s(])(?:[IVXLC]+|\d{1,3})\.\Z")
# The library's time grows with the square of a block in scripts of several bytes a character, so that a block beyond
# this many characters is cut at the next place that ends a sentence for sure.
MAX_BLOCK_CHARACTERS = 10_000
SURE_END = re.compile(r"[。！？]+|[.!?…]+\s|[\r\n]")

# A longer row holds texts, which are quoted sentence by sentence.
MAX_ROW_CHARACTERS = 400
# Formats in which each place begins a record: a row, or what somebody said at once.
RECORDS = frozenset({"csv", "discord", "jsonl"})


def split_sentences(text: str, language: str = ENGLISH) -> tuple[Span, ...]:
    """The sentences of ``text``, in order, without the white space around them.

    A blank line, a heading, a table row, a list item and a numbered clause end a sentence even without a full stop, so
    that each line of a rulebook can be quoted alone; a plain newline does not, because plain text is often
    hard-wrapped. Spans never overlap, and everything between them is white space.

    Source of the method: the ``sentencex`` library (Wikimedia), run on each block with the rules of ``language``.
    """
    return _split_sentences(text, language)


@lru_cache(maxsize=64)
def _split_sentences(text: str, language: str) -> tuple[Span, ...]:
    spans = []
    for block in _blocks(text):
        if HEADING.match(text, block.start, block.end):
            line = text[block.start : block.end]
            start = block.start + len(line) - len(line.lstrip())
            spans.append(Span(start, block.start + len(line.rstrip())))
            continue
        # Where a sentence begins whose beginning the library takes for one of its own.
        begun: int | None = None
        block_start = block.start
        if letter := LETTER.match(text, block.start, block.end):
            begun, block_start = letter.start(1), letter.end()
        for sentence in sentencex.get_sentence_boundaries(language, text[block_start : block.end]):
            start, end = block_start + sentence["start_index"], block_start + sentence["end_index"]
            words = text[start:end]
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
            # Markup and quotation marks that close the sentence before it stay with that one: "**Be kind.** Always."
            closing = CLOSING.match(text, start, end)
            if closing and spans and spans[-1].end == start and begun is None:
                spans[-1] = Span(spans[-1].start, closing.end(1))
                start = closing.end()
            first = start if begun is None else begun
            goes_on = (
                _goes_on(text[first:end], language) or text.startswith(IMAGE, end - 1) or text.startswith(":", end)
            )
            if not text[block.start : start].strip() and PARAGRAPH_NUMBER.match(text, start, end):
                goes_on = True
            if end < block.end and goes_on:
                begun = first
            elif start < end:
                spans.append(Span(first, end))
                begun = None
        if begun is not None:
            spans.append(Span(begun, begun + len(text[begun : block.end].rstrip())))
    return tuple(spans)


def _goes_on(words: str, language: str) -> bool:
    """Whether a sentence goes on after words that the library takes for a whole one, as the number of a clause is."""
    if MARKER.match(words):
        return True
    return language in ORDINAL_LANGUAGES and ORDINAL.search(words) is not None


def sentences_within(text: str, span: Span, language: str = ENGLISH) -> list[Span]:
    """The sentences of ``text`` that lie in ``span``, with those that cross its ends cut there.

    A chunk starts and ends at sentence borders, so only a sentence longer than a chunk is ever cut.
    """
    sentences = split_sentences(text, language)
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    found = []
    for sentence in sentences[first:]:
        if sentence.start >= span.end:
            break
        found.append(Span(max(sentence.start, span.start), min(sentence.end, span.end)))
    return found


def quotable_within(source: Source, span: Span) -> list[Span]:
    """The sentences of ``source`` in ``span`` as ``sentences_within`` finds them, but for what its labels tell apart.

    A row of a table is one, whatever stands in its cells, and so is a block of code.
    """
    sentences = sentences_within(source.text, span, source.language)
    code = {block.span for block in code_within(source, span) if len(block.span) <= MAX_CODE_CHARACTERS}
    code |= {_part(label.span, span) for label in source.labels_of(span) if label.kind is LabelKind.CODE}
    rows = {row for row in rows_within(source, span) if LINE_END.search(source.text, row.start, row.end) is None}
    units = sorted(code | rows)
    if not units:
        return sentences
    found: list[Span] = []
    for sentence in sentences:
        start = sentence.start
        for unit in units:
            if unit.overlaps(sentence):
                found += [Span(start, unit.start)] if start < unit.start else []
                found += [unit] if unit not in found[-1:] else []
                start = max(start, unit.end)
        found += [Span(start, sentence.end)] if start < sentence.end else []
    return [stripped for each in found if len(stripped := _stripped(source.text, each))]


def rows_within(source: Source, span: Span) -> list[Span]:
    """The rows of tables and the records in ``span``, in order, each as far as it lies there.

    A row of a table is a line; one that is longer than ``MAX_ROW_CHARACTERS`` holds texts, and is none. A record may
    have several paragraphs.
    """
    rows = set()
    if source.format in RECORDS:
        first = max(0, bisect_right(source.places, span.start, key=lambda place: place.start) - 1)
        starts = [place.start for place in takewhile(lambda place: place.start < span.end, source.places[first:])]
        rows = {_part(Span(start, end), span) for start, end in pairwise([*starts, span.end]) if start < end}
    for label in source.labels_of(span) if source.format not in RECORDS else ():
        if label.kind is LabelKind.ROW:
            start = max(source.text.rfind(end, 0, label.words.start) for end in "\r\n") + 1
            end = LINE_END.search(source.text, label.words.end)
            line = Span(start, end.start() if end else len(source.text))
            if label.span.end <= line.end and len(line) <= MAX_ROW_CHARACTERS:
                rows.add(_part(line, span))
    return [row for row in (_stripped(source.text, row) for row in sorted(rows)) if len(row)]


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of ``text``: runs of lines between blank lines, without the white space around them."""
    spans = []
    start: int | None = None
    end = 0
    for line in lines_of(text):
        words = text[line.start : line.end]
        if not words.strip():
            if start is not None:
                spans.append(Span(start, end))
            start = None
            continue
        if start is None:
            start = line.start + len(words) - len(words.lstrip())
        end = line.start + len(words.rstrip())
    if start is not None:
        spans.append(Span(start, end))
    return tuple(spans)


def _part(whole: Span, span: Span) -> Span:
    """As much of the one as lies in the other, which it overlaps."""
    return Span(max(whole.start, span.start), min(whole.end, span.end))


def _stripped(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _blocks(text: str) -> Iterator[Span]:
    """Cut ``text`` into stretches that no sentence crosses; together they are the whole text."""
    for block in _structural_blocks(text):
        start = block.start
        while block.end - start > MAX_BLOCK_CHARACTERS:
            match = SURE_END.search(text, start + MAX_BLOCK_CHARACTERS, block.end)
            if match is None:
                break
            yield Span(start, match.end())
            start = match.end()
        if start < block.end:
            yield Span(start, block.end)


def _structural_blocks(text: str) -> Iterator[Span]:
    """Cut ``text`` at blank lines, around lines that stand alone, and before lines that begin something."""
    start = 0
    for line, kind in kinds_of(text):
        if kind is not LineRole.GOING_ON and start < line.start:
            yield Span(start, line.start)
            start = line.start
        if kind in (LineRole.BLANK, LineRole.ALONE):
            yield Span(start, line.end)
            start = line.end
    if start < len(text):
        yield Span(start, len(text))
