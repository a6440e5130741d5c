"""``/library list|remove|clear|status`` against the program in its own process, and who may use them."""

from __future__ import annotations

import hashlib

import pytest
from filelock import FileLock

from bot.discord.texts import LANGUAGES
from retrieval.files import LOCK
from retrieval.loaders.article import ARTICLE_TITLE
from tests.discord.discord_markdown import active, words
from tests.discord.fake import Permission, Person
from tests.discord.one_program import (
    MANY,
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
    new_role,
    passage_of,
    remove,
    shared_program,
    titles_in,
)

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


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
    assert not set(active(titles_in(passage_of(list_of_all)[1]))) - {"bold", "list"}
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
    assert remove(place, "The old mill").endswith("I no longer answer from it.")
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


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_change_waits_for_another_process_and_says_so(program_online: Program, place: Place, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    add(place.ada, place.channel, "mill.md", MILL)
    with FileLock(program_online.home / LOCK):
        removing = place.ada.slash(place.channel, "library remove", document="The mill", locale=language)
        assert removing.message().text == texts.library_waiting
        file = ("inn.md", b"# The inn\n\nThe inn is old.")
        adding = place.ada.slash(place.channel, "library add", file=file, locale=language)
        adding.message(PATIENCE, until=lambda state: state.text == texts.library_waiting)
        assert "Carla" in ask(place.bruno, place.channel, MILL_QUESTION).text
        assert "The inn" not in listed(place).text
    assert finished(removing).text == texts.library_removed.format(title="The mill")
    assert finished(adding).text == texts.library_added.format(title="The inn")
    with FileLock(program_online.home / LOCK):
        clearing = place.ada.slash(place.channel, "library clear", name=place.guild.name, locale=language)
        assert clearing.message().text == texts.library_waiting
    assert texts.documents(1) in finished(clearing).text
