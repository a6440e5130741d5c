"""What a test does to the gateway, and what it asks about it."""

from __future__ import annotations

from tests.discord.fake.gateway import INVALID_SESSION, RECONNECT, Connection, Gateway, Identify
from tests.discord.fake.waiting import Waiter
from tests.discord.fake.world import PRIVILEGED


class GatewayControl:
    """Breaks the bot's connection in every way that Discord does, and tells how the bot came back."""

    def __init__(self, gateway: Gateway, waiter: Waiter) -> None:
        self._gateway = gateway
        self._waiter = waiter

    # Looking

    @property
    def identifies(self) -> list[Identify]:
        """How the bot presented itself, every time it began a new session."""
        with self._gateway.world.lock:
            return list(self._gateway.identifies)

    @property
    def privileged_intents_asked(self) -> int:
        """The bits of privileged intents that were ever asked for (0: none)."""
        asked = 0
        for identify in self.identifies:
            asked |= identify.intents & PRIVILEGED
        return asked

    @property
    def resume_count(self) -> int:
        """How often a session was taken up again."""
        return len(self._gateway.resumes)

    @property
    def heartbeat_count(self) -> int:
        return len(self._gateway.heartbeats)

    @property
    def close_codes(self) -> list[int]:
        """The codes with which connections ended (1006: without one)."""
        with self._gateway.world.lock:
            return list(self._gateway.closes)

    @property
    def connected(self) -> bool:
        """Whether a bot is connected and known by its token."""
        with self._gateway.world.lock:
            return bool(self._connections())

    # Waiting

    def wait_ready(self, timeout: float = 60.0, count: int = 1) -> None:
        """Wait until the bot has identified itself (``count`` times in all) and is connected."""
        gateway = self._gateway
        self._waiter.until(
            lambda: len(gateway.identifies) >= count and bool(self._connections()), timeout, f"bot ready, {count} times"
        )

    def wait_resumed(self, count: int = 1, timeout: float = 15.0) -> None:
        """Wait until the bot has taken its session up again (``count`` times in all)."""
        self._waiter.until(lambda: len(self._gateway.resumes) >= count, timeout, f"session resumed, {count} times")

    def wait_disconnected(self, timeout: float = 15.0) -> None:
        """Wait until no bot is connected."""
        self._waiter.until(lambda: not self._gateway.connections, timeout, "bot disconnected")

    # Breaking

    def close(self, code: int) -> None:
        """Close the connection with a code; 4004, 4007, 4009 and 4014 end the session, others leave it for a resume."""
        with self._gateway.world.lock:
            for connection in self._all():
                self._gateway.close_connection(connection, code)

    def drop(self) -> None:
        """Cut the TCP connection; the session stays."""
        with self._gateway.world.lock:
            for connection in self._all():
                connection.send(None)

    def ask_reconnect(self) -> None:
        """Send operation 7: reconnect and resume."""
        with self._gateway.world.lock:
            for connection in self._all():
                connection.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Send operation 9: the session is invalid, and may or may not be resumed."""
        with self._gateway.world.lock:
            for connection in self._all():
                if not resumable and connection.session is not None:
                    self._gateway.sessions.pop(connection.session.id, None)
                connection.send({"op": INVALID_SESSION, "d": resumable})

    def swallow_heartbeats(self, swallow: bool = True) -> None:
        """Stop acknowledging heartbeats; discord.py gives up after ``heartbeat_timeout`` (60 s) without any frame."""
        with self._gateway.world.lock:
            self._gateway.acknowledges_heartbeats = not swallow

    def _connections(self) -> list[Connection]:
        return [session.connection for session in self._gateway.sessions.values() if session.connection is not None]

    def _all(self) -> list[Connection]:
        connections = self._connections()
        assert connections, "no bot is connected to the gateway"
        return connections
