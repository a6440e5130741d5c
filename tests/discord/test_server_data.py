"""What becomes of a server's data: kept through outages, deleted some time after the bot has left, or at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from filelock import FileLock

from bot.discord.records.server_deletions import COLUMN, TABLE
from bot.discord.texts import LANGUAGES, Texts
from retrieval import Library
from retrieval.files import LOCK
from retrieval.settings import LibrarySettings
from tests.discord.fake import FakeDiscord
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    Place,
    Program,
    add,
    ask,
    finished,
    listed,
    new_place,
    passage_of,
    running_program,
)
from tests.discord.talking import SCRIPT

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
LONG_AGO = "UPDATE server_deletions SET begun = '2020-01-01T00:00:00.000000+00:00'"


@pytest.fixture(scope="module")
def program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with (
        FakeDiscord() as discord,
        running_program(discord, tmp_path_factory.mktemp("server data"), script=SCRIPT) as program,
    ):
        yield program
        assert not program.failures()


@pytest.fixture
def place(program: Program) -> Place:
    return filled(program)


def mill_of(place: Place) -> str:
    """A document that no other server has."""
    return f"{MILL}\nThe number of this mill is {place.guild.id}.\n"


def filled(program: Program, *, locale: str = "en-US") -> Place:
    """A server with a document, an answer from it, a vote and a setting."""
    place = new_place(program.discord, locale=locale)
    add(place.ada, place.channel, "mill.md", mill_of(place))
    answer = ask(place.bruno, place.channel, MILL_QUESTION)
    place.bruno.click(answer, "👍").message()
    finished(place.ada.slash(place.channel, "settings limits", server_day=50))
    return place


def text_file(program: Program, place: Place) -> bool:
    """Whether the text of the server's document lies on the disk."""
    name = hashlib.sha256(mill_of(place).encode()).hexdigest()
    return (program.home / "texts" / f"{name}.txt").exists()


def records_of(program: Program, place: Place) -> set[str]:
    """The tables in which something is kept of a server."""
    tables = [
        name
        for (name,) in program.read("SELECT name FROM sqlite_master WHERE type = 'table'")
        if any(column[1] == COLUMN for column in program.read(f"PRAGMA table_info({name})"))
    ]
    query = f"SELECT 1 FROM {{}} WHERE {COLUMN} = ?"
    return {name for name in tables if program.read(query.format(name), place.guild.id)}


def collections_of(program: Program, place: Place) -> list[str]:
    library = Library(LibrarySettings(home=program.home))
    manifest = library.manifest()
    library.close()
    assert manifest is not None
    return [name for name in manifest.collections if name.startswith(f"guild-{place.guild.id}")]


def clock_runs(program: Program, place: Place) -> bool:
    return bool(program.read(f"SELECT 1 FROM {TABLE} WHERE guild_id = ?", place.guild.id))


def wait_clock(program: Program, place: Place, *, runs: bool) -> None:
    program.discord.wait_until(lambda: clock_runs(program, place) == runs, what="the clock to start or stop")


def wait_gone(program: Program, place: Place) -> None:
    """Wait until nothing is kept of a server."""
    program.discord.wait_until(
        lambda: not (records_of(program, place) or clock_runs(program, place)), PATIENCE, what="the records to go"
    )
    assert not collections_of(program, place)
    assert not text_file(program, place)
    written = [file for file in program.home.rglob("*") if file.is_file()]
    assert not [file for file in written if f"mill is {place.guild.id}".encode() in file.read_bytes()]


def assert_kept(program: Program, place: Place) -> None:
    assert {"answers", "citations", "votes", "server_settings", "server_days", "latencies"} <= records_of(
        program, place
    )
    assert text_file(program, place)


def test_a_server_that_was_left_is_kept_for_a_time_and_then_deleted(program: Program, place: Place) -> None:
    other = filled(program)
    place.guild.remove_bot()
    wait_clock(program, place, runs=True)
    program.restart()
    assert_kept(program, place)
    assert not clock_runs(program, other)
    program.restart(between=[LONG_AGO])
    wait_gone(program, place)
    assert_kept(program, other)


def test_a_return_stops_the_clock_and_finds_everything_as_it_was(program: Program, place: Place) -> None:
    place.guild.remove_bot()
    wait_clock(program, place, runs=True)
    place.guild.invite_bot()
    wait_clock(program, place, runs=False)
    program.restart()
    assert_kept(program, place)
    assert "The mill" in passage_of(listed(place))[1]


