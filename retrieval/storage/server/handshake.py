"""What answers at an address: Chroma with our database, or something else; asked before Chroma's client speaks."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from retrieval.errors import StorageError
from retrieval.storage.server import timeouts

HEARTBEAT = "/api/v2/heartbeat"
# The interface of Chroma before version 0.6.
OLD_HEARTBEAT = "/api/v1/heartbeat"
# No first word is longer; what is may be anything.
MOST_BYTES = 100_000


def check_server(url: str, tenant: str, database: str, headers: Mapping[str, str]) -> None:
    """See whether Chroma is at ``url``, knows us, and has the database.

    Raises:
        StorageError: If not; the sentence says what is there instead.
        httpx.HTTPError: If there is no answer.
    """
    path = f"/api/v2/tenants/{quote(tenant, safe='')}/databases/{quote(database, safe='')}"
    try:
        status, told, leads_to = _ask(url + path, headers)
    except (httpx.InvalidURL, UnicodeError):
        raise StorageError(f"{url} is no address of a server; correct PULLQUOTE_CHROMA_URL.") from None
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise refused(url)
    if leads_to:
        raise StorageError(f"{url} leads to {leads_to}; set PULLQUOTE_CHROMA_URL to the Chroma server's own address.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise StorageError(f"The server at {url} fails ({status} {_phrase(status)}); look at its log, then try again.")
    # Chroma's errors have names like NotFoundError and InvalidArgumentError.
    if status != HTTPStatus.OK and str(told.get("error")).endswith("Error"):
        raise StorageError(
            f"The Chroma server at {url} has no database “{database}” of the tenant “{tenant}”; make it "
            "there, or correct PULLQUOTE_CHROMA_DATABASE and PULLQUOTE_CHROMA_TENANT."
        )
    if status != HTTPStatus.OK or not told.keys() >= {"id", "name", "tenant"}:
        if "nanosecond heartbeat" in _ask(url + OLD_HEARTBEAT, headers)[1]:
            raise StorageError(f"The Chroma server at {url} is too old for Pullquote; run Chroma 1.0 or later there.")
        raise StorageError(
            f"There is no Chroma server at {url}, but something else that answers ({status} {_phrase(status)}); "
            "correct PULLQUOTE_CHROMA_URL."
        )


def is_alive(url: str, headers: Mapping[str, str]) -> bool:
    """Whether the server answers a heartbeat, whatever it says."""
    try:
        _ask(url + HEARTBEAT, headers)
    except (httpx.HTTPError, OSError):
        return False
    return True


def refused(url: str) -> StorageError:
    """The error for a server that will not have us."""
    return StorageError(
        f"The Chroma server at {url} refuses us; correct PULLQUOTE_CHROMA_TOKEN, "
        "PULLQUOTE_CHROMA_TENANT and PULLQUOTE_CHROMA_DATABASE."
    )


def no_connection(url: str, error: BaseException) -> StorageError:
    """The error for a server that cannot be spoken to."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or str(cause.reason or "TLS").replace("_", " ").lower()
            return StorageError(
                f"No safe connection to the Chroma server at {url} comes about ({reason}); correct its certificate, "
                "or PULLQUOTE_CHROMA_URL."
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error):
        return StorageError(f"What answers at {url} is no Chroma server; correct PULLQUOTE_CHROMA_URL.")
    if timeouts.BUSY in str(error):
        return StorageError(
            f"The Chroma server at {url} is busy, and has not answered for {timeouts.ANSWER_SECONDS:g} seconds; try "
            "again later."
        )
    return StorageError(f"The Chroma server at {url} does not answer; start it, or correct PULLQUOTE_CHROMA_URL.")


def _ask(address: str, headers: Mapping[str, str]) -> tuple[int, dict[str, Any], str]:
    """The status, what JSON says, and the host that a redirect names, asked for within a few seconds in all."""
    end = time.monotonic() + timeouts.SILENCE_SECONDS
    # What is compressed could be anything once it is not.
    plain = {**headers, "Accept-Encoding": "identity"}
    with httpx.stream("GET", address, headers=plain, timeout=timeouts.SILENCE_SECONDS) as answer:
        body = b""
        for block in answer.iter_raw():
            body += block
            if len(body) > MOST_BYTES:
                break
            if time.monotonic() > end:
                raise httpx.ReadTimeout("the answer takes too long")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = {}
    leads_to = ""
    if answer.is_redirect:
        parts = urlsplit(answer.headers.get("location", ""))
        leads_to = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "another page"
    return answer.status_code, told if isinstance(told, dict) else {}, leads_to


def _phrase(status: int) -> str:
    return httpx.codes.get_reason_phrase(status) or "unknown"
