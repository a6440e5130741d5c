"""Who may ask where, change the library, and delete."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.permissions import Asker, AskPermission, may_ask, may_change_library, may_delete
from bot.discord.records.server_settings import ServerSettings

# Few enough that lists and ids meet often.
ID = st.integers(1, 5)
IDS = st.frozensets(ID)
SETTINGS = st.builds(
    ServerSettings,
    channels=st.none() | IDS,
    asking_roles=st.none() | IDS,
    denied_channels=IDS,
    denied_roles=IDS,
    denied_people=IDS,
    library_roles=IDS,
)
PLACE = st.frozensets(ID, min_size=1)
MEMBER = st.builds(Asker, ID, IDS)
ANYBODY = st.builds(Asker, ID, IDS, st.booleans())
NOBODY = frozenset[int]()


@given(SETTINGS, PLACE, MEMBER)
def test_who_may_ask_is_in_an_allowed_channel_has_an_allowed_role_and_is_not_denied(
    settings: ServerSettings, place: frozenset[int], asker: Asker
) -> None:
    is_here = (settings.channels is None or bool(settings.channels & place)) and not settings.denied_channels & place
    is_denied = asker.id in settings.denied_people or bool(settings.denied_roles & asker.role_ids)
    has_role = settings.asking_roles is None or bool(settings.asking_roles & asker.role_ids)
    verdict = may_ask(settings, place, asker, is_direct=False)
    assert (verdict is AskPermission.ALLOWED) == (is_here and has_role and not is_denied)
    assert (verdict is AskPermission.WRONG_CHANNEL) == (not is_here)
    assert (verdict is AskPermission.DENIED) == (is_here and is_denied)
    assert (verdict is AskPermission.MISSING_ROLE) == (is_here and not is_denied and not has_role)


@given(SETTINGS, PLACE, MEMBER)
def test_who_manages_the_server_is_never_locked_out_and_answered_alone_where_nobody_else_is(
    settings: ServerSettings, place: frozenset[int], asker: Asker
) -> None:
    verdict = may_ask(settings, place, replace(asker, manages_server=True), is_direct=False)
    wrong = may_ask(settings, place, asker, is_direct=False) is AskPermission.WRONG_CHANNEL
    assert verdict is (AskPermission.ALLOWED_ALONE if wrong else AskPermission.ALLOWED)


@given(SETTINGS, PLACE, ANYBODY)
def test_in_direct_messages_everybody_may_ask(settings: ServerSettings, place: frozenset[int], asker: Asker) -> None:
    assert may_ask(settings, place, asker, is_direct=True) is AskPermission.ALLOWED


@given(PLACE, MEMBER)
def test_no_list_lets_everybody_ask_everywhere_and_an_empty_one_nobody(place: frozenset[int], asker: Asker) -> None:
    assert may_ask(ServerSettings(), place, asker, is_direct=False) is AskPermission.ALLOWED
    nowhere, nobody = ServerSettings(channels=NOBODY), ServerSettings(asking_roles=NOBODY)
    assert may_ask(nowhere, place, asker, is_direct=False) is AskPermission.WRONG_CHANNEL
    assert may_ask(nobody, place, asker, is_direct=False) is AskPermission.MISSING_ROLE


@given(SETTINGS, PLACE, ID, MEMBER)
def test_a_thread_counts_as_its_channel_and_a_channel_as_its_category(
    settings: ServerSettings, place: frozenset[int], above: int, asker: Asker
) -> None:
    allowed = replace(settings, channels=(settings.channels or NOBODY) | {above}, denied_channels=NOBODY)
    denied = replace(settings, denied_channels=settings.denied_channels | {above})
    assert may_ask(allowed, place | {above}, asker, is_direct=False) is not AskPermission.WRONG_CHANNEL
    assert may_ask(denied, place | {above}, asker, is_direct=False) is AskPermission.WRONG_CHANNEL


@given(SETTINGS, IDS)
def test_the_library_is_for_those_who_manage_the_server_or_have_a_role_for_it(
    settings: ServerSettings, roles: frozenset[int]
) -> None:
    assert may_change_library(settings, roles, can_manage_server=True)
    has_role = bool(settings.library_roles & roles)
    assert may_change_library(settings, roles, can_manage_server=False) == has_role
    nobody = replace(settings, library_roles=frozenset())
    assert not may_change_library(nobody, roles, can_manage_server=False)


@given(st.none() | ID, ID)
def test_an_answer_is_deleted_by_its_asker_or_a_moderator(asker: int | None, person: int) -> None:
    assert may_delete(asker, person, can_manage_messages=True)
    assert may_delete(asker, person, can_manage_messages=False) == (asker == person)
