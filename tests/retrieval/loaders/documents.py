"""What tests of every format ask of an extracted document."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from retrieval.loaders.extraction import Extracted
from retrieval.text.sentences import split_sentences
from retrieval.types import LabelKind, Place, Source


def place_of(extracted: Extracted, words: str) -> Place:
    """Where the words stand; they are there exactly once."""
    assert extracted.text.count(words) == 1, f"{words!r} is there {extracted.text.count(words)} times"
    source = Source.from_bytes(uri="test:document", title="", data=extracted.text.encode("utf-8"))
    return replace(source, places=extracted.places).place(extracted.text.index(words))


def assert_whole(extracted: Extracted, *sentences: str, language: str = "en") -> None:
    """Each of them is one sentence of the text for those who quote it."""
    text = extracted.text
    found = {text[span.start : span.end] for span in split_sentences(text, language)}
    for sentence in sentences:
        assert sentence in found, f"{sentence!r} is not whole in {text!r}"


def assert_in_order(extracted: Extracted, *words: str) -> None:
    """All of them are there, each after the one before."""
    end = 0
    for one in words:
        start = extracted.text.find(one, end)
        assert start >= 0, f"{one!r} is not in {extracted.text[end:]!r}"
        end = start + len(one)


def assert_tidy(extracted: Extracted) -> None:
    """The text keeps to what holds for every extracted document."""
    text = extracted.text
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert "\0" not in text
    assert "\u00ad" not in text
    assert not any(line != line.rstrip() for line in text.split("\n"))
    text.encode("utf-8")
    assert all(
        place.start < len(text)
        and (place.start == 0 or text[place.start - 1].isspace() or not text[place.start].isspace())
        for place in extracted.places
    )
    assert all(one.start < other.start for one, other in pairwise(extracted.places))
    told = [(place.page, place.heading, place.link) for place in extracted.places]
    assert all(one != other for one, other in pairwise(told))


def labels_of(extracted: Extracted) -> list[tuple[str, str, str]]:
    """The labels but those of headings, in order: kind, words, and the text that they explain."""
    text = extracted.text
    return [
        (str(label.kind), text[label.words.start : label.words.end], text[label.span.start : label.span.end])
        for label in extracted.labels
        if label.kind is not LabelKind.HEADING
    ]
