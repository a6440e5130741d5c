"""What one client may take: so much is read of it, so long is waited for it, and nothing is done once it is gone."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http_server.refusals import refusal

MAX_BODY_BYTES = 256_000
# A connection that is closed while its client still sends is reset, and the client never reads why (RFC 9112, 9.6).
# So much of a body that is too large is therefore read and thrown away before it is refused.
MAX_DISCARDED_BYTES = 16_000_000
BODY_SECONDS = 10
CLOSE = {"Connection": "close"}
STOPPED = "The server is being stopped; ask again when it runs again."
TOO_LARGE = f"The body is larger than {MAX_BODY_BYTES:,} bytes; send less."
TOO_SLOW = f"The body did not arrive within {BODY_SECONDS} seconds; send it again."


class ClientLimits:
    """Stands before an application, and reads each request whole before it is answered.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, unless its body is too much or its client goes away, or the server is stopped."""
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._serve(scope, receive, send_noted)
        except asyncio.CancelledError:  # only the end of the server cancels this
            if not begun:
                await refusal(HTTPStatus.SERVICE_UNAVAILABLE, STOPPED, CLOSE)(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read_body(Headers(scope=scope), receive)
        except TimeoutError:
            body = refusal(HTTPStatus.REQUEST_TIMEOUT, TOO_SLOW, CLOSE)
        if isinstance(body, Response):
            await body(scope, receive, send)
        elif body is not None:
            await self._answer(scope, body, receive, send)

    async def _answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        gone, unread = asyncio.Event(), [body]

        async def receive_read() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            gone.set()

        async def respond() -> None:
            await self._app(scope, receive_read, send)

        work = asyncio.create_task(respond())
        tasks = [work, asyncio.create_task(watch()), asyncio.create_task(gone.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if not work.cancelled() and not gone.is_set():
            work.result()


async def _read_body(headers: Headers, receive: Receive) -> bytes | Response | None:
    """The body; a refusal where it is too large; None where the client goes away before it has sent it."""
    too_large = refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, CLOSE)
    length = headers.get("content-length", "0")
    if "expect" in headers and length.isdecimal() and int(length[:20]) > MAX_BODY_BYTES:
        return too_large  # the client waits for a word before it sends anything
    body, size = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY_BYTES:
            body += chunk
        if size > MAX_DISCARDED_BYTES:
            return too_large
        if not message.get("more_body", False):
            return bytes(body) if size <= MAX_BODY_BYTES else too_large
