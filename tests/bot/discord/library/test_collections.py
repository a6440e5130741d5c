"""Who may be answered from what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.library.collections import (
    EVERYBODY,
    MOST_PLACES,
    Audience,
    DocumentAccess,
    Scope,
    guild_collection,
    guild_collections,
)
from bot.settings import Settings
from retrieval import DEFAULT_COLLECTION, SAMPLE_ARTICLE_ID, Indexer, Library
from tests.bot.fakes import HashedWords, make_source

GUILD, OTHER = 11, 12
STAFF = DocumentAccess(channels=frozenset({5}), roles=frozenset({7, 8}))
IDS = st.frozensets(st.integers(1, 2**63 - 1), max_size=MOST_PLACES // 2)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = Library(settings, HashedWords())
    yield library
    library.close()


def add(library: Library, collection: str, words: str) -> str:
    source = make_source(words)
    Indexer(library).add([source], collection)
    return source.id


@given(st.integers(1, 2**63 - 1), IDS, IDS)
def test_a_collections_name_tells_whose_it_is_and_who_may_see_it(
    guild: int, channels: frozenset[int], roles: frozenset[int]
) -> None:
    class Held:
        collections = (guild_collection(guild, DocumentAccess(channels, roles)),)

    class Shelf:
        def manifest(self) -> Held:
            return Held()

    (found,) = guild_collections(Shelf(), guild).values()  # type: ignore[arg-type]
    assert found == DocumentAccess(channels, roles)
    assert len(Held.collections[0]) <= 200
    assert guild_collections(Shelf(), guild + 1) == {}  # type: ignore[arg-type]


def test_no_more_places_than_a_name_has_room_for() -> None:
    with pytest.raises(ValueError, match="8"):
        DocumentAccess(frozenset(range(MOST_PLACES)), frozenset({1}))


@pytest.mark.parametrize(
    ("audience", "admitted"),
    [
        (Audience(GUILD), False),
        (Audience(GUILD, frozenset({6}), (frozenset({9}),)), False),
        (Audience(GUILD, frozenset({5, 6})), True),  # all of them see the channel
        (Audience(GUILD, readers=(frozenset({8, 9}),)), True),  # one person with one of the roles
        (Audience(GUILD, readers=(frozenset({8}), frozenset({7}))), True),
        (Audience(GUILD, readers=(frozenset({8}), frozenset({9}))), False),  # somebody has neither
        (Audience(GUILD, readers=()), True),  # administrators alone
        (Audience(GUILD, sees_all=True), True),
    ],
)
def test_a_limited_document_is_for_audiences_of_which_all_may_see_it(audience: Audience, admitted: bool) -> None:
    assert STAFF.admits(audience) is admitted
    assert EVERYBODY.admits(audience)


def test_a_server_is_answered_from_its_own_and_shared_documents_and_never_from_the_sample(library: Library) -> None:
    own, staff = guild_collection(GUILD), guild_collection(GUILD, STAFF)
    assert Scope.of(library, Audience(GUILD)).collections == ()
    add(library, guild_collection(OTHER), "Another server's rules.")
    Indexer(library).add([])  # the sample article
    assert Scope.of(library, Audience(None)).collections == (DEFAULT_COLLECTION,)
    assert Scope.of(library, Audience(None)).sources.admits(SAMPLE_ARTICLE_ID)
    assert Scope.of(library, Audience(GUILD)).collections == ()
    add(library, own, "The rules.")
    add(library, staff, "What the staff knows.")
    assert Scope.of(library, Audience(GUILD)).collections == (own,)
    assert Scope.of(library, Audience(GUILD, sees_all=True)).collections == (own, staff)
    shared = add(library, DEFAULT_COLLECTION, "What all servers share.")
    found = Scope.of(library, Audience(GUILD))
    assert found.collections == (own, DEFAULT_COLLECTION)
    assert found.sources.admits(shared)
    assert not found.sources.admits(SAMPLE_ARTICLE_ID)
    assert Scope.of(library, Audience(GUILD), shared=False).collections == (own,)
    assert Scope.of(library, Audience(None), shared=False).collections == (DEFAULT_COLLECTION,)
