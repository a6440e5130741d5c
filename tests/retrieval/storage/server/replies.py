"""Something that speaks HTTP in place of a Chroma server, and what is asked of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bot import Settings
from retrieval import HybridRetriever, Library
from tests.retrieval.fakes import RememberingEmbeddings
from tests.retrieval.strategies import make_source

# A status, a body, and where a redirect leads.
Reply = Callable[[str], tuple[int, str] | tuple[int, str, str]]
POOL = make_source("The pool opens at nine.", uri="test:pool", title="Pool")


def library_at(url: str, home: Path, embeddings: RememberingEmbeddings) -> Library:
    return Library(Settings(chroma_url=url, home=home), embeddings)


def first(library: Library) -> str:
    return HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")[0].text


@contextmanager
def answering(reply: Reply) -> Iterator[str]:
    """Something that speaks HTTP: ``reply`` gives a status and a body for a path, or lets wait for it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = reply(self.path)
            self.send_response(answer[0])
            if len(answer) == 3:
                self.send_header("Location", answer[2])
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(answer[1].encode())

        do_POST = do_GET  # noqa: N815 (as above)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
