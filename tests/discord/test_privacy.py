"""What is left of people, questions and answers on disk after a day of all kinds, and after Delete."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot import Settings
from bot.discord.records.database import FILE, FOLDER
from bot.discord.records.pseudonyms import KEY_FILE
from bot.discord.texts import LANGUAGES
from retrieval import Indexer, Library, OnnxEmbeddings
from tests.discord.fake import Permission, Person
from tests.discord.one_program import (
    PATIENCE,
    QUESTION,
    QUOTE,
    Place,
    Program,
    add,
    answer_id,
    ask,
    forge,
    listed,
    new_place,
    rows_about,
    shared_program,
    wait_deleted,
)
from tests.discord.shared_article import SHARED_ARTICLE

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
FAILED = "reference: `"
# Words that stand in nothing but questions and reasons, and how the scripted chat model begins.
QUESTION_WORDS = [f"quokka{letter}" for letter in "abcdefghijklmnop"]
SENT, WITHDRAWN, DELETED = "wombat", "numbat", "bilby"
MILL = "Cite who raised the mill at the harbour?"
ANSWER_WORDS = "turns, @everyone"


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture(scope="module")
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.fixture
def fresh(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.fixture(scope="module")
def used(program_online: Program, place: Place) -> Program:
    """The program after a day in which everything has happened, also what goes wrong."""
    ada, bruno, channel, discord = place.ada, place.bruno, place.channel, program_online.discord
    word = iter(QUESTION_WORDS)

    def question() -> str:
        return f"What about the {next(word)} of {ada.name}?"

    # Who adds a document is kept, for the list of documents.
    librarian = place.guild.add_member("Lia", permissions=Permission.MANAGE_GUILD)
    add(librarian, channel, "mill.md", "# The mill\n\nThe mill was raised in 1911.")
    answer = ask(ada, channel, question())
    ask(bruno, channel, question(), private=True)
    bruno.say(channel, f"{question()} {ada.mention}", mention_bot=True).final(PATIENCE)
    bruno.say(channel, question(), reply_to=answer, mention_bot=True).final(PATIENCE)
    bruno.dm(question()).final(PATIENCE)
    bruno.menu(ada.say(channel, question()).said, "Ask about this message").final(PATIENCE)
    bruno.submit(bruno.click(answer, "💬").form(), question()).final(PATIENCE)
    ask(ada, bruno.start_thread(answer), question())
    ask(ada, channel, f"Really what triggered the protests, {question()}?")
    ada.click(answer, "Show passage").message()
    ada.click(answer, "👍").message()
    bruno.click(answer, "👎").form()

    # What goes wrong, and is logged.
    discord.faults.refuse("PATCH", r"/messages/@original$", 400, 50035, "Invalid Form Body")
    assert FAILED in ada.slash(channel, "ask", question=question()).message(PATIENCE).text
    discord.faults.refuse("POST", r"/callback$", 404, 10062, "Unknown interaction")
    ada.slash(channel, "ask", question=question())
    channel.wait_message(PATIENCE, until=lambda message: QUESTION_WORDS[10] in message.text)
    discord.faults.rate_limit("POST", r"/channels/[0-9]+/messages$")
    bruno.dm(question()).final(PATIENCE)
    failures = len(program_online.failures())
    discord.faults.drop_before("PATCH", r"/messages/@original$", times=9)
    ada.slash(channel, "ask", question=question())
    discord.wait_until(lambda: len(program_online.failures()) > failures, PATIENCE, "another failure in the log")
    discord.faults.clear()
    with closing(sqlite3.connect(program_online.home / FOLDER / FILE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert FAILED in ada.slash(channel, "ask", question=question()).message(PATIENCE).text
        connection.execute("ROLLBACK")
    closed = place.guild.add_channel("closed")
    closed.deny(Permission.SEND_MESSAGES)
    bruno.close_dms()
    said = bruno.say(closed, question(), mention_bot=True)
    program_online.process.wait_for_line("may not write")
    said.silence(0)
    bruno.close_dms(closed=False)
    assert not list(word)[1:]
    return program_online


def files_with(home: Path, needles: Sequence[bytes]) -> list[tuple[str, bytes]]:
    """Which of these words stand in which files, whatever these are."""
    contents = {path: path.read_bytes().lower() for path in sorted(home.rglob("*")) if path.is_file()}
    return [
        (str(path.relative_to(home)), needle)
        for path, data in contents.items()
        for needle in needles
        if needle.lower() in data
    ]


def ids_of(people: Sequence[Person]) -> list[bytes]:
    """The ids of people, as text and as SQLite writes numbers."""
    return [form for person in people for form in (str(person.id).encode(), person.id.to_bytes(8, "big"))]


def test_no_file_knows_who_asked_what_or_what_was_answered(used: Program, place: Place) -> None:
    names = [surname.encode() for surname in ("Lovelace", "Corti")]
    said = [word.encode() for word in (*QUESTION_WORDS, ANSWER_WORDS)]
    assert files_with(used.home, [*ids_of([place.ada, place.bruno]), *names, *said]) == []
    # That words are found where they stand, and that the folder is the one in use.
    assert {
        Path(name).parts[0] for name, _ in files_with(used.home, [b"raised in 1911", b"failed", b"Kazakhstan"])
    } >= {
        "texts",
        "logs",
        "manifest.json",
        FOLDER,
    }
    assert [path.name for path in used.home.parent.iterdir()] == ["home"]


def test_the_program_prints_nothing_about_people_either(used: Program, place: Place) -> None:
    printed = "\n".join(used.process.lines)
    assert "may not write" in printed
    for person in (place.ada, place.bruno):
        assert str(person.id) not in printed
        assert not any(name in printed for name in person.name.split())
    assert not any(word in printed for word in QUESTION_WORDS)


def test_the_records_hold_places_and_no_words(used: Program, place: Place) -> None:
    with closing(sqlite3.connect(f"file:{used.home / FOLDER / FILE}?mode=ro", uri=True)) as connection:
        dumped = "\n".join(connection.iterdump())
    assert QUOTE not in dumped
    assert "Kazakhstan protests" in dumped
    assert used.read("SELECT DISTINCT reason, question FROM votes WHERE guild_id = ?", place.guild.id) == [(None, None)]
    voters = {voter for (voter,) in used.read("SELECT voter FROM votes WHERE guild_id = ?", place.guild.id)}
    askers = {person for (person,) in used.read("SELECT person FROM person_days")}
    assert len(voters) == 2
    assert not voters & askers


def test_nobody_else_on_the_machine_may_look(used: Program) -> None:
    private = [used.home / FOLDER, used.home / "logs"]
    assert [oct(path.stat().st_mode & 0o077) for path in private] == ["0o0", "0o0"]
    records = [used.home / FOLDER / name for name in (FILE, f"{FILE}-wal", KEY_FILE)]
    assert [oct(path.stat().st_mode & 0o077) for path in records] == ["0o0"] * 3


def test_a_sent_form_keeps_its_question_until_it_is_withdrawn_or_deleted(used: Program, place: Place) -> None:
    answers = [ask(place.ada, place.channel, f"And the {word}?") for word in (SENT, WITHDRAWN, DELETED)]
    for answer, word in zip(answers, (SENT, WITHDRAWN, DELETED), strict=True):
        form = place.bruno.click(answer, "👎").form()
        assert place.bruno.submit(form, f"No {word} in it").message().text == ENGLISH.reason_stored
    place.bruno.click(answers[1], "👍").message()
    place.ada.click(answers[2], "Delete")
    kept = "SELECT question FROM votes WHERE reason IS NOT NULL AND guild_id = ?"
    used.discord.wait_until(
        lambda: used.read(kept, place.guild.id) == [(f"And the {SENT}?",)],
        what="one question to be left",
    )
    words = [word.encode() for word in (SENT, WITHDRAWN, DELETED)]
    # What was deleted leaves SQLite's log a moment after it has left the table.
    used.discord.wait_until(
        lambda: {word for _, word in files_with(used.home, words)} == {SENT.encode()},
        what="the other questions to leave the disk",
    )
    assert {Path(name).parts[0] for name, _ in files_with(used.home, words)} == {FOLDER}


# Delete


def test_who_asked_deletes_the_answer_with_all_that_is_kept_about_it(program_online: Program, fresh: Place) -> None:
    said = fresh.bruno.say(fresh.channel, QUESTION, mention_bot=True).final(PATIENCE)
    answers = [(fresh.bruno, ask(fresh.bruno, fresh.channel, private=private)) for private in (True, False)]
    for person, answer in [*answers, (fresh.bruno, said), (fresh.ada, fresh.ada.dm("What happened?").final(PATIENCE))]:
        person.click(answer, "👍").message()
        assert all(rows_about(program_online, answer))
        person.click(answer, "Delete")
        wait_deleted(program_online, answer)


def test_a_moderator_may_delete_and_others_may_not(program_online: Program, fresh: Place) -> None:
    answer = ask(fresh.bruno, fresh.channel)
    fresh.bruno.click(answer, "👍").message()
    for other in (fresh.ada, fresh.guild.add_member("Carla")):  # Ada manages the server, but not its messages
        refused = other.click(answer, "Delete", locale="it")
        assert refused.message().text == ITALIAN.delete_not_allowed
        assert refused.ephemeral
    assert all(rows_about(program_online, answer))
    moderator = fresh.guild.add_member("Mo", permissions=Permission.MANAGE_MESSAGES)
    moderator.click(answer, "Delete")
    wait_deleted(program_online, answer)


def test_deleting_twice_at_once_is_no_failure(program_online: Program, fresh: Place) -> None:
    failures = program_online.failures()
    deletion = ("DELETE", r"/messages/@original$")
    program_online.discord.faults.slow(*deletion, 0.3)
    answer = ask(fresh.ada, fresh.channel)
    before = len(program_online.discord.requests(*deletion))
    first, second = (fresh.ada.click(answer, "Delete") for _ in range(2))
    wait_deleted(program_online, answer)
    program_online.discord.wait_for_request(*deletion, count=before + 2)
    statuses = [request.status for request in program_online.discord.requests(*deletion)[before:]]
    assert sorted(status or 0 for status in statuses) == [204, 404]
    # Whoever came second is told nothing but that the click arrived.
    for click in (first, second):
        assert click.deferred
        assert not click.followups
    assert program_online.failures() == failures


def test_deleting_leaves_no_records_when_the_connection_breaks(program_online: Program, fresh: Place) -> None:
    answer = ask(fresh.ada, fresh.channel)
    fresh.bruno.click(answer, "👍").message()
    assert all(rows_about(program_online, answer))
    program_online.discord.faults.drop_after("DELETE", r"/messages/@original$")
    fresh.ada.click(answer, "Delete")
    wait_deleted(program_online, answer)


def test_a_forged_button_deletes_nothing_of_another_server(program_online: Program, fresh: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    theirs = ask(other.ada, other.channel)
    other.ada.click(theirs, "👍").message()
    mine = ask(fresh.ada, fresh.channel)
    forge(fresh.ada, mine, f"pullquote:delete:{answer_id(theirs)}:{fresh.ada.id}")
    program_online.discord.wait_until(lambda: program_online.discord.message(mine.id) is None, what="the deletion")
    assert all(rows_about(program_online, theirs))


# Servers are kept apart


def test_a_document_is_known_in_its_own_server_only(program_online: Program, fresh: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    add(fresh.ada, fresh.channel, "mill.md", "# The mill\n\nThe mill at the harbour was raised by Carla Neri in 1911.")
    assert "Carla Neri" in ask(fresh.bruno, fresh.channel, MILL).text
    for answer in (
        ask(other.ada, other.channel, MILL),
        other.ada.say(other.channel, MILL, mention_bot=True).final(PATIENCE),
        other.ada.dm(MILL).final(PATIENCE),
    ):
        assert "Carla" not in answer.text
        assert "mill.md" not in answer.text
    assert "The mill" not in other.ada.slash(other.channel, "library list").message().text
    nothing = ENGLISH.library_status_own.format(documents="0 documents", passages="0 passages")
    assert nothing in other.ada.slash(other.channel, "library status").message().text
    for shared in (ask(other.ada, other.channel), other.ada.dm(QUESTION).final(PATIENCE)):
        assert "Kazakhstan protests" in shared.text


@pytest.fixture
def without_article(program_online: Program, embeddings: OnnxEmbeddings) -> Iterator[None]:
    """Take the shared article away, as ``pullquote sources remove`` does, and put it back."""
    library = Library(Settings(home=program_online.home), embeddings)
    Indexer(library).remove([SHARED_ARTICLE.id])
    yield
    Indexer(library).add([SHARED_ARTICLE], wait_seconds=PATIENCE)
    library.close()


@pytest.mark.usefixtures("without_article")
def test_an_empty_library_says_so_until_something_is_added(fresh: Place) -> None:
    assert fresh.ada.slash(fresh.channel, "ask", question=MILL).message(PATIENCE).text == ENGLISH.library_empty_add
    assert fresh.bruno.dm(MILL).message(PATIENCE).text == ENGLISH.library_empty_direct
    assert listed(fresh).text == ENGLISH.library_empty_add
    assert "0 documents" in fresh.ada.slash(fresh.channel, "about").message().text
    assert "0 documents, 0 passages" in fresh.ada.slash(fresh.channel, "library status").message().text
    add(fresh.ada, fresh.channel, "mill.md", "# The mill\n\nThe mill at the harbour was raised by Carla Neri in 1911.")
    assert "Carla" in ask(fresh.bruno, fresh.channel, MILL).text