def test_a_return_while_the_program_is_stopped_stops_the_clock(program: Program, place: Place) -> None:
    place.guild.remove_bot()
    wait_clock(program, place, runs=True)
    assert program.process.terminate()[0] == 0
    place.guild.invite_bot()
    program.restart(between=[LONG_AGO])
    wait_clock(program, place, runs=False)
    assert_kept(program, place)


def test_an_outage_is_no_departure_not_even_at_the_start(program: Program, place: Place) -> None:
    place.guild.begin_outage()
    ask_elsewhere(program)
    assert not clock_runs(program, place)
    program.restart()
    ask_elsewhere(program)
    assert not clock_runs(program, place)
    place.guild.end_outage()
    assert "The mill" in passage_of(listed(place))[1]


def ask_elsewhere(program: Program) -> None:
    """Let the program answer something, after which it has read every event before."""
    other = new_place(program.discord)
    listed(other)


def test_the_clock_of_a_server_left_in_the_meantime_starts_with_the_program(program: Program, place: Place) -> None:
    assert program.process.terminate()[0] == 0
    place.guild.remove_bot()
    program.restart()
    wait_clock(program, place, runs=True)
    assert_kept(program, place)
    program.restart()  # the clock runs on, it does not begin anew
    program.restart(between=[LONG_AGO])
    wait_gone(program, place)


@pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])
def test_everything_can_be_deleted_now_by_typing_the_name(program: Program, locale: str, texts: Texts) -> None:
    place, other = filled(program), filled(program)
    form = place.ada.slash(place.channel, "settings forget", locale=locale).form()
    assert (form.title, form.fields[0].label) == (texts.deletion_title, texts.deletion_label)
    wrong = place.ada.submit(form, "harbor", locale=locale)
    assert passage_of(wrong.message())[1] == texts.deletion_wrong_name.format(name="Harbour")
    assert_kept(program, place)
    deleted = place.ada.submit(place.ada.slash(place.channel, "settings forget").form(), " harbour ", locale=locale)
    said = passage_of(deleted.message(PATIENCE))[1]
    assert said == texts.deletion_done.format(
        documents=texts.documents(1), answers=texts.answers(1), votes=texts.votes(1)
    )
    assert deleted.ephemeral
    wait_gone(program, place)
    assert_kept(program, other)
    shown = passage_of(place.ada.slash(place.channel, "settings show").message())[1]
    assert ENGLISH.number(3000) in shown  # the default, not the 50 that were set
    add(place.ada, place.channel, "mill.md", mill_of(place))
    assert ask(place.bruno, place.channel, MILL_QUESTION).buttons


def test_only_who_manages_the_server_deletes_everything(program: Program, place: Place) -> None:
    form = place.ada.slash(place.channel, "settings forget").form()
    role = place.guild.record.members[place.ada.id].role_ids.pop()
    refused = place.ada.submit(form, "Harbour").message()
    assert passage_of(refused)[1] == ENGLISH.deletion_not_allowed
    place.guild.record.members[place.ada.id].role_ids.append(role)
    assert_kept(program, place)
    assert not program.read(f"SELECT 1 FROM {TABLE}")


def test_a_deletion_that_was_cut_short_goes_on_at_the_next_start(program: Program, place: Place) -> None:
    ordered = "INSERT INTO server_deletions VALUES ({}, '2026-01-01T00:00:00.000000+00:00', 1)"
    program.restart(between=[ordered.format(place.guild.id)])
    wait_gone(program, place)
    assert place.ada.slash(place.channel, "settings show").message()


def test_who_added_what_is_gone_is_forgotten_at_the_start(program: Program, place: Place) -> None:
    left = "INSERT INTO additions VALUES ({}, 'removed', 7, '2026-01-01T00:00:00.000000+00:00', 1)"
    program.restart(between=[left.format(place.guild.id)])
    rows = "SELECT person FROM additions WHERE guild_id = ?"
    program.discord.wait_until(
        lambda: program.read(rows, place.guild.id) == [(place.ada.id,)], what="the other one to be forgotten"
    )


def test_a_server_that_nothing_is_kept_of_is_deleted_too(program: Program) -> None:
    place = new_place(program.discord)
    form = place.ada.slash(place.channel, "settings forget").form()
    said = passage_of(place.ada.submit(form, "Harbour").message(PATIENCE))[1]
    assert ENGLISH.documents(0) in said
    assert not clock_runs(program, place)


def test_a_deletion_that_has_to_wait_says_so_and_goes_on_by_itself(program: Program, place: Place) -> None:
    with FileLock(program.home / LOCK):
        form = place.ada.slash(place.channel, "settings forget").form()
        said = place.ada.submit(form, "Harbour").message(PATIENCE)
        assert passage_of(said)[1] == ENGLISH.deletion_later
        assert_kept(program, place)
    wait_gone(program, place)
