"""The way of a request: read, logged, met by a fault, carried out by its route, answered."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import socket
import struct
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.discord.fake.errors import ApiError, Json, unauthorized
from tests.discord.fake.faults import Fault, Faults
from tests.discord.fake.messages import Uploads
from tests.discord.fake.request_log import Request
from tests.discord.fake.send_limit import SendLimit, too_many
from tests.discord.fake.world import World

BASE = "/api/v10"


@dataclass
class Call:
    """A request as its route sees it."""

    body: Any
    uploads: dict[int, tuple[str, bytes]]
    query: Mapping[str, str]
    parts: dict[str, str]

    def number(self, name: str) -> int:
        """Return an id from the path."""
        return int(self.parts[name])


@dataclass(frozen=True)
class Reply:
    """A successful answer other than 200 with JSON."""

    status: int = 204
    body: Any = None
    raw: bytes | None = None


Handler = Callable[[Call], Any]
"""Carries a request out: returns JSON or a ``Reply``, or raises ``ApiError``. It runs under the world's lock."""


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    handler: Handler
    needs_token: bool

    @property
    def bucket(self) -> str:
        """The name of the rate limit that the route falls under."""
        return hashlib.sha256(f"{self.method} {self.pattern.pattern}".encode()).hexdigest()[:32]


@dataclass
class Rest:
    """Discord's REST API over the world."""

    world: World
    faults: Faults
    send_limit: SendLimit
    log: list[Request] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)

    def route(self, method: str, path: str, handler: Handler, *, needs_token: bool = True) -> None:
        """Add a route; ``{name}`` stands for a part of the path."""
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
        self.routes.append(Route(method, pattern, handler, needs_token))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request of the bot."""
        path = request.path.removeprefix(BASE)
        body, uploads = await read_body(request)
        entry = Request(time.time(), request.method, path, dict(request.query), body, dict(uploads.values()))
        with self.world.lock:
            self.log.append(entry)
            fault = self.faults.meet(request.method, path)
            entry.fault = fault.name if fault else ""
            self.world.touch()
        started = time.monotonic()
        if fault and fault.delay and not fault.after_effect:
            await asyncio.sleep(fault.delay)
        route, parts = self._find(request.method, path)
        if fault and not fault.after_effect and (fault.drop or fault.status is not None):
            reply, headers = _replaced(fault)
        else:
            reply, headers = self._carry_out(route, request, Call(body, uploads, request.query, parts), entry)
            if fault and fault.after_effect and (fault.drop or fault.status is not None):
                reply, headers = _replaced(fault)
        if fault and fault.delay and fault.after_effect:
            await asyncio.sleep(fault.delay)
        with self.world.lock:
            entry.status, entry.response = (0, None) if reply is None else (reply.status, reply.body)
            entry.took = time.monotonic() - started
            self.world.touch()
        if reply is None:
            cut(request)
            return web.Response(status=500)  # nobody is left to read it
        return _response(reply, headers)

    def _find(self, method: str, path: str) -> tuple[Route | None, dict[str, str]]:
        for route in self.routes:
            found = route.pattern.fullmatch(path) if route.method == method else None
            if found:
                return route, found.groupdict()
        return None, {}

    def _carry_out(
        self, route: Route | None, request: web.Request, call: Call, entry: Request
    ) -> tuple[Reply, dict[str, str]]:
        with self.world.lock:
            if route is None:
                self.unknown.append(f"{entry.method} {entry.path}")
                return Reply(404, {"message": "404: Not Found", "code": 0}), {}
            goes_through, limits = self.send_limit.headers(entry.method, entry.path)
            headers = _rate_limit_headers(route) | limits
            if not goes_through:
                return Reply(429, too_many(headers)), headers
            try:
                if route.needs_token and request.headers.get("Authorization") != f"Bot {self.world.token}":
                    raise unauthorized()
                answer = route.handler(call)
            except ApiError as refusal:
                return Reply(refusal.status, refusal.body), headers
            except Exception:  # noqa: BLE001 (a mistake in this server is the test's to report, when it ends)
                self.crashes.append(f"{entry.method} {entry.path}\n{traceback.format_exc()}")
                return Reply(555, {"message": "The local Discord has a mistake.", "code": 0}), headers
            return (answer if isinstance(answer, Reply) else Reply(200, answer)), headers


async def read_body(request: web.Request) -> tuple[Any, dict[int, tuple[str, bytes]]]:
    """Return the JSON of a request and the files uploaded with it."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), {}
    body: Any = None
    uploads: dict[int, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = json.loads(content)
        elif found := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            uploads[int(found[1])] = (part.filename or "", content)
    return body, uploads


def cut(request: web.BaseRequest) -> None:
    """Cut a connection the hard way, so that the other end sees it reset."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


def message_body(call: Call) -> tuple[Json, Uploads]:
    """Return a body that has to be an object, with its files."""
    return (call.body or {}), call.uploads


def _replaced(fault: Fault) -> tuple[Reply | None, dict[str, str]]:
    """Return what a fault puts in place of the answer: nothing at all where it cuts the connection."""
    if fault.drop:
        return None, {}
    assert fault.status is not None
    return Reply(fault.status, fault.body), fault.headers


def _rate_limit_headers(route: Route) -> dict[str, str]:
    """Return headers of a generous rate limit; without any, discord.py makes requests of a kind one by one."""
    return {
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "99",
        "X-RateLimit-Reset": str(time.time() + 1),
        "X-RateLimit-Reset-After": "1.0",
        "X-RateLimit-Bucket": route.bucket,
    }


def _response(reply: Reply, headers: dict[str, str]) -> web.Response:
    if reply.raw is not None:
        return web.Response(status=reply.status, body=reply.raw, content_type="application/octet-stream")
    if reply.status == 204:
        return web.Response(status=204, headers=headers)
    return web.Response(
        status=reply.status, body=json.dumps(reply.body).encode(), headers=headers, content_type="application/json"
    )
