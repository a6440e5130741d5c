"""Choosing from a list under a message: texts, channels, roles or people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.discord.fake import payloads, permissions
from tests.discord.fake.channels import Channel, Role
from tests.discord.fake.errors import ImpossibleActError, Json
from tests.discord.fake.model import ChannelRecord, MessageRecord, UserRecord
from tests.discord.fake.permissions import Permission

TEXTS, PEOPLE, ROLES, EITHER, CHANNELS = 3, 5, 6, 7, 8


def chosen(source: MessageRecord, name: str, values: Sequence[Any], chooser: UserRecord) -> Json:
    """Return the data of a choice that is sent, after the checks that Discord's app makes.

    Args:
        source: the message.
        name: the list, by its custom id or a part of it.
        values: all that is chosen then: texts, or what a test holds of channels, roles and people.
        chooser: who chooses; nobody is offered a channel that they do not see.
    """
    part = source.states[-1].list_of(name).payload
    if part.get("disabled"):
        raise ImpossibleActError(f"nothing can be chosen from {name!r}")
    resolved: dict[str, Json] = {}
    sent = resolve(part, values, source.channel, chooser, resolved)
    data: Json = {"component_type": part["type"], "custom_id": part["custom_id"], "values": sent}
    return data if part["type"] == TEXTS else data | {"resolved": resolved}


def resolve(
    part: Json, values: Sequence[Any], place: ChannelRecord, chooser: UserRecord, resolved: dict[str, Json]
) -> list[str]:
    """Return what is sent of what is chosen in a list; what it is goes into ``resolved``."""
    name, least, most = part["custom_id"], part.get("min_values", 1), part.get("max_values", 1)
    if not least <= len(values) <= most:
        raise ImpossibleActError(f"the list {name!r} takes {least} to {most}, not {len(values)}")
    if part["type"] == TEXTS:
        if not set(values) <= {option["value"] for option in part["options"]}:
            raise ImpossibleActError(f"no list {name!r} with {values}")
        return list(values)
    for value in values:
        _resolve(part, value, place, chooser, resolved)
    return [str(value.id) for value in values]


def _resolve(part: Json, value: Any, place: ChannelRecord, chooser: UserRecord, resolved: dict[str, Json]) -> None:
    kind: int = part["type"]
    if kind == CHANNELS and isinstance(value, Channel):
        kinds = part.get("channel_types") or []
        seen = Permission.VIEW_CHANNEL in permissions.in_channel(chooser.id, value.record)
        if (kinds and value.record.kind not in kinds) or not seen:
            raise ImpossibleActError(f"#{value.name} is not offered in this list")
        resolved.setdefault("channels", {})[str(value.id)] = payloads.channel_in_interaction(value.record, chooser.id)
    elif kind in (ROLES, EITHER) and isinstance(value, Role):
        resolved.setdefault("roles", {})[str(value.id)] = payloads.role(value.record)
    elif kind in (PEOPLE, EITHER) and isinstance(getattr(value, "record", None), UserRecord):
        resolve_person(value.record, place, resolved)
    else:
        raise ImpossibleActError(f"{value!r} is not offered in a list of type {kind}")


def resolve_person(record: UserRecord, place: ChannelRecord, resolved: dict[str, Json]) -> None:
    """Note a person, and what they are and may do in the server."""
    resolved.setdefault("users", {})[str(record.id)] = payloads.user(record)
    members: Mapping[int, Any] = place.guild.members if place.guild is not None else {}
    if record.id in members:
        member = payloads.member(members[record.id], with_user=False)
        granted = payloads.bits(permissions.in_channel(record.id, place))
        resolved.setdefault("members", {})[str(record.id)] = member | {"permissions": granted}
