"""Subtitles: sentences run on from cue to cue, and a citation names the time at which one begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.records.subtitles import extract
from tests.retrieval.loaders.documents import assert_tidy, assert_whole, labels_of, place_of
from tests.retrieval.strategies import PROPERTY, texts

MEETING = """WEBVTT - The meeting

STYLE
::cue { color: red }

NOTE Checked by nobody.
Twice.

opening
00:01.000 --> 00:03.000 align:start
<v Anna Stone>The race starts
at noon on

00:03.000 --> 00:05.000
<v Anna Stone>Saturday &amp; ends <i>at three</i>.</v>

NOTE Bob is late.

question
00:05.500 --> 00:07.000
<v.loud Bob>Will there be food?
<v Anna Stone>Yes.

01:02:20.000 --> 01:02:22.000
<v Anna Stone>The code of the shed is
42
"""
FILM = """1
00:00:01,000 --> 00:00:02,000
- Where is the boat?
- In the <i>shed</i>.

3
00:00:09,500 --> 00:00:10,000
again

in

1984

2
00:00:07,500 --> 00:00:09,000
{\\an8}We won it, and will
4
00:00:14,900 --> 00:00:15,500
[music]

5
00:00:15,600 --> 00:00:16,000
[birds singing]
ANNA: Good night.

6
00:00:16,000 --> 00:00:17,000
Sleep well.
"""
CALL = """1
00:00:01.000 --> 00:00:02.000
Anna Stone: Can you hear me?

2
00:00:02.000 --> 00:00:03.000
Bob: Yes. Note: it is late.

3
00:00:04.000 --> 00:00:05.000
Anna Stone: Then let us begin.

4
00:00:06.000 --> 00:00:07.000
[Speaker 3]: Hello.

5
00:00:07.000 --> 00:00:08.000
Bob: Hello.
"""
ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.310 align:start position:0%
\x20
hello<00:00:00.480><c> and</c><00:00:00.960><c> welcome</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
hello and welcome
\x20

00:00:02.320 --> 00:00:04.000 align:start position:0%
hello and welcome
to<00:00:02.480><c> the</c><00:00:02.960><c> club</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
to the club
\x20

00:00:04.010 --> 00:00:06.000 align:start position:0%
to the club
no no

00:00:09.010 --> 00:00:10.000
no no
"""
GROWING = """1
00:00:01,000 --> 00:00:02,000
The

2
00:00:02,000 --> 00:00:03,000
The race

3
00:00:03,000 --> 00:00:04,000
The race starts.
"""
JAPANESE = """1
00:00:03,800 --> 00:00:06,010
例えば、

2
00:00:06,010 --> 00:00:13,200
ボートは
青い。
"""
FILES = {
    "meeting.vtt": MEETING.replace("\n", "\r\n").encode("utf-8-sig"),
    "film.srt": FILM.replace("shed", "café").encode("cp1252", "ignore"),
    "call.vtt": CALL.encode(),
    "rolling.vtt": ROLLING.encode(),
    "growing.srt": GROWING.encode("utf-16"),
    "japanese.srt": JAPANESE.encode(),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "quote", "heading", "voices"),
    [
        (
            "meeting.vtt",
            "The race starts at noon on Saturday & ends at three.",
            "Anna Stone, 0:01",
            ["Anna Stone"],
        ),
        ("meeting.vtt", "Will there be food?", "Bob, 0:05", ["Bob"]),
        ("meeting.vtt", "The code of the shed is 42", "Anna Stone, 1:02:20", ["Anna Stone"]),
        ("film.srt", "In the café.", "0:01", []),
        ("film.srt", "We won it, and will again in 1984", "0:07", []),
        ("film.srt", "Sleep well.", "ANNA, 0:16", ["ANNA"]),
        ("call.vtt", "Yes.", "Bob, 0:02", ["Bob"]),
        ("call.vtt", "Then let us begin.", "Anna Stone, 0:04", ["Anna Stone"]),
        ("call.vtt", "Hello.", "Speaker 3, 0:06", ["Speaker 3"]),
        ("rolling.vtt", "to the club", "0:02", []),
        ("growing.srt", "The race starts.", "0:01", []),
        ("japanese.srt", "例えば、ボートは青い。", "0:03", []),
    ],
)
def test_a_citation_has_what_was_said_and_when_it_begins(
    name: str, quote: str, heading: str, voices: list[str]
) -> None:
    source = load_bytes(FILES[name], name=name, uri=f"test:{name}")
    assert source.format == "subtitles"
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.quote.text, citation.heading) == (quote, heading)
    assert [label.words.text for label in citation.labels] == voices


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_tidy_and_its_parts_belong_together(name: str) -> None:
    extracted = extract(FILES[name])
    assert_tidy(extracted)
    extracted.check()


