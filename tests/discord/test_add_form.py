"""The form that ``/library add`` opens without a file: several files at once, each told of for itself."""

from __future__ import annotations

import pytest

from bot.discord.library.document_list import FORMATS
from bot.discord.texts import LANGUAGES
from tests.discord.discord_markdown import active, words
from tests.discord.fake.forms import Values
from tests.discord.fake.seen import Message
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    Place,
    Program,
    ask,
    finished,
    listed,
    new_place,
    shared_program,
)
from tests.discord.staff_room import choose, new_staff_room

ENGLISH = LANGUAGES["en"]
INN = "# The inn\n\nThe inn at the market was opened by Dora Bini in 1920.\n"


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


def sent(place: Place, values: Values, language: str = "en-GB") -> Message:
    """Open the form, fill it in, send it, and give the last word."""
    form = place.ada.slash(place.channel, "library add", locale=language).form()
    assert [field.required for field in form.fields] == [False, False]
    return finished(place.ada.submit(form, values, locale=language))


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_several_files_are_added_and_a_bad_one_stops_no_other(place: Place, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    files = [
        ("mill.md", MILL.encode()),
        ("bad.pdf", b"%PDF-1.7"),
        ("inn.md", INN.encode()),
        ("a.exe", b"x"),
        ("e.md", b""),
    ]
    told = sent(place, {texts.add_form_files: files}, language)
    assert not told.pings
    assert [words(line).removeprefix("- ") for line in told.text.splitlines()] == [
        texts.sources_counts.format(added=2, replaced=0, unchanged=0, refused=3),
        texts.library_format.format(name="a.exe", formats=FORMATS),
        texts.library_damaged.format(name="bad.pdf"),
        texts.library_blank.format(name="e.md"),
        words(texts.sources_line_added.format(title="The mill", name=" (mill.md)")),
        words(texts.sources_line_added.format(title="The inn", name=" (inn.md)")),
    ]
    assert "Carla Neri" in ask(place.bruno, place.channel, MILL_QUESTION).text
    assert "Dora Bini" in ask(place.bruno, place.channel, "Cite who opened the inn at the market?").text
    again = [("mill.md", MILL.encode()), ("inn.md", INN.replace("1920", "1921").encode())]
    counts = texts.sources_counts.format(added=0, replaced=1, unchanged=1, refused=0)
    assert sent(place, {texts.add_form_files: again}, language).text.startswith(counts)


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_files_of_the_same_name_do_not_replace_each_other(place: Place, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    files = [("mill.md", MILL.encode()), ("mill.md", INN.encode()), ("inn.md", INN.encode())]
    told = words(sent(place, {texts.add_form_files: files}, language).text)
    assert told.count(words(texts.sources_same_name.format(name="mill.md"))) == 2
    assert "The inn" in told
    assert "The mill" not in listed(place).text


def test_ten_files_come_in_one_form_and_a_long_report_is_attached_whole(place: Place) -> None:
    title = "👩‍🌾*" * 60
    files = [(f"{number}.md", f"# {number:02} {title}\n\nOld.".encode()) for number in range(10)]
    told = sent(place, {ENGLISH.add_form_files: files})
    assert ENGLISH.sources_counts.format(added=10, replaced=0, unchanged=0, refused=0) in told.text
    assert set(active(told.text)) <= {"bold", "list"}


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_form_with_nothing_or_both_says_what_to_do(place: Place, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    assert sent(place, {}, language).text == texts.add_form_empty
    files = [("mill.md", MILL.encode())]
    both: Values = {texts.add_form_files: files, texts.add_form_address: "https://site.example/"}
    assert sent(place, both, language).text == texts.add_form_both
    assert "The mill" not in listed(place).text


def test_who_may_not_change_the_library_gets_no_form(place: Place) -> None:
    refused = place.bruno.slash(place.channel, "library add").message()
    assert refused.text == ENGLISH.library_not_allowed


def test_files_of_a_form_from_a_staff_channel_are_asked_about_first(place: Place) -> None:
    room = new_staff_room(place)
    form = room.carla.slash(room.channel, "library add").form()
    adding = room.carla.submit(form, {ENGLISH.add_form_files: [("mill.md", MILL.encode()), ("inn.md", INN.encode())]})
    assert adding.ephemeral
    added = choose(room.carla, adding, "channel")
    assert ENGLISH.sources_counts.format(added=2, replaced=0, unchanged=0, refused=0) in added.text
    assert "The mill" in listed(place, room.carla).text
    assert "The mill" not in listed(place, place.bruno).text
    assert "Carla Neri" not in ask(place.bruno, place.channel, MILL_QUESTION).text


def test_who_loses_the_right_before_sending_the_form_adds_nothing(program_online: Program, place: Place) -> None:
    form = place.ada.slash(place.channel, "library add").form()
    with program_online.discord.world.lock:
        place.guild.record.members[place.ada.id].role_ids.clear()
    told = place.ada.submit(form, {ENGLISH.add_form_files: [("mill.md", MILL.encode())]}).message()
    assert told.text == ENGLISH.library_not_allowed
    assert "The mill" not in listed(place).text
