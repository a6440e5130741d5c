"""Who may do what, from ids alone."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from bot.discord.records.server_settings import ServerSettings


class AskPermission(StrEnum):
    """Whether somebody may ask here, and if not, why."""

    ALLOWED = "allowed"
    WRONG_CHANNEL = "wrong_channel"
    MISSING_ROLE = "missing_role"


def may_ask(
    settings: ServerSettings, channel_id: int, parent_id: int | None, role_ids: Collection[int], is_direct: bool
) -> AskPermission:
    """Whether somebody may ask.

    Args:
        settings: What the server has decided.
        channel_id: Where the question is asked.
        parent_id: The channel that a thread belongs to, which counts like the thread; None outside of threads.
        role_ids: The roles of whoever asks.
        is_direct: Whether it is a direct message, where no server decides anything.
    """
    if is_direct:
        return AskPermission.ALLOWED
    if settings.channels is not None and settings.channels.isdisjoint({channel_id, parent_id}):
        return AskPermission.WRONG_CHANNEL
    if settings.asking_roles is not None and settings.asking_roles.isdisjoint(role_ids):
        return AskPermission.MISSING_ROLE
    return AskPermission.ALLOWED


def may_change_library(settings: ServerSettings, role_ids: Collection[int], can_manage_server: bool) -> bool:
    """Whether somebody may add and remove documents: whoever manages the server, or has one of the roles for it."""
    return can_manage_server or not settings.library_roles.isdisjoint(role_ids)


def may_delete(asker_id: int | None, person_id: int, can_manage_messages: bool) -> bool:
    """Whether somebody may delete an answer: who asked for it (None where nobody knows any more), or a moderator."""
    return can_manage_messages or person_id == asker_id
