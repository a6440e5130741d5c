"""``/library list|add|remove|clear|status`` against the program in its own process."""

from __future__ import annotations

import hashlib
import re

import pytest
from filelock import FileLock

from bot.discord.library.listing import FORMATS
from bot.discord.texts import LANGUAGES
from retrieval.files import LOCK
from retrieval.loaders import ARTICLE_TITLE
from tests.discord.discord_markdown import active, words
from tests.discord.fake import Permission, Person, payloads
from tests.discord.one_program import (
    MANY,
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
    new_role,
    passage_of,
    remove,
    shared_program,
)
from tests.discord.scripts.conversations import SLOW

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
MILL = "# The mill\n\nThe mill at the harbour was raised by Carla Neri in 1911.\n"
MILL_QUESTION = "Cite who raised the mill at the harbour?"


@pytest.fixture(scope="module")
def both(
    programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Program, Place]:
    return shared_program(request, tmp_path_factory)


@pytest.fixture
def program_online(both: tuple[Program, Place]) -> Program:
    return both[0]


@pytest.fixture
def large(both: tuple[Program, Place]) -> Place:
    return both[1]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


# Adding


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
        assert not set(active(state.text)) - {"bold", "list"}
        assert "\u202e" not in state.text
    answer = ask(place.bruno, place.channel, "Really who raised the mill?")
    assert not set(active(passage_of(answer)[1])) - {"small print"}
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


# Who may


def test_only_who_manages_the_server_or_has_an_allowed_role_may_change_the_library(
    program_online: Program, place: Place
) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    keepers, others = new_role(place, "Keepers"), new_role(place, "Others")
    moderator = place.guild.add_member("Mo", permissions=Permission.MANAGE_MESSAGES, roles=[others])
    keeper = place.guild.add_member("Kim", roles=[keepers])
    administrator = place.guild.add_member("Al", permissions=Permission.ADMINISTRATOR)

    def tried(person: Person) -> list[str]:
        calls = (
            person.slash(place.channel, "library add", file=("inn.md", b"# The inn\n\nThe inn is old.")),
            person.slash(place.channel, "library remove", document="The mill"),
        )
        assert all(call.ephemeral for call in calls)
        return [finished(call).text for call in calls]

    for person in (place.bruno, moderator, keeper):
        assert tried(person) == [ENGLISH.library_not_allowed] * 2
    set_up = place.ada.slash(place.channel, "settings roles", purpose="change the library", add=keepers)
    assert keepers.mention in set_up.message().text
    refusal = ENGLISH.library_not_allowed_roles.format(roles=keepers.mention)
    for person in (place.bruno, moderator):
        assert tried(person) == [refusal] * 2
    assert "The mill" in listed(place, place.bruno).text
    assert "The inn" not in listed(place, moderator).text
    assert tried(keeper) == [
        ENGLISH.library_added.format(title="The inn"),
        ENGLISH.library_removed.format(title="The mill"),
    ]
    assert add(administrator, place.channel, "mill.md", MILL).text == ENGLISH.library_added.format(title="The mill")
    other = new_place(program_online.discord, "Mountain")
    other.guild.add_member(keeper)
    refused = keeper.slash(other.channel, "library add", file=("inn.md", b"# The inn\n\nThe inn is old."))
    assert refused.message().text == ENGLISH.library_not_allowed


# Listing and removing


def test_a_long_list_is_attached_whole_and_suggestions_fit(large: Place) -> None:
    list_of_all = listed(large)
    assert not set(active(passage_of(list_of_all)[1])) - {"bold", "list"}
    whole = list_of_all.files["library.md"].decode("utf-8")
    assert all(f"- {number:02} " in whole for number in range(MANY))
    assert ENGLISH.library_list_rest in list_of_all.text
    assert f"- {ARTICLE_TITLE}" in whole
    choices = large.ada.complete(large.channel, "library remove", "document", "").choices()
    assert len(choices) == 25
    assert all(0 < len(choice.name) <= 100 and len(str(choice.value)) <= 100 for choice in choices)
    (last,) = large.ada.complete(large.channel, "library remove", "document", f"{MANY - 1} 👩").choices()
    assert remove(large, str(last.value)).startswith(f"**{MANY - 1} 👩")
    assert not large.ada.complete(large.channel, "library remove", "document", f"{MANY - 1} 👩").choices()
    assert not large.ada.complete(large.channel, "library remove", "document", "Kazakhstan").choices()


