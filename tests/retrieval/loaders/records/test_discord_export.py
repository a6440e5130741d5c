"""Discord exports: each message can be quoted alone, under its author's name, with the link that leads to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.ingest.discovery import find_documents
from retrieval.loaders.records.discord_export import extract
from retrieval.text.sentences import quotable_within, rows_within
from tests.retrieval.loaders.documents import assert_tidy, labels_of, place_of
from tests.retrieval.loaders.records import discord_files
from tests.retrieval.loaders.records.discord_files import ANNA, BOB, export, message, reply
from tests.retrieval.loaders.written import write
from tests.retrieval.strategies import PROPERTY, SLOW_PROPERTY

LINK = "https://discord.com/channels"
FILES = {
    "channel": discord_files.channel(),
    "thread": discord_files.thread(),
    "direct": discord_files.direct(),
    "news": discord_files.news(),
    "forwarded": discord_files.forwarded(),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "quote", "heading", "labels", "link"),
    [
        ("channel", "The race starts at noon.", "Anna, 2021-05-12 14:02", ["Anna"], f"{LINK}/900/800/2"),
        (
            "channel",
            "Yes, sandwiches for forty.",
            "Anna, 2021-05-12 14:04",
            ["Will there be food?", "Anna"],
            f"{LINK}/900/800/4",
        ),
        ("thread", "That is all.", "Bob, 2021-05-12 14:02", ["Bob"], f"{LINK}/900/800/2"),
        ("direct", "@Bob is here :wave:", "Anna, 2021-05-12 14:02", ["Anna"], f"{LINK}/@me/800/2"),
        ("news", "Sunny and warm.", "RaceBot, 2021-05-12 14:02", ["RaceBot", "Weather"], f"{LINK}/900/800/2"),
        ("news", "Wind: 12 knots", "RaceBot, 2021-05-12 14:02", ["RaceBot", "Weather"], f"{LINK}/900/800/2"),
        ("news", "Heron won last year.", "Anna, 2021-05-12 14:03", ["Regatta"], f"{LINK}/900/800/3"),
        ("forwarded", "The bridge is closed.", "Anna, 2021-05-12 14:02", ["Anna (forwarded)"], f"{LINK}/900/800/2"),
        ("forwarded", "rules.pdf, plan.docx", "Bob, 2021-05-12 14:03", ["Bob", "The papers:"], f"{LINK}/900/800/3"),
    ],
)
def test_a_citation_has_the_words_of_a_message_and_names_it(
    name: str, quote: str, heading: str, labels: list[str], link: str
) -> None:
    source = load_bytes(FILES[name], name="export.json", uri=f"test:{name}")
    assert (source.format, source.date) == ("discord", "2021-05-12")
    start = source.text.index(quote)
    span = Span(start, start + len(quote))
    assert span in quotable_within(source, Span(0, len(source.text)))
    citation = cite(source, span, 1)
    assert (citation.quote.text, citation.heading, citation.link) == (quote, heading, link)
    assert [label.words.text for label in citation.labels] == labels


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("channel", "Rowing Club › #general"),
        ("thread", "Rowing Club › #regatta › How to join"),
        ("direct", "Direct Messages › Bob"),
    ],
)
def test_the_title_is_the_channel(name: str, title: str) -> None:
    assert extract(FILES[name]).title == title


def test_messages_stand_in_their_order_below_their_authors() -> None:
    extracted = extract(FILES["channel"])
    assert_tidy(extracted)
    told = "Anna\n\nThe race starts at noon. Please bring your own oars."
    assert extracted.text == f"{told}\n\nBob\n\nWill there be food?\n\nAnna\n\nYes, sandwiches for forty."
    assert extracted.words_in == 3 + 10 + 4 + 4 + 3


def test_markdown_within_a_message_is_kept_and_understood() -> None:
    extracted = extract(FILES["thread"])
    assert_tidy(extracted)
    assert "Run this:\n```sh\nregatta join\n\nregatta pay\n```\nThen wait.\n\nThat is all." in extracted.text
    code = "```sh\nregatta join\n\nregatta pay\n```"
    assert ("code", "Run this:", code) in labels_of(extracted)


def test_what_looks_like_front_matter_is_what_somebody_says() -> None:
    extracted = extract(export(message(2, ANNA, "---\ntitle: Oars\n---\n**Fee:** 12 euros")))
    assert extracted.text == "Anna\n\n---\ntitle: Oars\n---\n**Fee:** 12 euros"
    assert ("term", "Fee", "12 euros") in labels_of(extracted)


@pytest.mark.usefixtures("programs")
def test_each_message_is_a_record() -> None:
    source = load_bytes(FILES["channel"], name="export.json", uri="test:a")
    rows = [source.slice(row) for row in rows_within(source, Span(0, len(source.text)))]
    assert rows[1:] == ["Bob\n\nWill there be food?", "Anna\n\nYes, sandwiches for forty."]


@pytest.mark.usefixtures("programs")
def test_files_that_were_not_read_are_told_and_pictures_are_not() -> None:
    source = load_bytes(FILES["forwarded"], name="export.json", uri="test:a")
    said = "export.json names 2 attached files that were not read; index those that matter on their own."
    assert source.warnings == (said,)
    assert "JPG" not in source.text
    assert "14:04" not in str(source.places)


def test_a_person_keeps_their_name_where_nothing_else_is_known() -> None:
    extracted = extract(FILES["direct"])
    assert "Ask @9." in extracted.text
    nobody = extract(export({"content": "Words.", "id": "x"}))
    assert (nobody.text, nobody.places, nobody.date) == ("Words.", (), "")


@pytest.mark.parametrize("number", ["٣", "4/../5", "4?x", "4\n", "4 ", "-4", "9" * 21])
def test_a_number_that_is_none_of_discords_makes_no_link(number: str) -> None:
    data = export(message(2, ANNA, "One thing.") | {"id": number})
    assert [place.link for place in extract(data).places] == [None]


def test_an_answer_to_a_long_message_or_to_one_that_is_gone_has_only_its_author() -> None:
    extracted = extract(export(message(2, BOB, "Why? " * 80), reply(3, ANNA, "So.", to=2), reply(4, ANNA, "No.", to=1)))
    assert [label for label in labels_of(extracted) if label[2] in ("So.", "No.")] == [
        ("term", "Anna", "So."),
        ("term", "Anna", "No."),
    ]


def test_several_messages_of_one_author_are_places_of_their_own() -> None:
    extracted = extract(export(message(2, ANNA, "One thing."), message(62, ANNA, "Another thing.")))
    assert extracted.text == "Anna\n\nOne thing.\n\nAnna\n\nAnother thing."
    assert place_of(extracted, "Another thing.").link == f"{LINK}/900/800/62"


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", FILES["channel"], "discord"),
        ("a.json", b"\xef\xbb\xbf" + FILES["channel"], "discord"),
        ("a.json", json.dumps(json.loads(FILES["channel"]), sort_keys=True).encode(), "discord"),
        ("a.md", FILES["channel"], "markdown"),
        ("a.json", b'{"guild": "900", "channel": "800", "messages": ["Hello."]}', "text"),
        ("a.json", b'[{"guild": {}, "channel": {}, "messages": []}]', "text"),
        ("a.json", b'{"messages": [{"content": "Hello."}]}', "text"),
        ("a.txt", b'The keys are "guild": {}, "channel": {} and "messages": [].', "text"),
    ],
)
def test_an_export_is_told_from_other_json_by_what_is_in_it(name: str, data: bytes, found: str) -> None:
    source = load_bytes(data, name=name, uri="test:a")
    assert source.format == found
    assert (source.text == data.decode("utf-8")) == (found != "discord")


def test_a_folder_holds_exports_and_no_other_json(tmp_path: Path) -> None:
    export_path = write(tmp_path / "general.json", FILES["channel"])
    write(tmp_path / "package.json", b'{"name": "oar"}')
    (tmp_path / "folder.json").mkdir()
    found = find_documents(tmp_path)
    assert (found.files, found.skipped) == ([export_path], 1)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (FILES["channel"][:-40], "is damaged or not really a Discord export inside"),
        (export(), "is empty; there is nothing to index"),
        (export(message(1, BOB, "Joined the server.", type="7")), "is empty; there is nothing to index"),
        (export({"content": "x", "author": [[]] * 3}).replace(b'"x"', b"[" * 200_000), "unfolds into more than"),
    ],
)
def test_what_is_broken_or_says_nothing_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=rf"^a\.json {sentence}"):
        load_bytes(data, name="a.json", uri="test:a")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(message(1, BOB, ""))), inner),
    max_leaves=8,
)


@PROPERTY
@given(st.lists(JSON, max_size=4), JSON, JSON)
def test_any_values_are_read_or_refused(messages: list[Any], guild: Any, channel: Any) -> None:
    whole = json.loads(FILES["news"]) | {"guild": guild, "channel": channel}
    whole["messages"] += messages
    extracted = extract(json.dumps(whole).encode("utf-8"))
    extracted.check()
    assert_tidy(extracted)
    assert "Sunny and warm." in extracted.text


@SLOW_PROPERTY
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_are_kept(content: str) -> None:
    extracted = extract(export(message(2, ANNA, f"Here {content} there"), message(3, BOB, "Well.")))
    assert_tidy(extracted)
    extracted.check()
    assert extracted.text.startswith("Anna\n\nHere")
    assert extracted.text.endswith("there\n\nBob\n\nWell.")
