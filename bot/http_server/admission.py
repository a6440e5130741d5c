"""Which requests are let in, and what browsers are told to keep to."""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http_server.refusals import refusal

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
# They tell nothing of the library.
OPEN_PATHS = {"/", "/health", "/openapi.json"}
JSON = "application/json"
# No other page may frame, load or read what is served here, and no browser keeps it.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Admission:
    """Stands before an application, and refuses whoever may not ask.

    Args:
        app: What answers.
        host: Where the server listens.
        key: What every request must bring that reads the library. Without one, only requests are let in that name this
            machine, so that no page of the web can ask through a name of its own that leads here (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, host: str, key: str | None) -> None:
        self._app = app
        self._hosts = LOOPBACK_NAMES | {host.casefold()}
        self._key = None if key is None else _digest(key)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or refuse it."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope["method"], scope["path"], Headers(scope=scope)) or self._app
        await answer(scope, receive, send_secured)

    def _refusal(self, method: str, path: str, headers: Headers) -> Response | None:
        if self._key is None:
            if _host_name(headers.get("host", "")) not in self._hosts:
                return refusal(HTTPStatus.FORBIDDEN, "Ask this server at the address that it printed, at no other.")
        elif path not in OPEN_PATHS and not self._has_key(headers.get("authorization", "")):
            return refusal(
                HTTPStatus.UNAUTHORIZED,
                "The request has no key, or a wrong one; send the header “Authorization: Bearer KEY”.",
                {"WWW-Authenticate": "Bearer"},
            )
        if method == "POST" and headers.get("content-type", "").partition(";")[0].strip().casefold() != JSON:
            # Any page of the web may send anything else; before it sends this, browsers ask the server.
            return refusal(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The body must be JSON; send the header “Content-Type: {JSON}”."
            )
        return None

    def _has_key(self, authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        return scheme.casefold() == "bearer" and hmac.compare_digest(_digest(given.strip()), self._key or b"")


def _digest(key: str) -> bytes:
    """Keys are compared by their hashes, which are of one length, so that the time tells nothing."""
    return hashlib.sha256(key.encode("utf-8")).digest()


def _host_name(host: str) -> str:
    """The name in a Host header, without its port; empty where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""
