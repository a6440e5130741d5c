"""``pullquote serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.startup import load_settings
from bot.cli.terminal import say_now
from bot.errors import ServerError
from retrieval.extras import has_extra, needs_extra


def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; one that others reach needs PULLQUOTE_SERVE_KEY.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65_535, help="The port; 0 takes a free one.")] = 8765,
) -> None:
    """Answer over HTTP: a page for browsers, JSON for programs."""
    if not has_extra("serve"):
        raise ServerError(f"The HTTP server {needs_extra('serve')}")
    from bot.http_server import serve_http

    serve_http(load_settings(), host, port, say_now)
