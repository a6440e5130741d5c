"""The HTTP server: the same answers as JSON and as a page, for programs and browsers on this machine."""

from bot.http_server.server import serve_http

__all__ = ["serve_http"]
