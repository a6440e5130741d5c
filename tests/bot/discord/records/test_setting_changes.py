"""Changes of settings, one by one and together, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records.server_settings import CHANNEL_FIELDS, ROLE_FIELDS, ServerSettings, ids_in
from bot.discord.records.setting_changes import (
    ALL_WITHOUT,
    LastOneError,
    Refusal,
    RefusedChangeError,
    ServerFacts,
    consistent,
    contradictions,
    emptied,
    fingerprint,
    list_change,
    option_change,
    removal,
    together,
    value_change,
    without,
)

IDS = st.frozensets(st.integers(1, 6))
LIST = st.sampled_from(["channels", "asking_roles", "denied_channels", "library_roles"])
SERVER = ServerFacts(everyone=100, owner=200, categories={1: 10, 2: 10})
SETTINGS = st.builds(
    ServerSettings,
    channels=st.none() | IDS,
    asking_roles=st.none() | IDS,
    denied_channels=IDS,
    denied_roles=IDS,
    gaps_channel=st.none() | st.integers(1, 6),
    human_role=st.none() | st.integers(1, 6),
)


@given(LIST, st.none() | IDS, IDS, IDS)
def test_a_list_loses_and_gains_what_was_said_and_never_becomes_empty_unasked(
    name: str, before: frozenset[int] | None, add: frozenset[int], remove: frozenset[int]
) -> None:
    remove -= add
    if before is None and name not in ALL_WITHOUT:
        before = frozenset()
    old = replace(ServerSettings(), **{name: before})  # type: ignore[arg-type]
    change = list_change(name, add=add, remove=remove)
    expected = ((before or frozenset()) - remove) | add
    if name in ALL_WITHOUT and before and not expected:
        with pytest.raises(LastOneError) as asked:
            change(old)
        emptied_list = emptied(name, asked.value.before, allow_all=False)(old)
        assert getattr(emptied_list, name) == frozenset()
        assert getattr(emptied(name, asked.value.before, allow_all=True)(old), name) is None
    else:
        after = getattr(change(old), name)
        assert (after or frozenset()) == expected
        assert (after is None) == (before is None and not add)


@given(LIST, IDS, IDS)
def test_the_answer_about_an_emptied_list_holds_for_that_list_alone(
    name: str, before: frozenset[int], meanwhile: frozenset[int]
) -> None:
    change = emptied(name, fingerprint(before), allow_all=False)
    now = replace(ServerSettings(), **{name: meanwhile})  # type: ignore[arg-type]
    if before == meanwhile:
        assert getattr(change(now), name) == frozenset()
    else:
        with pytest.raises(RefusedChangeError):
            change(now)


def test_options_that_contradict_each_other_are_refused() -> None:
    for add, remove, clear in ((1, 1, False), (1, None, True), (None, 1, True)):
        with pytest.raises(RefusedChangeError):
            option_change("channels", add, remove, clear=clear)
    with pytest.raises(RefusedChangeError) as refused:
        removal("channels", 1)(ServerSettings(channels=frozenset({2})))
    assert (refused.value.refusal, refused.value.ids) == (Refusal.NOT_LISTED, frozenset({1}))
    both = option_change("channels", 1, 2, clear=False)(ServerSettings(channels=frozenset({2})))
    assert both.channels == frozenset({1})
    assert option_change("channels", None, None, clear=True)(both).channels is None
    cleared = option_change("library_roles", None, None, clear=True)(ServerSettings(library_roles=frozenset({1})))
    assert cleared.library_roles == frozenset()


def test_several_changes_happen_together_or_not_at_all() -> None:
    old = ServerSettings()
    after = together([value_change("read_pins", True), list_change("channels", add=(1,))])(old)
    assert (after.read_pins, after.channels) == (True, frozenset({1}))
    with pytest.raises(RefusedChangeError):
        consistent(together([value_change("read_pins", True), value_change("weekly_digest", True)]), SERVER)(old)


@pytest.mark.parametrize(
    ("settings", "refusal", "one"),
    [
        (ServerSettings(channels=frozenset({1, 3}), denied_channels=frozenset({1})), Refusal.CHANNEL_DENIED, 1),
        (ServerSettings(channels=frozenset({1, 3}), denied_channels=frozenset({10})), Refusal.CHANNEL_DENIED, 1),
        (ServerSettings(forum_channels=frozenset({2}), denied_channels=frozenset({10})), Refusal.FORUM_DENIED, 2),
        (ServerSettings(asking_roles=frozenset({5}), denied_roles=frozenset({5})), Refusal.ROLE_DENIED, 5),
        (ServerSettings(asking_roles=frozenset({100})), Refusal.EVERYONE, 100),
        (ServerSettings(denied_roles=frozenset({100})), Refusal.EVERYONE, 100),
        (ServerSettings(human_role=100), Refusal.EVERYONE, 100),
        (ServerSettings(denied_people=frozenset({200, 7})), Refusal.OWNER_DENIED, 200),
    ],
)
def test_what_does_not_go_together_is_found(settings: ServerSettings, refusal: Refusal, one: int) -> None:
    assert list(contradictions(settings, SERVER)) == [(refusal, frozenset({one}))]


def test_a_channel_in_an_allowed_category_can_be_denied() -> None:
    exception = ServerSettings(channels=frozenset({10}), denied_channels=frozenset({1}))
    assert list(contradictions(exception, SERVER)) == []


@given(SETTINGS, SETTINGS)
def test_a_change_is_refused_for_what_it_brings_in_and_not_for_what_was_there(
    old: ServerSettings, new: ServerSettings
) -> None:
    added = [one for one in contradictions(new, SERVER) if one not in set(contradictions(old, SERVER))]
    if added:
        with pytest.raises(RefusedChangeError) as refused:
            consistent(lambda _: new, SERVER)(old)
        assert (refused.value.refusal, refused.value.ids) == added[0]
    else:
        assert consistent(lambda _: new, SERVER)(old) == new


@given(SETTINGS, IDS)
def test_what_is_gone_is_nowhere_and_everything_else_stays(settings: ServerSettings, gone: frozenset[int]) -> None:
    fields = (*CHANNEL_FIELDS, *ROLE_FIELDS)
    after = without(settings, gone, fields)
    for field in fields:
        assert ids_in(after, field) == ids_in(settings, field) - gone
    # An allowed list that has lost its last entry allows nothing, and not all.
    assert (after.channels is None) == (settings.channels is None)


def test_a_digest_whose_channel_is_gone_is_off() -> None:
    settings = ServerSettings(gaps_channel=1, weekly_digest=True)
    assert not without(settings, {1}, CHANNEL_FIELDS).weekly_digest
    assert without(settings, {2}, CHANNEL_FIELDS).weekly_digest
