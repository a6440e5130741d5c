"""``pullquote serve``: everything loaded before the first question, and an orderly end."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from bot.chain import AnswerChain
from bot.errors import ServerError
from bot.http_server.admission import Admission
from bot.http_server.client_connection import ClientConnection
from bot.http_server.client_limits import ClientLimits
from bot.http_server.routes import make_app
from bot.readiness import make_ready
from bot.settings import Settings

KEY = re.compile(r"[!-~]{16,}")
# Whoever stops the server does not wait longer for answers that are being made.
SECONDS_TO_END = 3
KEY_RULE = (
    "PULLQUOTE_SERVE_KEY must be at least 16 characters of ASCII without spaces; "
    "`openssl rand -hex 16` makes a good one."
)


def serve_http(settings: Settings, host: str, port: int, say: Callable[[str], None]) -> None:
    """Answer over HTTP until told to stop (SIGTERM or Ctrl-C).

    Args:
        settings: Everything that was set.
        host: Where to listen; anything but this machine itself needs a key.
        port: The port; 0 takes any free one.
        say: Takes the line with the address, once the server listens.

    Raises:
        ServerError: If it cannot listen there, or would let anybody ask.
        AnswerError: If the reader, the chat model or the model that checks its statements cannot be used.
        RetrievalError: If the library or the model cannot be used.
    """
    key = settings.serve_key.get_secret_value() if settings.serve_key else None
    if key is not None and not KEY.fullmatch(key):
        raise ServerError(KEY_RULE)
    with _listening(host, port, anybody=key is not None) as listening:
        chain = AnswerChain.from_settings(settings)
        make_ready(settings, chain.library)
        app = Admission(ClientLimits(make_app(chain, settings.concurrent_answers)), host, key)
        name = f"[{host}]" if ":" in host else host
        _Server(app, lambda: say(f"Pullquote answers at http://{name}:{listening.getsockname()[1]}/")).run([listening])
        chain.close()


def _listening(host: str, port: int, *, anybody: bool) -> socket.socket:
    """A socket at that address; connections wait there until they are accepted."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        if not (anybody or ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback):
            raise ServerError(
                f"Anybody who reaches “{host}” could ask your library; set PULLQUOTE_SERVE_KEY to a key that they must "
                "send, or leave --host out to serve this machine alone."
            )
        return socket.create_server(address[:2], family=family)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0  # Python adds the address to the words for some numbers
        reason = (os.strerror(number) if number > 0 else getattr(error, "strerror", None) or "not an address").lower()
        raise ServerError(f"The server cannot listen at {host}, port {port} ({reason}); choose another one.") from None


class _Server(uvicorn.Server):
    """Uvicorn, which says when it listens, and takes a signal for the end of its work, not of the program."""

    def __init__(self, app: Admission, listens: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http=ClientConnection,
                ws="none",
                lifespan="off",
                log_config=None,  # so that it goes to our log
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=SECONDS_TO_END,
            )
        )
        self._listens = listens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        await super().startup(sockets)
        self._listens()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on a signal."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
