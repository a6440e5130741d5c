"""Who may ask where, change the library, and delete."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.permissions import AskPermission, may_ask, may_change_library, may_delete
from bot.discord.records.server_settings import ServerSettings

# Few enough that lists and ids meet often.
ID = st.integers(1, 5)
IDS = st.frozensets(ID)
SETTINGS = st.builds(ServerSettings, channels=st.none() | IDS, asking_roles=st.none() | IDS, library_roles=IDS)
PARENT = st.none() | ID


@given(SETTINGS, ID, PARENT, IDS)
def test_who_may_ask_is_in_an_allowed_channel_and_has_an_allowed_role(
    settings: ServerSettings, channel: int, parent: int | None, roles: frozenset[int]
) -> None:
    is_here = settings.channels is None or bool(settings.channels & {channel, parent})
    has_role = settings.asking_roles is None or bool(settings.asking_roles & roles)
    verdict = may_ask(settings, channel, parent, roles, is_direct=False)
    assert (verdict is AskPermission.ALLOWED) == (is_here and has_role)
    assert (verdict is AskPermission.WRONG_CHANNEL) == (not is_here)
    assert (verdict is AskPermission.MISSING_ROLE) == (is_here and not has_role)


@given(SETTINGS, ID, PARENT, IDS)
def test_in_direct_messages_everybody_may_ask(
    settings: ServerSettings, channel: int, parent: int | None, roles: frozenset[int]
) -> None:
    assert may_ask(settings, channel, parent, roles, is_direct=True) is AskPermission.ALLOWED


@given(ID, PARENT, IDS)
def test_no_list_lets_everybody_ask_everywhere_and_an_empty_one_nobody(
    channel: int, parent: int | None, roles: frozenset[int]
) -> None:
    assert may_ask(ServerSettings(), channel, parent, roles, is_direct=False) is AskPermission.ALLOWED
    nowhere, nobody = ServerSettings(channels=frozenset()), ServerSettings(asking_roles=frozenset())
    assert may_ask(nowhere, channel, parent, roles, is_direct=False) is AskPermission.WRONG_CHANNEL
    assert may_ask(nobody, channel, parent, roles, is_direct=False) is AskPermission.MISSING_ROLE


@given(SETTINGS, ID, ID, IDS)
def test_a_thread_counts_as_its_channel(
    settings: ServerSettings, thread: int, parent: int, roles: frozenset[int]
) -> None:
    listed = replace(settings, channels=(settings.channels or frozenset()) | {parent})
    assert may_ask(listed, thread, parent, roles, is_direct=False) is may_ask(
        listed, parent, None, roles, is_direct=False
    )


@given(SETTINGS, IDS)
def test_the_library_is_for_those_who_manage_the_server_or_have_a_role_for_it(
    settings: ServerSettings, roles: frozenset[int]
) -> None:
    assert may_change_library(settings, roles, can_manage_server=True)
    has_role = bool(settings.library_roles & roles)
    assert may_change_library(settings, roles, can_manage_server=False) == has_role
    nobody = replace(settings, library_roles=frozenset())
    assert not may_change_library(nobody, roles, can_manage_server=False)


@given(PARENT, ID)
def test_an_answer_is_deleted_by_its_asker_or_a_moderator(asker: int | None, person: int) -> None:
    assert may_delete(asker, person, can_manage_messages=True)
    assert may_delete(asker, person, can_manage_messages=False) == (asker == person)