def test_only_what_is_shown_is_kept() -> None:
    extracted = extract(FILES["meeting.vtt"])
    assert extracted.title == "The meeting"
    said = "The race starts at noon on Saturday & ends at three."
    assert extracted.text.startswith(f"Anna Stone\n\n{said}\n\nBob\n\nWill there be food?\n\nAnna Stone\n\nYes.\n\n")
    assert extracted.words_in == 23
    assert_whole(extracted, said)


def test_speakers_and_long_silences_begin_paragraphs_and_times_put_cues_in_order() -> None:
    extracted = extract(FILES["film.srt"])
    paragraphs = ["Where is the boat?", "In the café.", "We won it, and will again in 1984 ANNA"]
    assert extracted.text.split("\n\n")[:2] == paragraphs[:2]
    assert extracted.text.endswith("We won it, and will again in 1984\n\nANNA\n\nGood night. Sleep well.")
    assert place_of(extracted, "again").heading == "0:09"


def test_the_names_before_colons_are_those_that_come_back() -> None:
    assert labels_of(extract(FILES["call.vtt"])) == [
        ("term", "Anna Stone", "Can you hear me?"),
        ("term", "Bob", "Yes. Note: it is late."),
        ("term", "Anna Stone", "Then let us begin."),
        ("term", "Speaker 3", "Hello."),
        ("term", "Bob", "Hello."),
    ]


def test_captions_that_roll_up_are_read_once() -> None:
    extracted = extract(FILES["rolling.vtt"])
    assert extracted.text == "hello and welcome to the club no no\n\nno no"
    assert extracted.words_in is None


def test_what_is_said_twice_is_there_twice() -> None:
    cues = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{words}\n\n" for n, words in enumerate(SONG))
    assert extract(cues.encode()).text == "Row! Row! Row your boat. Gently down the stream."


SONG = ["Row!", "Row!", "Row your boat.", "Gently down the stream."]


def test_a_long_talk_is_cut_at_the_ends_of_sentences_and_one_without_any_by_its_words() -> None:
    cue = "{0}\n00:{1:02}:{2:02},000 --> 00:{1:02}:{2:02},990\n{3}\n\n"
    talk = "".join(cue.format(n, n // 60, n % 60, f"Sentence number {n} goes on\nand ends.") for n in range(600))
    paragraphs = extract(talk.encode()).text.split("\n\n")
    assert all(paragraph.endswith(".") and len(paragraph.split()) <= 110 for paragraph in paragraphs)
    assert len(paragraphs) < 60
    mumbling = extract(talk.replace(".\n", "\n").encode()).text.split("\n\n")
    assert max(len(paragraph.split()) for paragraph in mumbling) <= 50


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", FILES["meeting.vtt"], "subtitles"),
        ("a", CALL.replace(".000", ",000").encode(), "subtitles"),
        ("a.txt", b"1\nThe time is 00:00:01,000 --> 00:00:02,000\n", "text"),
        ("a.txt", b"WEBVTTX", "text"),
    ],
)
def test_subtitles_are_told_by_how_they_begin(name: str, data: bytes, found: str) -> None:
    assert load_bytes(data, name=name, uri="test:a").format == found


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"# Some words.\n", "is damaged or not really subtitles inside"),
        (b"WEBVTT\n\nNOTE nothing\n", "is damaged or not really subtitles inside"),
        (b"\n", "is empty; there is nothing to index"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n[music]\n", "is empty; there is nothing to index"),
        (b"".join(b"00:01.000 --> 00:02.000\n%d.\n\n" % n for n in range(200_001)), "unfolds into more than"),
    ],
)
def test_what_is_broken_or_says_nothing_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=rf"^a\.srt {sentence}"):
        load_bytes(data, name="a.srt", uri="test:a")


LINES = st.sampled_from(
    ("WEBVTT", "", " ", "1", "00:01.000 --> 00:02.000", "0:0:3,5-->1:00:04,5", "NOTE", "<v A>b", "- c")
)


@PROPERTY
@given(st.lists(LINES | texts(2)))
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    try:
        extracted = extract("\n".join(["00:01.000 --> 00:02.000", "Words.", *lines]).encode())
    except SourceError as error:
        assert "binary" in str(error)  # noqa: PT017 (nothing else may be said)
        return
    assert_tidy(extracted)
    extracted.check()
    assert "Words." in extracted.text
