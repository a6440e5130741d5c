"""``pullquote mcp``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.startup import load_settings
from bot.cli.terminal import complain, say_now
from bot.errors import ServerError
from retrieval.extras import has_extra, needs_extra

TO_A_PERSON = (
    "An assistant starts this command and speaks MCP with it: in its settings, give a server the command `pullquote` "
    "and the argument `mcp`."
)
DEFAULT_PORT = 8766  # so that `serve` can run beside it


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP, for programs on this machine, instead of standard streams.")
    ] = False,
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65_535, help="The port with --http; 0 takes a free one.")
    ] = DEFAULT_PORT,
) -> None:
    """Let an assistant ask the library, over MCP.

    The assistant starts this command itself: add a server with the command pullquote and the argument mcp
    to its settings.
    """
    settings = load_settings()
    if not has_extra("mcp"):
        raise ServerError(f"The MCP server {needs_extra('mcp')}")
    from bot.mcp_server import serve_http, serve_streams  # late, as it is not always installed
    from bot.readiness import check_judge

    check_judge(settings)
    if http:
        serve_http(settings, port, say_now)
        return
    if sys.stdin.isatty():
        complain(TO_A_PERSON)
    serve_streams(settings)
