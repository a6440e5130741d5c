"""Records that are made to break who reads them: each is refused, or read, in bounded time and memory."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from retrieval import SourceError, load_bytes
from retrieval.loaders.records import discord_export
from tests.retrieval.loaders.records import discord_files, notebook_files

SECONDS = 60
MANY = 300_000
CUE = b"1\n00:00:01,000 --> 00:00:02,000\n"
HEAD = b"From: Anna\nSubject: x\n"
SAID = "Some words."

READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a long run of blanks in a message": (
        "a.json",
        lambda: discord_files.export(discord_files.message(2, discord_files.ANNA, f"{SAID} a{' ' * MANY}b")),
    ),
    "marks of emoji and people": (
        "a.json",
        lambda: discord_files.export(discord_files.message(2, discord_files.ANNA, SAID + "<a:<@!1" * MANY)),
    ),
    "many short messages": (
        "a.json",
        lambda: discord_files.export(*({"content": SAID, "id": str(number)} for number in range(100_000))),
    ),
    "voices that never end": (
        "a.vtt",
        lambda: b"WEBVTT\n\n" + CUE[2:].replace(b",", b".") + b"Some words.<v" + b" " * MANY,
    ),
    "voices in voices": ("a.srt", lambda: CUE + b"Some words.\n" + b"<v <v " * MANY),
    "a line of notes": ("a.srt", lambda: CUE + b"Some words.\n" + "♪".encode() * MANY + b"x"),
    "names without a colon": ("a.srt", lambda: CUE + b"Some words.\n" + b"A b " * MANY),
    "numbers in a row": ("a.srt", lambda: CUE + b"Some words.\n" + b"7\n" * MANY),
    "lines that flow without end": (
        "a.eml",
        lambda: HEAD + b"Content-Type: text/plain; format=flowed\n\nSome words. \n" + b"and more \n" * MANY,
    ),
    "many lines": ("a.eml", lambda: HEAD + b"\nSome words.\n" + b"From here\n" * MANY),
    "quotations in turns": ("a.eml", lambda: HEAD + b"\nSome words.\n" + b"> yes:\nno:\n" * 50_000),
    "people without end": (
        "a.eml",
        lambda: HEAD + b"To: " + b"Anna <a@b.example>, (a (b" * 50_000 + b"\n\nSome words.",
    ),
    "armour without end": ("a.eml", lambda: HEAD + b"\nSome words.\n" + b"-----BEGIN PGP SIGNATURE-----\n" * MANY),
    "pictures without end": (
        "a.ipynb",
        lambda: notebook_files.notebook(notebook_files.prose(SAID + "data:image/png;base64,AAAA_" * MANY)),
    ),
    "a bar of progress": (
        "a.ipynb",
        lambda: notebook_files.notebook(notebook_files.code(SAID, notebook_files.stream("|\r" * MANY + "done"))),
    ),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "deep values in a message": (
        "a.json",
        lambda: discord_files.export({"content": "x", "id": 1}).replace(b'"x"', b'{"id":' * MANY),
        "unfolds into more than|is damaged",
    ),
    "deep values in a notebook": ("a.ipynb", lambda: b'{"cells": ' + b'{"a":' * MANY, "unfolds into more than"),
    "parts in parts": (
        "a.eml",
        lambda: b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5_000)),
        "unfolds into more than|is damaged",
    ),
    "a header of a part without end": (
        "a.eml",
        lambda: HEAD + b"Content-Type: text/plain; " + b"a=b; " * MANY + b"\n\nSome words.",
        "unfolds into more than",
    ),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", READ)
def test_records_that_go_on_without_end_are_read(case: str) -> None:
    name, make = READ[case]
    data, start = make(), time.perf_counter()
    source = load_bytes(data, name=name, uri="test:a")
    assert SAID in source.text
    assert time.perf_counter() - start < SECONDS


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", REFUSED)
def test_hostile_records_are_refused(case: str) -> None:
    name, make, said = REFUSED[case]
    data, start = make(), time.perf_counter()
    with pytest.raises(SourceError, match=rf"^{name} ({said})"):
        load_bytes(data, name=name, uri="test:a")
    assert time.perf_counter() - start < SECONDS


def test_numbers_of_any_length_are_read() -> None:
    whole = json.loads(discord_files.channel())
    data = json.dumps(whole).replace('"isPinned": false', f'"isPinned": {"1" * 10_000}').encode()
    assert "Yes, sandwiches" in discord_export.extract(data).text
