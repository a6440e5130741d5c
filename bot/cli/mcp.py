"""``pullquote mcp``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.startup import load_settings
from bot.cli.terminal import complain, say
from bot.errors import ServerError
from retrieval.extras import has_extra, needs_extra

TO_A_PERSON = "An assistant starts this command and speaks MCP with it; docs/mcp.md says how to set one up."
DEFAULT_PORT = 8765


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP, for programs on this machine, instead of standard streams.")
    ] = False,
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65_535, help="The port with --http; 0 takes a free one.")
    ] = DEFAULT_PORT,
) -> None:
    """Let an assistant ask the library, over MCP.

    The assistant starts this command itself; docs/mcp.md says how to set it up.
    """
    settings = load_settings()
    if not has_extra("mcp"):
        raise ServerError(f"The MCP server {needs_extra('mcp')}")
    from bot.mcp_server import serve_http, serve_streams  # late, as it is not always installed

    if http:
        serve_http(settings, port, _say_now)
        return
    if sys.stdin.isatty():
        complain(TO_A_PERSON)
    serve_streams(settings)


def _say_now(line: str) -> None:
    """A line that is seen at once, also by a program that reads the output."""
    say(line)
    sys.stdout.flush()
