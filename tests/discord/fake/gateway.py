"""The gateway: sessions that outlive their connections, and what can go wrong with them."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.fake import payloads
from tests.discord.fake.errors import Json
from tests.discord.fake.rest import cut
from tests.discord.fake.world import GUILDS, MESSAGE_CONTENT, PRIVILEGED, Build, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE = 0, 1, 2, 3
RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 6, 7, 9, 10, 11
ENDS_SESSION = (4004, 4007, 4009, 4014)
CLIENT_ENDS_SESSION = (1000, 1001)


@dataclass(frozen=True)
class Identify:
    """How the bot presented itself."""

    at: float
    token: str
    intents: int


@dataclass(eq=False)
class Connection:
    """One WebSocket; frames go out in order through a queue, from whatever thread they come."""

    socket: web.WebSocketResponse
    request: web.Request
    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[Json | int | None]  # a frame, a close code, or None to cut the connection
    session: Session | None = None
    closed_here: bool = False

    def send(self, item: Json | int | None) -> None:
        self.loop.call_soon_threadsafe(self.queue.put_nowait, item)

    async def pump(self) -> None:
        """Send what is queued until the connection ends."""
        while True:
            item = await self.queue.get()
            if isinstance(item, dict):
                try:
                    await self.socket.send_str(json.dumps(item))
                except ConnectionError:
                    return
            elif item is None:
                cut(self.request)
                return
            else:
                await self.socket.close(code=item, message=b"closed by the test")
                return


@dataclass(eq=False)
class Session:
    """What the bot missed while it was away waits here until it resumes."""

    id: str
    intents: int
    connection: Connection | None
    sequence: int = 0
    buffer: list[Json] = field(default_factory=list)

    def push(self, event: str, data: Any) -> None:
        self.sequence += 1
        frame = {"op": DISPATCH, "t": event, "s": self.sequence, "d": data}
        self.buffer.append(frame)
        if self.connection is not None:
            self.connection.send(frame)


class Gateway:
    """Takes connections and hands out events."""

    def __init__(self, world: World, heartbeat_seconds: float, unknown: list[str]) -> None:
        self.world = world
        self.unknown = unknown
        self.heartbeat_seconds = heartbeat_seconds
        self.resume_url = ""
        self.acknowledges_heartbeats = True
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies: list[Identify] = []
        self.resumes: list[float] = []
        self.heartbeats: list[float] = []
        self.closes: list[int] = []
        world.emit = self.emit

    def emit(self, event: str, intent: int, build: Build) -> None:
        """Give an event to every session that asked for its kind; the world's lock is held."""
        for session in self.sessions.values():
            if session.intents & intent or intent == 0:
                session.push(event, build(self._sees_content(session)))

    def _sees_content(self, session: Session) -> bool:
        return self.world.grant_message_content and bool(session.intents & MESSAGE_CONTENT)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection from HELLO to its end."""
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request, asyncio.get_running_loop(), asyncio.Queue())
        pump = asyncio.create_task(connection.pump())
        with self.world.lock:
            self.connections.append(connection)
        connection.send({"op": HELLO, "d": {"heartbeat_interval": round(self.heartbeat_seconds * 1000)}})
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    with self.world.lock:
                        self._take(connection, json.loads(message.data))
        finally:
            pump.cancel()
            with self.world.lock:
                self._ended(connection, socket.close_code)
        return socket

    def _ended(self, connection: Connection, code: int | None) -> None:
        self.connections.remove(connection)
        self.closes.append(code or 1006)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if code in CLIENT_ENDS_SESSION and not connection.closed_here:
                self.sessions.pop(session.id, None)  # the bot said goodbye for good
        self.world.touch()

    def _take(self, connection: Connection, frame: Json) -> None:
        operation: int = frame["op"]
        data: Any = frame.get("d")
        if operation == HEARTBEAT:
            self.heartbeats.append(time.time())
            if self.acknowledges_heartbeats:
                connection.send({"op": HEARTBEAT_ACK, "d": None})
        elif operation == IDENTIFY:
            self._identify(connection, data)
        elif operation == RESUME:
            self._resume(connection, data)
        elif operation != PRESENCE:
            self.unknown.append(f"gateway operation {operation}")
        self.world.touch()

    def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies.append(Identify(time.time(), data["token"], data["intents"]))
        granted = MESSAGE_CONTENT if self.world.grant_message_content else 0
        if data["token"] != self.world.token:
            self.close_connection(connection, 4004)
        elif data["intents"] & PRIVILEGED & ~granted:
            self.close_connection(connection, 4014)
        else:
            session = Session(secrets.token_hex(16), data["intents"], connection)
            connection.session = session
            self.sessions[session.id] = session
            self._welcome(session)

    def _welcome(self, session: Session) -> None:
        world = self.world
        joined = [guild for guild in world.guilds.values() if world.bot.id in guild.members]
        session.push(
            "READY",
            {
                "v": 10,
                "user": payloads.user(world.bot) | {"verified": True, "mfa_enabled": False, "flags": 0, "email": None},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in joined],
                "session_id": session.id,
                "resume_gateway_url": self.resume_url,
                "session_type": "normal",
                "private_channels": [],
                "application": {
                    "id": str(world.application_id),
                    "flags": payloads.SEES_MESSAGE_CONTENT if world.grant_message_content else 0,
                },
            },
        )
        for guild in joined if session.intents & GUILDS else ():
            if guild.in_outage:
                continue
            session.push("GUILD_CREATE", payloads.guild(guild, world.bot.id))

    def _resume(self, connection: Connection, data: Json) -> None:
        """Replay what was missed, or send the bot back to identify."""
        session = self.sessions.get(data["session_id"] or "")
        if data["token"] != self.world.token:
            self.close_connection(connection, 4004)
        elif session is None or (data["seq"] or 0) > session.sequence:
            connection.send({"op": INVALID_SESSION, "d": False})
        else:
            if session.connection is not None:
                self.close_connection(session.connection, 1000)
            connection.session, session.connection = session, connection
            self.resumes.append(time.time())
            for frame in [frame for frame in session.buffer if frame["s"] > (data["seq"] or 0)]:
                connection.send(frame)
            session.push("RESUMED", {"_trace": []})

    def close_connection(self, connection: Connection, code: int) -> None:
        """Close from this side; some codes end the session too."""
        connection.closed_here = True
        if code in ENDS_SESSION and connection.session is not None:
            self.sessions.pop(connection.session.id, None)
        connection.send(code)
