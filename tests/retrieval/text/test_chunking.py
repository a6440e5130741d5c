from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval import Span, split_sentences
from retrieval.text.chunking import MAX_WORDS, OVERLAP_WORDS, _words, chunk_source, count_words
from retrieval.types import Chunk
from tests.retrieval.strategies import FAMILY, PROPERTY, make_source, texts

LONG_TEXTS = st.one_of(
    texts(60),
    st.tuples(texts(4), st.integers(1, 40)).map(lambda pair: pair[0] * pair[1]),
)
HUGE_WORD = "x" * 250_000
HUGE_SENTENCE = "word " * 1_000 + "end."
SHORT = "The fire was put out on Monday evening by the men. "


def chunk_spans(text: str) -> list[Span]:
    return [chunk.span for chunk in chunk_source(make_source(text))]


def is_cut_inside_a_sentence(text: str, offset: int) -> bool:
    return any(sentence.start < offset < sentence.end for sentence in split_sentences(text))


@PROPERTY
@given(LONG_TEXTS)
@example(HUGE_WORD)
@example(HUGE_SENTENCE)
@example(SHORT * 300)
@example("漢字" * 2_000)
@example("a " * 159 + "b. " + "c " * 159 + "d. ")
def test_chunks_hold_every_word_and_at_most_200_each(text: str) -> None:
    spans = chunk_spans(text)
    for span in spans:
        assert 0 < len(text[span.start : span.end].split()) <= 200
        assert count_words(text[span.start : span.end]) <= MAX_WORDS
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    assert {offset for offset, character in enumerate(text) if not character.isspace()} <= covered


@PROPERTY
@given(LONG_TEXTS)
@example(HUGE_SENTENCE + " " + SHORT * 40)
def test_chunks_begin_and_end_at_sentence_borders_unless_one_sentence_is_too_long(text: str) -> None:
    sentences = split_sentences(text)
    starts, ends = {span.start for span in sentences}, {span.end for span in sentences}
    too_long = [span for span in sentences if count_words(text[span.start : span.end]) > MAX_WORDS]
    for span in chunk_spans(text):
        assert span.start in starts or any(long.start < span.start < long.end for long in too_long)
        assert span.end in ends or any(long.start < span.end < long.end for long in too_long)


@PROPERTY
@given(LONG_TEXTS)
@example(SHORT * 300)
def test_chunks_go_forward_and_neighbours_share_few_words(text: str) -> None:
    for one, two in pairwise(chunk_spans(text)):
        assert one.start < two.start
        assert one.end < two.end
        if two.start < one.end:
            assert count_words(text[two.start : one.end]) <= OVERLAP_WORDS
        else:
            assert not text[one.end : two.start].strip()


@PROPERTY
@given(LONG_TEXTS)
def test_chunking_twice_gives_the_same_chunks_at_places_of_their_own(text: str) -> None:
    source = make_source(text)
    chunks = chunk_source(source)
    assert chunks == chunk_source(make_source(text, title="Another title"))
    assert len({chunk.span for chunk in chunks}) == len(chunks)
    assert all(chunk == Chunk.of(source, chunk.span) for chunk in chunks)
    assert {(chunk.source_id, chunk.sha256) for chunk in chunks} <= {(source.id, source.sha256)}


def test_neighbours_share_whole_sentences() -> None:
    text = SHORT * 100
    starts = {span.start for span in split_sentences(text)}
    shared = [Span(two.start, one.end) for one, two in pairwise(chunk_spans(text))]
    assert shared
    assert all(span.start in starts and len(text[span.start : span.end].split()) == 33 for span in shared)


def test_sentences_of_exactly_the_limit_stay_whole() -> None:
    sentence = "word " * (MAX_WORDS - 1) + "end."
    text = f"{sentence} {sentence} One more."
    assert [text[span.start : span.end] for span in chunk_spans(text)] == [sentence, sentence, "One more."]


def test_a_sentence_longer_than_a_chunk_is_cut_between_words() -> None:
    spans = chunk_spans(HUGE_SENTENCE)
    assert len(spans) == -(-1_001 // MAX_WORDS)
    for span in spans:
        assert span.start == 0 or HUGE_SENTENCE[span.start - 1] == " "
        assert span.end == len(HUGE_SENTENCE) or HUGE_SENTENCE[span.end] == " "


def test_one_huge_word_becomes_chunks_of_bounded_length_that_join_up() -> None:
    spans = chunk_spans(HUGE_WORD)
    assert "".join(HUGE_WORD[span.start : span.end] for span in spans) == HUGE_WORD
    assert max(len(span) for span in spans) <= 32_000


@pytest.mark.parametrize(
    "cluster",
    [
        FAMILY,
        "e\u0301\u0323",
        "か\u3099",
        "葛\U000e0100",
        "漢\u200d字",
        "कि",
        "ก้",
    ],
)
@pytest.mark.parametrize("shift", ["", "x ", "xy ", "x" * 199, "x" * 198 + " y "])
def test_a_cut_never_parts_a_character_from_its_mark_or_joiner(cluster: str, shift: str) -> None:
    text = shift + cluster * 20_000
    spans = chunk_spans(text)
    assert len(spans) > 1
    for cut in {span.start for span in spans} | {span.end for span in spans}:
        if 0 < cut < len(text):
            assert not unicodedata.category(text[cut]).startswith("M")
            assert "\u200d" not in text[cut - 1 : cut + 1]


@PROPERTY
@given(LONG_TEXTS)
def test_a_cut_inside_a_sentence_of_any_text_parts_no_mark_or_joiner(text: str) -> None:
    spans = chunk_spans(text)
    for cut in {span.start for span in spans} | {span.end for span in spans}:
        if is_cut_inside_a_sentence(text, cut):
            assert not unicodedata.category(text[cut]).startswith("M")
            assert "\u200d" not in text[cut - 1 : cut + 1]


@pytest.mark.parametrize("mark", ["\u0301", "\u200d"])
def test_a_word_of_marks_alone_is_chunked_too(mark: str) -> None:
    text = "a" + mark * 5_000
    spans = chunk_spans(text)
    assert (spans[0].start, spans[-1].end) == (0, len(text))


@PROPERTY
@given(texts())
def test_words_are_never_counted_fewer_than_white_space_shows(text: str) -> None:
    assert count_words(text) >= len(text.split())


@pytest.mark.parametrize("text", ["", "  ", "\r\n\r\n", "\u00a0"])
def test_a_blank_text_has_no_chunks(text: str) -> None:
    assert chunk_spans(text) == []


@PROPERTY
@given(st.one_of(LONG_TEXTS, st.text(st.characters(max_codepoint=0x2FF)), st.text(st.characters(min_codepoint=0x2000))))
@example("x" * 200 + " " + "x" * 201 + "\u2014" + "x" * 400)
@example("a\u00adb c\u2028d\x1ce\x85f\u3000g")
def test_words_are_counted_the_short_way_as_the_long_way(text: str) -> None:
    assert count_words(text) == len(list(_words(text, Span(0, len(text)))))
