"""Source -> chunks that follow its paragraphs and end at sentence borders, with exact offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retrieval.text.patterns import late_pattern
from retrieval.text.sentences import split_sentences
from retrieval.types import LINE_END, Chunk, Source, Span

# Well under the 200 words that a passage may have: MiniLM reads 256 word pieces, and 160 English words fit in them.
MAX_WORDS = 160
OVERLAP_WORDS = 40
# Paragraphs are chunks of their own, because each is about one thing (docs/measurements.md has what that gains); short
# ones share a chunk up to this many words.
TOGETHER_WORDS = 80
# A paragraph as short as a heading belongs to the one that it introduces.
INTRODUCTION_WORDS = 12
# A "word" without spaces can be as long as its document; a piece of it is cut here.
MAX_WORD_CHARACTERS = 200
# The manifest records this; change it whenever the same text would give other chunks.
CHUNKER = f"paragraphs-{MAX_WORDS}-{OVERLAP_WORDS}-{TOGETHER_WORDS}-v2"

# Languages written without spaces count a word a character, or one chunk would hold a whole book.
UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = late_pattern(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
# Among these characters nothing joins, and nothing is written without spaces: white space alone divides the words.
PLAIN = re.compile(r"[\x00-\u02ff\u2010-\u205e]*")
ZERO_WIDTH_JOINER = "\u200d"


def chunk_source(source: Source) -> list[Chunk]:
    """Cut a source into chunks of whole sentences, where it can be of whole paragraphs.

    Each chunk has at most ``MAX_WORDS`` words and starts and ends at sentence borders. A blank line ends a paragraph.
    Where a paragraph is too long for a chunk, its parts share at most ``OVERLAP_WORDS`` words; others share none. Only
    a sentence that is longer than a chunk is cut inside, between words.

    Returns:
        The chunks in order; ``chunk.span`` indexes ``source.text``. Empty for a blank text.
    """
    sentences = split_sentences(source.text, source.language)
    return [
        Chunk.of(source, span)
        for group in _grouped(_paragraphs(source.text, sentences))
        for span in _pack([piece for sentence in group for piece in _pieces(source.text, sentence)])
    ]


class CutEnds(NamedTuple):
    """At which of its ends a part of a text is cut inside of a sentence."""

    start: bool = False
    end: bool = False


def cut_ends(source: Source, span: Span) -> CutEnds:
    """Whether ``span`` begins or ends inside of a sentence that is too long for a chunk, and so was cut."""
    sentences = split_sentences(source.text, source.language)
    return CutEnds(*(_is_cut_at(source.text, sentences, offset) for offset in (span.start, span.end)))


def _is_cut_at(text: str, sentences: Sequence[Span], offset: int) -> bool:
    number = bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1
    if number < 0 or not sentences[number].start < offset < sentences[number].end:
        return False
    return count_words(text[sentences[number].start : sentences[number].end]) > MAX_WORDS


def count_words(text: str) -> int:
    """How many words ``text`` has; never fewer than ``len(text.split())``."""
    if PLAIN.fullmatch(text):
        return sum(-(-len(word) // MAX_WORD_CHARACTERS) for word in text.split())
    return sum(1 for _ in _words(text, Span(0, len(text))))


def _paragraphs(text: str, sentences: Sequence[Span]) -> Iterator[tuple[list[Span], int]]:
    """The sentences of each paragraph, with its number of words."""
    paragraph: list[Span] = []
    for sentence in sentences:
        if paragraph and len(LINE_END.findall(text, paragraph[-1].end, sentence.start)) > 1:
            yield paragraph, _count(text, paragraph)
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph, _count(text, paragraph)


def _grouped(paragraphs: Iterable[tuple[list[Span], int]]) -> Iterator[list[Span]]:
    """Paragraphs joined that share a chunk: short ones with each other, an introduction with what it introduces."""
    group: list[tuple[list[Span], int]] = []
    for paragraph, words in paragraphs:
        if group and sum(count for _, count in group) + words > TOGETHER_WORDS:
            introduced = group[-1][1] <= INTRODUCTION_WORDS < words
            if introduced and len(group) > 1:
                yield _joined(group[:-1])
            elif not introduced:
                yield _joined(group)
            group = group[-1:] if introduced else []
        group.append((paragraph, words))
    if group:
        yield _joined(group)


def _joined(group: Sequence[tuple[list[Span], int]]) -> list[Span]:
    return [sentence for paragraph, _ in group for sentence in paragraph]


def _count(text: str, paragraph: list[Span]) -> int:
    return count_words(text[paragraph[0].start : paragraph[-1].end])


def _pack(pieces: list[tuple[Span, int]]) -> Iterator[Span]:
    """Join (span, words) pieces greedily, stepping back over whole pieces for the overlap."""
    first = 0
    while first < len(pieces):
        last, words = first, pieces[first][1]
        while last + 1 < len(pieces) and words + pieces[last + 1][1] <= MAX_WORDS:
            last += 1
            words += pieces[last][1]
        yield Span(pieces[first][0].start, pieces[last][0].end)
        if last + 1 == len(pieces):
            return
        after, shared = last + 1, 0
        # The next chunk must still have room for a new piece, or it would repeat this one's end and nothing else.
        room = min(OVERLAP_WORDS, MAX_WORDS - pieces[last + 1][1])
        while after - 1 > first and shared + pieces[after - 1][1] <= room:
            after -= 1
            shared += pieces[after][1]
        first = after


def _pieces(text: str, sentence: Span) -> list[tuple[Span, int]]:
    """The sentence with its word count, or, when it is longer than a chunk, its cuts."""
    count = count_words(text[sentence.start : sentence.end])
    if count <= MAX_WORDS:
        return [(sentence, count)]
    words = list(_words(text, sentence))
    groups = [words[first : first + MAX_WORDS] for first in range(0, len(words), MAX_WORDS)]
    return [(Span(group[0].start, group[-1].end), len(group)) for group in groups]


def _words(text: str, span: Span) -> Iterator[Span]:
    """The words in ``span``; over-long ones in parts. Nothing is split at a joiner or before a combining mark."""
    word: Span | None = None
    for match in WORD.finditer(text, span.start, span.end):
        if word is not None and word.end == match.start() and _joins(text[word.end - 1], text[word.end]):
            word = Span(word.start, match.end())
            continue
        if word is not None:
            yield from _parts(text, word)
        word = Span(match.start(), match.end())
    if word is not None:
        yield from _parts(text, word)


def _parts(text: str, word: Span) -> Iterator[Span]:
    """The word, or its parts when it is longer than ``MAX_WORD_CHARACTERS``."""
    start = word.start
    while word.end - start > MAX_WORD_CHARACTERS:
        cut = start + MAX_WORD_CHARACTERS
        while cut > start + 1 and _joins(text[cut - 1], text[cut]):
            cut -= 1
        if cut == start + 1:  # nothing but joined characters: no visible character is that long
            cut = start + MAX_WORD_CHARACTERS
        yield Span(start, cut)
        start = cut
    yield Span(start, word.end)


def _joins(before: str, after: str) -> bool:
    """Whether the two characters belong to one visible character."""
    return before == ZERO_WIDTH_JOINER or after == ZERO_WIDTH_JOINER or unicodedata.category(after).startswith("M")
