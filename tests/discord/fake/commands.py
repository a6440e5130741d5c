"""Turning what a person types after a slash into the data of an interaction, by the definition that the bot synced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.discord.fake import payloads, permissions
from tests.discord.fake.channels import Channel, Role
from tests.discord.fake.choosing import resolve_person
from tests.discord.fake.command_limits import CHAT_INPUT, LONGEST_TEXT, SUBCOMMAND, SUBCOMMAND_GROUP
from tests.discord.fake.errors import ImpossibleActError, Json, NotOfferedError, length
from tests.discord.fake.model import ChannelRecord, UserRecord
from tests.discord.fake.permissions import Permission
from tests.discord.fake.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 10, 11
IN_GUILD, IN_DIRECT_MESSAGES = 0, 1


def offered_command(world: World, kind: int, name: str, user: UserRecord, channel: ChannelRecord) -> Json:
    """Return the definition of a command, if Discord offers it to this person in this place."""
    found = [command for command in world.commands if command["type"] == kind and command["name"] == name]
    if not found:
        raise NotOfferedError(f"{name!r} was never synced; synced: {[command['name'] for command in world.commands]}")
    command = found[0]
    here = IN_GUILD if channel.guild else IN_DIRECT_MESSAGES
    contexts = command["contexts"]
    if contexts is not None and here not in contexts:
        raise NotOfferedError(f"{name!r} is not offered in this kind of channel")
    if here == IN_DIRECT_MESSAGES and contexts is None and command["dm_permission"] is False:
        raise NotOfferedError(f"{name!r} is not offered in direct messages")
    may = permissions.in_channel(user.id, channel)
    if Permission.VIEW_CHANNEL | Permission.USE_APPLICATION_COMMANDS not in may:
        raise NotOfferedError(f"{user.name} may not use commands in #{channel.name}")
    if channel.guild is not None and command["default_member_permissions"] is not None:
        needed = Permission(int(command["default_member_permissions"])) or Permission.ADMINISTRATOR
        if needed not in may:
            raise NotOfferedError(f"{name!r} is not offered to {user.name}, who may not {needed!r}")
    return command


class SlashData:
    """The data of a slash command: options with their values, and the objects that they name."""

    def __init__(self, world: World, channel: ChannelRecord, command: Json, words: list[str]) -> None:
        self._world = world
        self._channel = channel
        self._command = command
        self._resolved: dict[str, Json] = {}
        self._path: list[Json] = []
        definition = command
        for word in words:
            inner = [option for option in definition["options"] if option["name"] == word]
            if not inner or inner[0]["type"] not in (SUBCOMMAND, SUBCOMMAND_GROUP):
                raise NotOfferedError(f"{command['name']!r} has no subcommand {word!r}")
            definition = inner[0]
            self._path.append(definition)
        self._options: list[Json] = definition.get("options") or []
        if any(option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for option in self._options):
            raise NotOfferedError(f"{command['name']!r} needs one of {[option['name'] for option in self._options]}")

    def complete(self, values: Mapping[str, Any]) -> Json:
        """Return the data of the command as it is sent."""
        self._check_known(values)
        missing = [
            option["name"] for option in self._options if option.get("required") and option["name"] not in values
        ]
        if missing:
            raise ImpossibleActError(f"{self._command['name']!r} cannot be sent without {missing}")
        return self._wrapped([self._option(option, values[option["name"]]) for option in self._chosen(values)])

    def unfinished(self, values: Mapping[str, Any], focused: str, text: str) -> Json:
        """Return the data while one option is being typed."""
        self._check_known({**values, focused: text})
        definition = next(option for option in self._options if option["name"] == focused)
        if not definition.get("autocomplete"):
            raise ImpossibleActError(f"the option {focused!r} has no suggestions")
        options = [self._option(option, values[option["name"]]) for option in self._chosen(values)]
        return self._wrapped([*options, {"type": definition["type"], "name": focused, "value": text, "focused": True}])

    def _check_known(self, values: Mapping[str, Any]) -> None:
        unknown = set(values) - {option["name"] for option in self._options}
        if unknown:
            raise NotOfferedError(f"{self._command['name']!r} has no option {sorted(unknown)}")

    def _chosen(self, values: Mapping[str, Any]) -> list[Json]:
        return [option for option in self._options if values.get(option["name"]) is not None]

    def _wrapped(self, options: list[Json]) -> Json:
        for definition in reversed(self._path):
            options = [{"type": definition["type"], "name": definition["name"], "options": options}]
        data: Json = {"id": self._command["id"], "name": self._command["name"], "type": CHAT_INPUT, "options": options}
        return data | ({"resolved": self._resolved} if self._resolved else {})

    def _option(self, definition: Json, value: Any) -> Json:
        kind: int = definition["type"]
        resolve: Mapping[int, Callable[[Any], str]] = {
            USER: self._user,
            CHANNEL: self._channel_option,
            ROLE: self._role,
            ATTACHMENT: self._file,
        }
        if kind in resolve:
            sent: Any = resolve[kind](value)
        else:
            sent = _checked(definition, kind, value)
        return {"type": kind, "name": definition["name"], "value": sent}

    def _user(self, person: Any) -> str:
        record: UserRecord = person.record
        resolve_person(record, self._channel, self._resolved)
        return str(record.id)

    def _channel_option(self, channel: Channel) -> str:
        payload = payloads.channel_in_interaction(channel.record, self._world.bot.id)
        self._resolved.setdefault("channels", {})[str(channel.id)] = payload
        return str(channel.id)

    def _role(self, role: Role) -> str:
        self._resolved.setdefault("roles", {})[str(role.id)] = payloads.role(role.record)
        return str(role.id)

    def _file(self, file: tuple[str, bytes]) -> str:
        stored = self._world.store_file(file[0], file[1], self._channel.id, ephemeral=True)
        self._resolved.setdefault("attachments", {})[str(stored.id)] = payloads.attachment(stored)
        return str(stored.id)


def _checked(definition: Json, kind: int, value: Any) -> Any:
    """Return a plain value, if Discord's own app would let somebody send it."""
    types: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}
    wanted = types[kind]
    name = definition["name"]
    if not isinstance(value, wanted) or (kind != BOOLEAN and isinstance(value, bool)):
        raise ImpossibleActError(f"option {name!r} takes {wanted}, not {value!r}")
    choices = definition.get("choices") or []
    if choices:
        named = [choice["value"] for choice in choices if value in (choice["name"], choice["value"])]
        if not named:
            raise ImpossibleActError(f"option {name!r} offers {[choice['name'] for choice in choices]}, not {value!r}")
        return named[0]
    size = length(value) if isinstance(value, str) else value
    low, high = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    most = definition.get(high, LONGEST_TEXT if isinstance(value, str) else None)
    if (low in definition and size < definition[low]) or (most is not None and size > most):
        raise ImpossibleActError(f"option {name!r} does not take {str(value)[:50]!r} ({size})")
    return value
