"""The local Discord as a test holds it: real sockets on 127.0.0.1, served by a thread of its own."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from tests.discord.fake.clock import Clock
from tests.discord.fake.errors import Json
from tests.discord.fake.faults import Faults
from tests.discord.fake.forums import ForumRoutes
from tests.discord.fake.gateway import Gateway
from tests.discord.fake.gateway_control import GatewayControl
from tests.discord.fake.people import Person, new_person
from tests.discord.fake.pins import PinRoutes
from tests.discord.fake.places import Guild, new_guild
from tests.discord.fake.request_log import Request
from tests.discord.fake.rest import BASE, Rest
from tests.discord.fake.routes_account import AccountRoutes
from tests.discord.fake.routes_channels import ChannelRoutes
from tests.discord.fake.routes_interactions import InteractionRoutes
from tests.discord.fake.routes_webhooks import WebhookRoutes
from tests.discord.fake.seen import Message
from tests.discord.fake.send_limit import SendLimit
from tests.discord.fake.stage import Stage
from tests.discord.fake.waiting import Waiter
from tests.discord.fake.world import World

T = TypeVar("T")
TOKEN = "MTE1.local.token-of-the-test-bot"
HOST = "127.0.0.1"


class FakeDiscord:
    """A Discord of one's own: ``with FakeDiscord() as discord: ...``.

    Leaving the block fails the test when the bot asked for a route that this server does not know, or when the server
    itself made a mistake.

    Args:
        token: the only token that is accepted.
        grant_message_content: whether the developer portal grants the message content intent.
        heartbeat_seconds: how often the bot is told to send a heartbeat.
        limit_sending: whether only five messages a channel go through in five seconds.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        grant_message_content: bool = False,
        heartbeat_seconds: float = 41.25,
        limit_sending: bool = False,
    ) -> None:
        self.world = World(token, grant_message_content)
        self.token = token
        self.faults = Faults()
        self._rest = Rest(self.world, self.faults, SendLimit(limit_sending))
        self._waiter = Waiter(self.world, self._rest.log)
        self._gateway = Gateway(self.world, heartbeat_seconds, self._rest.unknown)
        self.gateway = GatewayControl(self._gateway, self._waiter)
        self._stage = Stage(self.world, self._waiter)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="local-discord", daemon=True)
        self._runner: web.AppRunner | None = None

    # Life

    def __enter__(self) -> FakeDiscord:
        self._thread.start()
        self._on_loop(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if kind is None:
            assert not self._rest.crashes, "\n".join(self._rest.crashes)
            assert not self._rest.unknown, f"unknown to the local Discord: {self._rest.unknown}"

    def stop(self) -> None:
        """Stop serving; nobody can connect any more (``no network`` from then on)."""
        if self._thread.is_alive():
            self._on_loop(self._stop())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _start(self) -> None:
        application = web.Application(client_max_size=64 * 1024 * 1024)
        application.router.add_get("/gateway/", self._gateway.handle)
        application.router.add_get("/resume/", self._gateway.handle)
        application.router.add_route("*", "/{path:.*}", self._rest.handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.world.url = f"http://{HOST}:{port}"
        self._gateway.resume_url = f"ws://{HOST}:{port}/resume/"
        AccountRoutes(self._rest, self.gateway_url)
        PinRoutes(self._rest)  # its path is a special one of the next
        ChannelRoutes(self._rest)
        ForumRoutes(self._rest)
        InteractionRoutes(self._rest)
        WebhookRoutes(self._rest)

    async def _stop(self) -> None:
        for connection in list(self._gateway.connections):
            connection.send(None)
        assert self._runner is not None
        await self._runner.cleanup()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _on_loop(self, coroutine: Any) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=10)

    # Where the bot finds it

    @property
    def url(self) -> str:
        """What to set ``discord.http.Route.BASE`` to."""
        return f"{self.world.url}{BASE}"

    @property
    def gateway_url(self) -> str:
        """What to set ``DiscordWebSocket.DEFAULT_GATEWAY`` to."""
        return f"{self.world.url.replace('http', 'ws', 1)}/gateway/"

    @property
    def environment(self) -> dict[str, str]:
        """What tells the launcher where this Discord is."""
        return {"FAKE_DISCORD_URL": self.url, "FAKE_DISCORD_GATEWAY": self.gateway_url}

    # Who and what is there

    @property
    def bot_id(self) -> int:
        """The bot's user id (and its application's)."""
        return self.world.bot.id

    @property
    def bot_mention(self) -> str:
        return f"<@{self.world.bot.id}>"

    @property
    def clock(self) -> Clock:
        return self.world.clock

    @property
    def commands(self) -> list[Json]:
        """The commands as the bot last synced them."""
        with self.world.lock:
            return list(self.world.commands)

    @property
    def syncs(self) -> list[list[Json]]:
        """What the bot sent each time it synced its commands."""
        with self.world.lock:
            return list(self.world.syncs)

    def add_guild(self, name: str = "Harbour", *, locale: str = "en-US", with_bot: bool = True) -> Guild:
        """Add a server that the bot is in, also while the bot runs, or one that it can be invited to."""
        return new_guild(self._stage, name, locale, with_bot=with_bot)

    def add_person(self, name: str, *, locale: str = "en-US") -> Person:
        """Add a person who shares no server with the bot, but can write to it."""
        return new_person(self._stage, name, locale)

    def message(self, message_id: int) -> Message | None:
        """Return a message as it is now, or ``None`` when it was deleted."""
        with self.world.lock:
            record = self.world.messages.get(message_id)
            return None if record is None or record.deleted else record.states[-1]

    # What happened

    @property
    def unknown_routes(self) -> list[str]:
        """What this server does not know but was asked; it fails the test unless the test clears the list."""
        return self._rest.unknown

    def requests(self, method: str | None = None, path: str | None = None) -> list[Request]:
        """Return the bot's requests so far, by method and by a pattern searched for in the path."""
        with self.world.lock:
            return [
                request
                for request in self._rest.log
                if (method is None or request.method == method) and (path is None or re.search(path, request.path))
            ]

    def wait_for_request(self, method: str, path: str, *, count: int = 1, timeout: float = 10.0) -> Request:
        """Wait until the bot made such a request ``count`` times and was answered; return the last of them."""

        def look() -> Request | None:
            done = [request for request in self.requests(method, path) if request.status is not None]
            return done[count - 1] if len(done) >= count else None

        return self._waiter.until(look, timeout, f"{count} × {method} {path}")

    def wait_until(self, look: Callable[[], T | None], timeout: float = 10.0, what: str = "the condition") -> T:
        """Wait until something holds, and return it."""
        return self._waiter.until(look, timeout, what)

    def tail(self) -> str:
        """Return the latest requests, for the message of an assertion."""
        return self._waiter.tail()
