"""A name server for tests: names of the open internet that end on this machine, and names that try to get inside."""

from __future__ import annotations

import os
import socket
from collections import Counter
from typing import Any

from retrieval.web.fetcher import WebFetcher

# An address of the open internet, where the tests' site is; it ends on this machine.
PUBLIC = "93.184.216.34"
HERE = "127.0.0.1"
NAMES = {
    "site.example": [[PUBLIC]],
    "inside.example": [["10.0.0.7"]],
    "mapped.example": [["::ffff:127.0.0.1"]],
    "both.example": [[PUBLIC, HERE]],
    # Public when it is asked first, and on this machine from then on.
    "rebinding.example": [[PUBLIC], [HERE]],
}
# How long a page may take, so that a test need not wait for half a minute.
PAGE_SECONDS = "WEB_PAGE_SECONDS"


def lead_names() -> None:
    """Answer for names that end in ``.example``; the launcher calls this before the program."""
    look_up, connect = socket.getaddrinfo, socket.create_connection
    asked: Counter[str] = Counter()

    def getaddrinfo(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        answers = NAMES.get(str(host))
        if answers is None:
            return look_up(host, port, *arguments, **options)
        asked[host] += 1
        addresses = answers[min(asked[host], len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    def create_connection(address: tuple[str, int], *arguments: Any, **options: Any) -> socket.socket:
        host, port = address
        return connect((HERE if host == PUBLIC else host, port), *arguments, **options)

    socket.getaddrinfo = getaddrinfo
    setattr(socket, "create_connection", create_connection)  # noqa: B010 (its overloads are no business of the tests)
    assert WebFetcher.__init__.__kwdefaults__ is not None
    WebFetcher.__init__.__kwdefaults__["seconds"] = float(os.environ.get(PAGE_SECONDS, "30"))
