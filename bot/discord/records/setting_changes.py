"""Changes of a server's settings, one setting each, and why some are refused: nothing has changed then.

Each is made of the settings that hold at that moment, so that of two people who change something at once neither undoes
what the other did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from typing import Any

from bot.discord.records.server_settings import Change, ServerSettings

# Lists that, when there is none, mean all: the last one is not taken away without asking what that shall mean.
ALL_WITHOUT = ("channels", "asking_roles")
FINGERPRINT_CHARACTERS = 8


class Refusal(StrEnum):
    """Why a change was refused; the sentence is ``refused_…`` of the texts."""

    ADDED_AND_REMOVED = "added_and_removed"
    ADDED_AND_ALL = "added_and_all"
    NOT_LISTED = "not_listed"
    CHANNEL_DENIED = "channel_denied"
    ROLE_DENIED = "role_denied"
    FORUM_DENIED = "forum_denied"
    OWNER_DENIED = "owner_denied"
    MANAGER_DENIED = "manager_denied"
    EVERYONE = "everyone"
    DIGEST_NOWHERE = "digest_nowhere"
    CHANGED_MEANWHILE = "changed_meanwhile"


class RefusedChangeError(Exception):
    """A change that contradicts itself or what is set; ``ids`` are the channels, roles or people that it is about."""

    def __init__(self, refusal: Refusal, ids: frozenset[int] = frozenset()) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.ids = ids


class LastOneError(Exception):
    """A list would lose its last entry, and it has to be asked whether that means none or all."""

    def __init__(self, field: str, before: str) -> None:
        super().__init__(field)
        self.field = field
        self.before = before


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What is known of a server that a change could contradict.

    Attributes:
        everyone: The id of the role that everybody has, which is the server's own.
        owner: Who owns the server.
        categories: The category of each channel that lies in one.
    """

    everyone: int
    owner: int
    categories: Mapping[int, int] = field(default_factory=dict)


def list_change(name: str, *, add: Collection[int] = (), remove: Collection[int] = ()) -> Change:
    """A change of the list ``name``.

    Raises:
        RefusedChangeError: If something is added and removed.
    """
    if both := frozenset(add) & frozenset(remove):
        raise RefusedChangeError(Refusal.ADDED_AND_REMOVED, both)

    def make(old: ServerSettings) -> ServerSettings:
        before: frozenset[int] | None = getattr(old, name)
        after = ((before or frozenset()) - frozenset(remove)) | frozenset(add)
        if before and not after and name in ALL_WITHOUT:
            raise LastOneError(name, fingerprint(before))
        return old if before is None and not after else _with(old, name, after)

    return make


def removal(name: str, one: int) -> Change:
    """A change that takes one off the list ``name``, and is refused where it is not there."""

    def make(old: ServerSettings) -> ServerSettings:
        if one not in (getattr(old, name) or ()):
            raise RefusedChangeError(Refusal.NOT_LISTED, frozenset({one}))
        return list_change(name, remove=(one,))(old)

    return make


def option_change(name: str, add: int | None, remove: int | None, *, clear: bool) -> Change:
    """The change of the list ``name`` that the options of a command mean; ``clear`` makes it mean all where it can.

    Raises:
        RefusedChangeError: If the options contradict each other.
    """
    if clear and (add or remove):
        raise RefusedChangeError(Refusal.ADDED_AND_ALL)
    if clear:
        return value_change(name, None if name in ALL_WITHOUT else frozenset())
    if remove and not add:
        return removal(name, remove)
    return list_change(name, add=(add,) if add else (), remove=(remove,) if remove else ())


def together(changes: Iterable[Change]) -> Change:
    """Several changes as one: all of them happen, or none."""
    every = tuple(changes)
    return lambda old: reduce(lambda settings, change: change(settings), every, old)


def emptied(name: str, before: str, *, allow_all: bool) -> Change:
    """A change that takes all off the list whose fingerprint was ``before``; from then on it means all, or none."""

    def make(old: ServerSettings) -> ServerSettings:
        if fingerprint(getattr(old, name) or ()) != before:
            raise RefusedChangeError(Refusal.CHANGED_MEANWHILE)
        return _with(old, name, None if allow_all else frozenset())

    return make


def value_change(name: str, value: object) -> Change:
    """A change of a setting that is no list."""
    return lambda old: _with(old, name, value)


def consistent(make: Change, server: ServerFacts) -> Change:
    """The same change, refused if it brings in a contradiction that was not there before."""

    def checked(old: ServerSettings) -> ServerSettings:
        new = make(old)
        known = set(contradictions(old, server))
        for refusal, ids in contradictions(new, server):
            if (refusal, ids) not in known:
                raise RefusedChangeError(refusal, ids)
        return new

    return checked


def contradictions(settings: ServerSettings, server: ServerFacts) -> Iterator[tuple[Refusal, frozenset[int]]]:
    """What does not go together, one by one."""

    def denied(channel: int) -> bool:
        return not settings.denied_channels.isdisjoint({channel, server.categories.get(channel)})

    yield from _each(Refusal.CHANNEL_DENIED, filter(denied, settings.channels or ()))
    yield from _each(Refusal.FORUM_DENIED, filter(denied, settings.forum_channels))
    asking = settings.asking_roles or frozenset()
    yield from _each(Refusal.ROLE_DENIED, asking & settings.denied_roles)
    chosen = asking | settings.denied_roles | {settings.human_role}
    yield from _each(Refusal.EVERYONE, {server.everyone} & chosen)
    yield from _each(Refusal.OWNER_DENIED, {server.owner} & settings.denied_people)
    if settings.weekly_digest and settings.gaps_channel is None:
        yield Refusal.DIGEST_NOWHERE, frozenset()


def without(settings: ServerSettings, gone: Collection[int], names: Iterable[str]) -> ServerSettings:
    """The settings without channels or roles that there are no more, in the settings with these names.

    A list that loses its last entry becomes empty, which means none; a digest without its channel is off.
    """
    for name in names:
        value = getattr(settings, name)
        if isinstance(value, frozenset):
            settings = _with(settings, name, value - frozenset(gone))
        elif value in gone:
            settings = _with(settings, name, None)
    return settings if settings.gaps_channel else replace(settings, weekly_digest=False)


def fingerprint(ids: Collection[int]) -> str:
    """A short sign of what stands on a list, by which a later change of it is noticed."""
    written = ",".join(map(str, sorted(ids)))
    return hashlib.sha256(written.encode()).hexdigest()[:FINGERPRINT_CHARACTERS]


def _each(refusal: Refusal, ids: Iterable[int]) -> Iterator[tuple[Refusal, frozenset[int]]]:
    return ((refusal, frozenset({one})) for one in sorted(ids))


def _with(settings: ServerSettings, name: str, value: Any) -> ServerSettings:
    make: Callable[..., ServerSettings] = replace
    return make(settings, **{name: value})