def test_a_document_is_removed_by_its_typed_title(program_online: Program, place: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    add(other.ada, other.channel, "inn.md", "# The inn\n\nThe inn is old.")
    add(place.ada, place.channel, "mill.md", "# The *old*  mill\n\nThe mill is old.")
    (theirs,) = other.ada.complete(other.channel, "library remove", "document", "").choices()
    for title in ("The inn", str(theirs.value), "@everyone"):
        assert remove(place, title) == ENGLISH.library_unknown.format(name=title)
    assert remove(place, ARTICLE_TITLE) == ENGLISH.library_shared_stays.format(title=ARTICLE_TITLE)
    # As it is shown, whatever white space it was written with.
    assert remove(place, "The *old* mill").endswith("I no longer answer from it.")
    assert "The inn" in listed(other).text


def test_a_servers_library_is_deleted_when_its_name_is_typed_and_no_other_is(
    program_online: Program, place: Place
) -> None:
    other = new_place(program_online.discord, "Mountain")
    add(other.ada, other.channel, "inn.md", "# The inn\n\nThe inn is old.")
    secret = f"The safe of harbour {place.guild.id} opens to the left."
    add(place.ada, place.channel, "safe.md", f"# The safe\n\n{secret}")
    add(place.ada, place.channel, "mill.md", MILL)

    def clear(person: Person, name: str) -> str:
        return words(passage_of(finished(person.slash(place.channel, "library clear", name=name)))[1])

    assert clear(place.bruno, place.guild.name) == ENGLISH.library_not_allowed
    for name in ("Mountain", "x", "harbour!"):
        assert clear(place.ada, name).startswith("Nothing was removed.")
    assert "- The safe" in listed(place).text
    index = program_online.home / "index"
    before = {path.name for path in index.iterdir()}
    assert clear(place.ada, " HARBOUR ") == ENGLISH.library_cleared.format(documents="2 documents")
    assert "The safe" not in listed(place).text
    assert "left" not in ask(place.ada, place.channel, "Cite to which side the safe opens?").text
    assert "The inn" in listed(other).text
    stored = (
        program_online.home / "texts" / f"{hashlib.sha256(f'# The safe{chr(10) * 2}{secret}'.encode()).hexdigest()}.txt"
    )
    assert not stored.exists()
    assert len(before - {path.name for path in index.iterdir()}) == 1
    assert clear(place.ada, "Harbour") == ENGLISH.library_clear_empty


def test_a_title_that_two_documents_have_is_told_apart(place: Place) -> None:
    for name in ("mill.md", "old-mill.md"):
        add(place.ada, place.channel, name, f"# The mill\n\nThe mill is in {name}.")
    assert listed(place).text.count("- The mill") == 2
    choices = place.ada.complete(place.channel, "library remove", "document", "The mill").choices()
    assert len({choice.name for choice in choices}) == 2
    assert remove(place, "The mill") != ENGLISH.library_unknown.format(name="The mill")


def test_status_counts_and_proves_every_text(program_online: Program, place: Place) -> None:
    text = f"# The mill\n\nThe mill number {place.guild.id} is old."
    add(place.ada, place.channel, "mill.md", text)
    sound = place.bruno.slash(place.channel, "library status")
    assert sound.ephemeral
    assert ENGLISH.library_status_own.format(documents="1 document", passages="1 passage") in sound.message().text
    assert ENGLISH.library_status_sound in sound.message().text
    stored = program_online.home / "texts" / f"{hashlib.sha256(text.encode()).hexdigest()}.txt"
    stored.write_text("else", "utf-8")
    damaged = place.bruno.slash(place.channel, "library status").message()
    assert "The mill" in damaged.text
    assert ENGLISH.library_status_sound not in damaged.text
    stored.write_text(text, "utf-8")


# In the way


def test_a_library_that_somebody_else_changes_is_busy_and_still_answers(program_online: Program, place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    lock = FileLock(program_online.home / LOCK)
    with lock:
        removing = place.ada.slash(place.channel, "library remove", document="The mill")
        assert removing.message().text == ENGLISH.library_busy
        adding = place.ada.slash(place.channel, "library add", file=("inn.md", b"# The inn\n\nThe inn is old."))
        assert "Carla" in ask(place.bruno, place.channel, MILL_QUESTION).text
        assert finished(adding).text == ENGLISH.library_busy
    assert "The inn" not in listed(place).text
    assert remove(place, "The mill").endswith("I no longer answer from it.")


def test_a_file_that_cannot_be_fetched_is_told_with_a_reference(program_online: Program, place: Place) -> None:
    program_online.discord.faults.refuse("GET", "/attachments/", 404, 0)
    told = add(place.ada, place.channel, "mill.md", MILL).text
    assert re.search("reference: `[2-9A-Z]{6}`", told)
    assert add(place.ada, place.channel, "mill.md", MILL).text == ENGLISH.library_added.format(title="The mill")
