"""A network that falls silent: connections stay open, and nothing comes through them any more."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from urllib.parse import urlsplit

HOST = "127.0.0.1"


class Network:
    """Stands between the program and a server, forwarding everything until it is told to be ``silent``.

    Args:
        url: An address of the server.
    """

    def __init__(self, url: str) -> None:
        self.silent = False
        self._target = urlsplit(url)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="network", daemon=True)
        self._port = 0
        # The loop itself holds its tasks weakly, and those that wait for nobody would be collected.
        self._served: set[asyncio.Task[None] | None] = set()

    def __enter__(self) -> Network:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def through(self, url: str) -> str:
        """The same address of the server, but through this network."""
        return url.replace(f":{self._target.port}", f":{self._port}")

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, 0)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._served.add(asyncio.current_task())
        there, back = await asyncio.open_connection(HOST, self._target.port)
        try:
            await asyncio.gather(self._forward(reader, back), self._forward(there, writer), return_exceptions=True)
        except asyncio.CancelledError:
            pass  # asyncio's streams would tell about it
        finally:
            for end in (back, writer):
                end.transport.abort()

    async def _forward(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            if not self.silent:
                sink.write(data)
                await sink.drain()
        if not self.silent:
            sink.write_eof()
