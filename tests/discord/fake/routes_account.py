"""Routes about the bot itself: who it is, its application, its commands, how it connects, the files of others."""

from __future__ import annotations

import copy

from tests.discord.fake import payloads, permissions
from tests.discord.fake.command_limits import check_commands
from tests.discord.fake.errors import ApiError, FormErrors, Json, missing_access
from tests.discord.fake.model import GuildRecord
from tests.discord.fake.rest import Call, Reply, Rest
from tests.discord.fake.world import World


class AccountRoutes:
    """Answers who the bot is and remembers its commands."""

    def __init__(self, rest: Rest, gateway_url: str) -> None:
        self._world: World = rest.world
        self._gateway_url = gateway_url
        rest.route("GET", "/users/@me", self._me)
        rest.route("GET", "/users/{user}", self._user)
        rest.route("GET", "/oauth2/applications/@me", self._application)
        rest.route("GET", "/applications/@me", self._application)
        rest.route("GET", "/gateway/bot", self._gateway)
        rest.route("GET", "/applications/{application}/commands", self._commands)
        rest.route("PUT", "/applications/{application}/commands", self._sync)
        rest.route("POST", "/users/@me/channels", self._open_direct_messages)
        rest.route("GET", "/users/@me/guilds", self._guilds)
        rest.route("GET", "/guilds/{guild}", self._guild)
        rest.route("GET", "/guilds/{guild}/channels", self._channels)
        rest.route("GET", "/guilds/{guild}/members/{user}", self._member)
        rest.route("GET", "/attachments/{channel}/{file}/{name}", self._file, needs_token=False)

    def _me(self, _call: Call) -> Json:
        return payloads.user(self._world.bot) | {"verified": True, "mfa_enabled": False, "flags": 0, "email": None}

    def _user(self, call: Call) -> Json:
        user = self._world.users.get(call.number("user"))
        if user is None:
            raise ApiError(404, 10013, "Unknown User")
        return payloads.user(user)

    def _application(self, _call: Call) -> Json:
        world = self._world
        granted = world.grant_message_content
        return payloads.application(world.application_id, world.bot, world.owner, sees_content=granted)

    def _gateway(self, _call: Call) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self._gateway_url, "shards": 1, "session_start_limit": limit}

    def _commands(self, call: Call) -> list[Json]:
        self._check_application(call)
        return copy.deepcopy(self._world.commands)

    def _sync(self, call: Call) -> list[Json]:
        """Replace all commands; one with the name and kind of an old one keeps its id."""
        self._check_application(call)
        errors = FormErrors()
        check_commands(call.body, errors)
        errors.raise_any()
        known = {(command["type"], command["name"]): command["id"] for command in self._world.commands}
        self._world.syncs.append(copy.deepcopy(call.body))
        self._world.commands = [self._stored(command, known) for command in call.body]
        return copy.deepcopy(self._world.commands)

    def _stored(self, command: Json, known: dict[tuple[int, str], str]) -> Json:
        kind = command.get("type", 1)
        default: Json = {
            "description": "",
            "options": [],
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            "name_localizations": None,
            "description_localizations": None,
        }
        own = {key: value for key, value in copy.deepcopy(command).items() if value is not None}
        return (
            default
            | own
            | {
                "id": known.get((kind, command["name"])) or str(self._world.clock.snowflake()),
                "application_id": str(self._world.application_id),
                "version": str(self._world.clock.snowflake()),
                "type": kind,
            }
        )

    def _check_application(self, call: Call) -> None:
        if call.number("application") != self._world.application_id:
            raise ApiError(404, 10002, "Unknown Application")

    def _open_direct_messages(self, call: Call) -> Json:
        user = self._world.users.get(int(call.body["recipient_id"]))
        if user is None or user.bot:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        return payloads.channel(self._world.direct_messages_with(user))

    def _guilds(self, call: Call) -> list[Json]:
        """Return the servers that the bot is in, from old to new, a page at a time."""
        limit, after = int(call.query.get("limit", "200")), int(call.query.get("after", "0"))
        joined = [guild for guild in self._world.guilds.values() if self._world.bot.id in guild.members]
        page = sorted((guild for guild in joined if guild.id > after), key=lambda guild: guild.id)[:limit]
        return [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "owner": False,
                "permissions": payloads.bits(permissions.in_guild(self._world.bot.id, guild)),
                "features": [],
            }
            for guild in page
        ]

    def _channels(self, call: Call) -> list[Json]:
        """Return the channels of a server, also those that the bot may not see; no threads."""
        return [payloads.channel(one) for one in self._joined(call).channels if one.parent is None]

    def _guild(self, call: Call) -> Json:
        told = payloads.guild(self._joined(call), self._world.bot.id)
        return {name: part for name, part in told.items() if name not in payloads.ON_THE_GATEWAY_ALONE}

    def _member(self, call: Call) -> Json:
        member = self._joined(call).members.get(call.number("user"))
        if member is None:
            raise ApiError(404, 10007, "Unknown Member")
        return payloads.member(member)

    def _joined(self, call: Call) -> GuildRecord:
        guild = self._world.guilds.get(call.number("guild"))
        if guild is None:
            raise ApiError(404, 10004, "Unknown Guild")
        if self._world.bot.id not in guild.members:
            raise missing_access()
        return guild

    def _file(self, call: Call) -> Reply:
        file = self._world.files.get(call.number("file"))
        if file is None or file.name != call.parts["name"]:
            raise ApiError(404, 0, "404: Not Found")
        return Reply(200, raw=file.content)
