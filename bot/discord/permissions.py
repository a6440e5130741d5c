"""Who may do what, from ids alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.discord.records.server_settings import ServerSettings


class AskPermission(StrEnum):
    """Whether somebody may ask here, and if not, why."""

    ALLOWED = "allowed"
    # Where the bot answers nobody else: whoever manages the server is answered so that nobody else sees it.
    ALLOWED_ALONE = "allowed_alone"
    WRONG_CHANNEL = "wrong_channel"
    MISSING_ROLE = "missing_role"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks, as far as it decides whether they may."""

    id: int
    role_ids: frozenset[int] = frozenset()
    manages_server: bool = False


def may_ask(settings: ServerSettings, place_ids: Collection[int], asker: Asker, *, is_direct: bool) -> AskPermission:
    """Whether somebody may ask.

    Whoever manages the server is never locked out, whatever the lists say.

    Args:
        settings: What the server has decided.
        place_ids: Where the question is asked: the channel, the channel that a thread belongs to, and the category
            of either.
        asker: Who asks.
        is_direct: Whether it is a direct message, where no server decides anything.
    """
    if is_direct:
        return AskPermission.ALLOWED
    is_here = settings.channels is None or not settings.channels.isdisjoint(place_ids)
    if not is_here or not settings.denied_channels.isdisjoint(place_ids):
        return AskPermission.ALLOWED_ALONE if asker.manages_server else AskPermission.WRONG_CHANNEL
    if asker.manages_server:
        return AskPermission.ALLOWED
    if asker.id in settings.denied_people or not settings.denied_roles.isdisjoint(asker.role_ids):
        return AskPermission.DENIED
    if settings.asking_roles is not None and settings.asking_roles.isdisjoint(asker.role_ids):
        return AskPermission.MISSING_ROLE
    return AskPermission.ALLOWED


def may_change_library(settings: ServerSettings, role_ids: Collection[int], can_manage_server: bool) -> bool:
    """Whether somebody may add and remove documents: whoever manages the server, or has one of the roles for it."""
    return can_manage_server or not settings.library_roles.isdisjoint(role_ids)


def may_add(settings: ServerSettings, asker: Asker) -> bool:
    """Whether somebody who asks may also add documents."""
    return may_change_library(settings, asker.role_ids, asker.manages_server)


def may_delete(asker_id: int | None, person_id: int, can_manage_messages: bool) -> bool:
    """Whether somebody may delete an answer: who asked for it (None where nobody knows any more), or a moderator."""
    return can_manage_messages or person_id == asker_id
