"""``/library add`` against the program in its own process: what is added answers, and what cannot be is told."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bot.discord.library.document_list import FORMATS
from bot.discord.texts import LANGUAGES
from retrieval.loaders.article import ARTICLE_TITLE
from tests.discord.discord_markdown import active, words
from tests.discord.fake import payloads
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    QUESTION,
    QUOTE,
    Place,
    Program,
    add,
    ask,
    finished,
    listed,
    new_place,
    passage_of,
    remove,
    shared_program,
    titles_in,
)
from tests.discord.scripts.conversations import SLOW

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_what_was_not_read_is_told(place: Place, language: str) -> None:
    book, made = Workbook(), BytesIO()
    book["Sheet"].append(["who", "fee"])
    book["Sheet"].append(["adults", "40"])
    book.create_sheet("A __secret__ @everyone").sheet_state = "hidden"
    book["A __secret__ @everyone"].append(["nobody sees this"])
    book.save(made)
    adding = place.ada.slash(place.channel, "library add", file=("fees.xlsx", made.getvalue()), locale=language)
    done = finished(adding)
    texts = LANGUAGES[language.partition("-")[0]]
    first, second, warning = words(passage_of(done)[1]).splitlines()
    assert (first, second) == (words(texts.library_added.format(title="fees")), texts.library_warnings)
    assert "A __secret__ @everyone" in warning
    assert not active(passage_of(done)[1].splitlines()[-1].removeprefix("- "))
    assert not done.pings


def test_adding_shows_how_far_it_is_and_questions_are_answered_meanwhile(place: Place) -> None:
    paragraphs = (f"Mill number {number} at the harbour was raised {SLOW} by hand." for number in range(150))
    adding = place.ada.slash(place.channel, "library add", file=("mills.md", "\n\n".join(paragraphs).encode()))
    adding.message(PATIENCE, until=lambda state: "Indexing" in state.text)
    meanwhile = ask(place.bruno, place.channel, f"Really {QUESTION}")
    assert QUOTE in words(meanwhile.text)
    done = finished(adding)
    assert meanwhile.at < done.at
    shown = [state.text for state in adding.states if not state.loading]
    assert shown[0] == "Reading mills.md …"
    assert re.fullmatch(r"Indexing mills\.md: [0-9]+ of [0-9]+ …", shown[1])
    assert shown[-1] == ENGLISH.library_added.format(title="mills")
    assert adding.ephemeral
    assert not adding.followups
    assert "Mill number" in ask(place.bruno, place.channel, "Cite which mill at the harbour was raised by hand?").text


def test_a_new_document_answers_at_once_a_new_version_replaces_it_and_the_same_changes_nothing(place: Place) -> None:
    assert add(place.ada, place.channel, "mill.md", MILL).text == ENGLISH.library_added.format(title="The mill")
    assert "Carla Neri" in ask(place.bruno, place.channel, MILL_QUESTION).text
    same = place.ada.slash(place.channel, "library add", file=("mill.md", MILL.encode()), locale="it")
    assert finished(same).text == ITALIAN.library_unchanged.format(title="The mill")
    replaced = add(place.ada, place.channel, "mill.md", MILL.replace("Carla Neri", "Dora Bini"))
    assert replaced.text == ENGLISH.library_replaced.format(title="The mill")
    answer = ask(place.bruno, place.channel, MILL_QUESTION)
    assert "Dora Bini" in answer.text
    assert "Carla Neri" not in answer.text
    assert listed(place).text.count("The mill") == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("mill.pdf", b"%PDF-1.7", ENGLISH.library_damaged.format(name="mill.pdf")),
        ("mill.md.exe", b"words", ENGLISH.library_format.format(name="mill.md.exe", formats=FORMATS)),
        ("mill.txt", b"%PDF-1.7", ENGLISH.library_format.format(name="mill.txt", formats=FORMATS)),
        ("mill.txt", b"words\0words", ENGLISH.library_binary.format(name="mill.txt")),
        ("mill.txt", "Müller".encode("utf-16-le"), ENGLISH.library_binary.format(name="mill.txt")),
        ("mill.txt", "Mühle, Müller und Mehl".encode() + b"\xfc", ENGLISH.library_encoding.format(name="mill.txt")),
        ("mill.jsonl", b"[" * 200_000, ENGLISH.library_too_complex.format(name="mill.jsonl")),
        ("mill.txt", b"", ENGLISH.library_blank.format(name="mill.txt")),
        ("mill.md", " \n\t\ufeff\u200b\n".encode(), ENGLISH.library_blank.format(name="mill.md")),
        ("mill.txt", b"x" * 50_000_001, ENGLISH.library_too_large.format(name="mill.txt", limit="50")),
    ],
)
def test_what_cannot_be_a_document_is_refused_with_the_reason(
    program_online: Program, place: Place, name: str, content: bytes, sentence: str
) -> None:
    fetched = len(program_online.discord.requests("GET", "/attachments/"))
    assert words(add(place.ada, place.channel, name, content).text) == sentence
    if len(content) > 50_000_000:
        assert len(program_online.discord.requests("GET", "/attachments/")) == fetched
    assert "0 documents" in listed(place).text


@pytest.mark.parametrize(
    "name",
    [
        "__mill__*.md",
        "@everyone <@1> [x](https://evil.example) ||`.md",
        "../../../../etc/passwd.md",
        "..\\..\\windows.md",
        "\u202efdp.llim.md",
        "מגדל הטחנה.md",
        "m" * 240 + ".md",
        "👩‍👩‍👧‍👦" * 60 + ".md",
        "README",
    ],
)
def test_no_name_of_a_file_acts_or_breaks_anything(
    place: Place, program_online: Program, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Discord tidies names up before a bot sees them; the bot does not lean on that.
    tidy = payloads.attachment
    monkeypatch.setattr(payloads, "attachment", lambda file: tidy(file) | {"filename": name})
    failures = program_online.failures()
    adding = place.ada.slash(place.channel, "library add", file=(name, b"The mill was raised by Carla Neri in 1911."))
    assert finished(adding).text.endswith("is in the library. Ask away!")
    states = [*adding.states, listed(place), place.ada.slash(place.channel, "library status").message()]
    for state in states:
        assert not state.pings
        assert not set(active(titles_in(state.text))) - {"bold", "list"}
        assert "\u202e" not in state.text
    answer = ask(place.bruno, place.channel, "Really who raised the mill?")
    description = passage_of(answer)[1].replace("**Carla Neri** — ", "")  # the answer in short
    assert not set(active(description)) - {"small print"}
    (choice,) = place.ada.complete(place.channel, "library remove", "document", "").choices()
    assert (
        place.ada.slash(place.channel, "library remove", document=choice.value)
        .message()
        .text.endswith("I no longer answer from it.")
    )
    assert program_online.failures() == failures


def test_documents_that_come_at_once_are_all_added_each_to_its_server(program_online: Program, place: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    calls = [
        each.ada.slash(each.channel, "library add", file=(f"{number}.md", f"# {name} {number}\n\nOld.".encode()))
        for number in range(3)
        for each, name in ((place, "Mill"), (other, "Inn"))
    ]
    assert all("is in the library" in finished(call).text for call in calls)
    for each, name in ((place, "Mill"), (other, "Inn")):
        titles = [line for line in listed(each).text.split("\n") if line.startswith("- ")]
        assert titles == [*(f"- {name} {number}" for number in range(3)), f"- {ARTICLE_TITLE}"]


@pytest.mark.parametrize("language", ["en-GB", "it"])
@pytest.mark.parametrize("status", [404, 403])
def test_a_file_that_discord_no_longer_has_is_to_be_attached_again(
    program_online: Program, place: Place, language: str, status: int
) -> None:
    failures = program_online.failures()
    program_online.discord.faults.refuse("GET", "/attachments/", status, 0)
    adding = place.ada.slash(place.channel, "library add", file=("mill.md", MILL.encode()), locale=language)
    texts = LANGUAGES[language.partition("-")[0]]
    assert finished(adding).text == texts.sources_file_gone.format(name="mill.md")
    assert program_online.failures() == failures
    assert add(place.ada, place.channel, "mill.md", MILL).text == ENGLISH.library_added.format(title="The mill")


def archive(**files: bytes) -> bytes:
    """A ZIP archive; in the files' names, ``__`` stands for a slash and ``_`` for a dot."""
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_an_archive_is_taken_apart_and_one_bad_file_stops_no_other(place: Place, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    data = archive(
        docs__mill_md=MILL.encode(), docs__inn_md=b"# The inn\n\nThe inn is old.", bad_pdf=b"%PDF-1.7", a_exe=b""
    )
    adding = place.ada.slash(place.channel, "library add", file=("all.zip", data), locale=language)
    assert finished(adding).text.splitlines() == [
        texts.sources_counts.format(added=2, replaced=0, unchanged=0, refused=1),
        "- " + texts.library_damaged.format(name="all.zip/bad.pdf"),
        "- " + texts.sources_line_added.format(title="The inn", name=" (all.zip/docs/inn.md)"),
        "- " + texts.sources_line_added.format(title="The mill", name=" (all.zip/docs/mill.md)"),
        texts.sources_passed_over.format(files=texts.files(1), name="all.zip"),
    ]
    assert "Carla Neri" in ask(place.bruno, place.channel, MILL_QUESTION).text
    again = place.ada.slash(place.channel, "library add", file=("all.zip", data), locale=language)
    assert finished(again).text.startswith(texts.sources_counts.format(added=0, replaced=0, unchanged=2, refused=1))
    assert "bad" not in listed(place).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK", ENGLISH.library_damaged.format(name="all.zip")),
        (archive(a_exe=b"x"), ENGLISH.sources_empty_archive.format(name="all.zip")),
        (archive(), ENGLISH.sources_empty_archive.format(name="all.zip")),
    ],
)
def test_an_archive_without_documents_is_refused(place: Place, content: bytes, sentence: str) -> None:
    assert add(place.ada, place.channel, "all.zip", content).text == sentence


def test_who_added_what_is_kept_as_long_as_the_document(program_online: Program, place: Place) -> None:
    def kept() -> list[tuple[Any, ...]]:
        return program_online.read("SELECT person, bytes FROM additions WHERE guild_id = ?", place.guild.id)

    add(place.ada, place.channel, "mill.md", MILL)
    assert kept() == [(place.ada.id, len(MILL.encode()))]
    add(place.ada, place.channel, "mill.md", MILL + "\nIt is old.\n")
    add(place.ada, place.channel, "mill.pdf", b"%PDF-1.7")
    assert kept() == [(place.ada.id, len(MILL.encode()) + 12)]
    remove(place, "The mill")
    assert kept() == []
    add(place.ada, place.channel, "mill.md", MILL)
    finished(place.ada.slash(place.channel, "library clear", name=place.guild.name))
    assert kept() == []
