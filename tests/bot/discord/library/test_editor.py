"""Who may see a document is kept by its new versions, and a change that was cut short is put right by the next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.discord.library.collections import (
    EVERYBODY,
    Audience,
    DocumentAccess,
    guild_collection,
    holding_collections,
)
from bot.discord.library.document_list import documents_of, lost_documents
from bot.discord.library.editor import LibraryEditor
from bot.discord.records.database import Database
from bot.settings import Settings
from retrieval import Indexer, Library, Source, UnknownSourceError
from tests.bot.fakes import HashedWords

GUILD = 11
STAFF, ROLE = DocumentAccess(channels=frozenset({5})), DocumentAccess(roles=frozenset({7}))
ALL, STAFFS, ROLES = (guild_collection(GUILD, access) for access in (EVERYBODY, STAFF, ROLE))
NOBODY_YET, IN_STAFF = Audience(GUILD), Audience(GUILD, frozenset({5}))


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = Library(settings, HashedWords())
    yield library
    library.close()


@pytest.fixture
def editor(library: Library, settings: Settings) -> Iterator[LibraryEditor]:
    database = Database(settings.home)
    editor = LibraryEditor(library, database)
    yield editor
    editor.stop()
    database.close()


def add(editor: LibraryEditor, text: str, access: DocumentAccess = EVERYBODY, by: Audience | None = None) -> Source:
    source, _ = asyncio.run(editor.add(GUILD, "mill.md", text.encode(), access=access, by=by))
    return source


def test_a_new_version_stays_limited_and_one_for_all_is_limited_when_that_is_chosen(
    library: Library, editor: LibraryEditor
) -> None:
    mill = add(editor, "The mill is old.")
    assert holding_collections(library, GUILD, mill.id) == [ALL]
    assert add(editor, "The mill is older.", STAFF).id == mill.id
    assert holding_collections(library, GUILD, mill.id) == [STAFFS]
    add(editor, "The mill is very old.", EVERYBODY)
    assert holding_collections(library, GUILD, mill.id) == [STAFFS]


def test_who_may_not_see_a_document_adds_another_one(library: Library, editor: LibraryEditor) -> None:
    secret = add(editor, "The mill is old.", STAFF)
    other = add(editor, "The mill is new.", by=NOBODY_YET)
    assert other.id != secret.id
    assert add(editor, "The mill is newer.", by=NOBODY_YET).id == other.id
    assert add(editor, "The mill is older.", by=IN_STAFF).id == secret.id
    assert holding_collections(library, GUILD, secret.id) == [STAFFS]


def test_what_was_cut_short_between_two_collections_is_put_right(library: Library, editor: LibraryEditor) -> None:
    mill = add(editor, "The mill is old.")
    Indexer(library).add([mill], STAFFS)  # as if the old version had not gone any more
    assert holding_collections(library, GUILD, mill.id) == [ALL, STAFFS]
    assert [one.id for one in documents_of(library, Audience(GUILD, sees_all=True))[0]] == [mill.id]
    asyncio.run(editor.limit(GUILD, mill.id, ROLE))
    assert holding_collections(library, GUILD, mill.id) == [ROLES]
    Indexer(library).add([mill], STAFFS)
    asyncio.run(editor.remove(GUILD, mill.id))
    assert holding_collections(library, GUILD, mill.id) == []
    for change in (editor.remove(GUILD, mill.id), editor.limit(GUILD, mill.id, ROLE)):
        with pytest.raises(UnknownSourceError):
            asyncio.run(change)


def test_all_are_removed_or_those_that_somebody_sees(library: Library, editor: LibraryEditor) -> None:
    secret = add(editor, "The mill is old.", STAFF)
    add(editor, "The mill is new.", by=NOBODY_YET)
    assert asyncio.run(editor.remove_all(GUILD, NOBODY_YET)) == 1
    assert holding_collections(library, GUILD, secret.id) == [STAFFS]
    assert asyncio.run(editor.remove_all(GUILD)) == 1
    assert asyncio.run(editor.remove_all(GUILD)) == 0


def test_a_document_whose_channels_and_roles_are_gone_is_lost(library: Library, editor: LibraryEditor) -> None:
    mill = add(editor, "The mill is old.", DocumentAccess(frozenset({5}), frozenset({7})))
    assert lost_documents(library, GUILD, {7}) == []
    assert [one.id for one in lost_documents(library, GUILD, {8})] == [mill.id]
    assert not EVERYBODY.is_lost(())
