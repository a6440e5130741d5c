from __future__ import annotations

import dataclasses
import hashlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Passage, Source, SourceError, SourceFilter, SourceProblem, Span
from retrieval.types import Chunk, source_id, text_sha256
from tests.retrieval.strategies import PROPERTY, make_source, texts

BOUNDS = st.integers(min_value=0, max_value=12)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (-2, -1), (3, 2), (0, -1)])
def test_a_span_that_is_negative_or_runs_backwards_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=re.escape(f"not a span: {start}..{end}")):
        Span(start, end)


@PROPERTY
@given(st.tuples(BOUNDS, BOUNDS), st.tuples(BOUNDS, BOUNDS))
def test_spans_overlap_exactly_when_they_share_a_character(first: tuple[int, int], second: tuple[int, int]) -> None:
    (a, b), (c, d) = sorted(first), sorted(second)
    one, two = Span(a, b), Span(c, d)
    assert one.overlaps(two) == two.overlaps(one) == bool(set(range(a, b)) & set(range(c, d)))
    assert len(one) == b - a


def test_spans_sort_by_start_then_end() -> None:
    assert sorted([Span(2, 3), Span(0, 9), Span(0, 1)]) == [Span(0, 1), Span(0, 9), Span(2, 3)]


@pytest.mark.parametrize("value", [Span(0, 1), make_source("a"), Chunk("a", "b", Span(0, 1), "c")])
def test_the_types_are_frozen(value: Span | Source | Chunk) -> None:
    name = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, getattr(value, name))


@PROPERTY
@given(texts(8))
def test_a_source_keeps_its_text_and_the_hashes_of_its_utf8_bytes(text: str) -> None:
    source = make_source(text)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert source.text == text
    assert source.sha256 == source.file_sha256 == text_sha256(text) == digest


def test_a_source_is_refused_when_its_bytes_are_not_utf8_or_hold_no_words() -> None:
    for data in (b"\xff", b"a\xc3", b"\xed\xa0\x80", b"\xc0\xaf"):
        with pytest.raises(SourceError, match=r"^“Rules” is not UTF-8 text; use `load_bytes`") as caught:
            Source.from_bytes(uri="a:b", title="Rules", data=data)
        assert caught.value.problem is SourceProblem.NOT_UTF8
    for data in (b"", b" \n\t", "\u200b".encode()):
        with pytest.raises(SourceError, match=r"^“Rules” is empty; there is nothing to index\.$") as caught:
            Source.from_bytes(uri="a:b", title="Rules", data=data)
        assert caught.value.problem is SourceProblem.EMPTY


def test_a_filter_of_sources_takes_no_text_for_a_set() -> None:
    make: Any = SourceFilter
    for wrong in ({"only": "0123456789ab"}, {"without": "0123456789ab"}):
        with pytest.raises(TypeError, match=r"write `frozenset"):
            make(**wrong)


def test_the_id_of_a_source_stays_when_its_text_and_title_change() -> None:
    before = make_source("one", title="One")
    after = make_source("two", title="Two")
    assert before.id == after.id == source_id("test:document")
    assert before.sha256 != after.sha256
    assert make_source("one", uri="test:other").id != before.id
    assert re.fullmatch("[0-9a-f]{12}", before.id)


def test_the_id_of_a_source_never_changes_between_versions() -> None:
    assert source_id("file:///home/ann/r%C3%A9sum%C3%A9.txt") == "e8aba80c3b9e"


@PROPERTY
@given(texts(8), st.data())
def test_lines_end_at_lf_crlf_and_cr_and_nowhere_else(text: str, data: st.DataObject) -> None:
    source = make_source(text)
    offset = data.draw(st.integers(0, len(text)))
    # A marker at the offset keeps a CRLF whole: its LF stands on the line that the CRLF ends.
    before = text[:offset] if text[offset - 1 : offset + 1] != "\r\n" else text[: offset - 1]
    assert source.line(offset) == 1 + len(re.findall("\r\n|\r|\n", before))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_from_one(end: str) -> None:
    source = make_source(f"one{end}{end}three\u2028still three{end}four")
    lines = {word: source.line(source.text.index(word)) for word in ("one", "three", "still", "four")}
    assert lines == {"one": 1, "three": 3, "still": 3, "four": 4}
    assert source.line(3) == source.line(2 + len(end)) == 1, "a line's end stands on that line"


@PROPERTY
@given(texts(8), st.data())
def test_a_passage_is_the_slice_of_its_source(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    source = make_source(text)
    passage = Passage(source, span, 0.5, 0.5, 0.0, "default")
    assert passage.text == source.slice(span) == text[span.start : span.end]


def test_a_passage_id_says_where_the_passage_stands_and_nothing_else() -> None:
    source = make_source("Some words and some words.")
    passage = Passage(source, Span(0, 10), 0.5, 0.5, 0.0, "default")
    key = f"{source.id}:{source.sha256}:0:10"
    assert passage.id == hashlib.sha256(key.encode()).hexdigest()[:32]
    assert passage.id == Passage(source, Span(0, 10), 0.1, 0.2, 3.0, "other").id
    others = [
        (make_source("Some words and some words.", uri="test:other"), Span(0, 10)),
        (make_source("Some words and some words!"), Span(0, 10)),
        (source, Span(1, 10)),
        (source, Span(0, 1)),
    ]
    assert len({passage.id, *(Passage(one, span, 0, 0, 0, "default").id for one, span in others)}) == 5


@PROPERTY
@given(texts(4), texts(4))
def test_chunks_share_a_vector_exactly_when_they_share_their_words(one: str, two: str) -> None:
    first, second = make_source(f"{one}|{two}", uri="test:first"), make_source(f"{two}|{one}|", uri="test:second")
    chunks = [
        (Chunk.of(first, Span(0, len(one))), one),
        (Chunk.of(first, Span(len(one) + 1, len(one) + 1 + len(two))), two),
        (Chunk.of(second, Span(len(two) + 1, len(two) + 1 + len(one))), one),
    ]
    for chunk, words in chunks:
        assert re.fullmatch("[0-9a-f]{32}", chunk.vector_id)
        for other, other_words in chunks:
            assert (chunk.vector_id == other.vector_id) == (words == other_words)


def test_a_source_does_not_print_its_text() -> None:
    assert "secret words" not in repr(make_source("secret words"))
