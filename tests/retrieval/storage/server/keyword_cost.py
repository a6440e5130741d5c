"""What the keyword side costs a machine whose library is on a Chroma server: seconds, memory, disk.

Run as ``python -m tests.retrieval.storage.server.keyword_cost FOLDER`` on a folder of text files. Vectors
are a stand-in that costs nothing, because this is not about them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from retrieval import HybridRetriever, Indexer, Library, LibrarySettings, load_path
from retrieval.types import text_sha256
from tests.chroma_server import ChromaServer
from tests.retrieval.strategies import make_source

DIMENSION = 384
QUESTION = "Which river is the longest?"


class HashEmbeddings(Embeddings):
    """A direction for each text, out of its hash."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.random.default_rng(int(text_sha256(text)[:16], 16)).standard_normal(DIMENSION)
        return [float(number) for number in vector / np.linalg.norm(vector)]


def fill(folder: Path) -> None:
    """Index the folder from a machine of its own, and say how large it is."""
    library = Library(LibrarySettings.load(), HashEmbeddings())
    sources = [load_path(path) for path in sorted(folder.glob("*.txt"))]
    started = time.monotonic()
    Indexer(library).add(sources, "articles")
    chunks = sum(record.chunks for record in library.records("articles"))
    say(f"{len(sources)} documents, {chunks:,} chunks; written to the server in {time.monotonic() - started:.0f} s")
    library.close()


def use(once_more: str) -> None:
    """Ask as another machine, as a process of its own would; then wait for one more document."""
    library = Library(LibrarySettings.load(), HashEmbeddings())
    library.manifest()
    retriever = HybridRetriever(library=library, collections=("articles",))
    before, started = resident_megabytes(), time.monotonic()
    manifest = library.usable_manifest()
    assert manifest is not None
    library.index(manifest, "articles")
    opened, after = time.monotonic() - started, resident_megabytes()
    retriever.passages(QUESTION)
    disk = sum(path.stat().st_size for path in library.settings.home.glob("servers/*/keyword/**/*") if path.is_file())
    say(f"{once_more}: keyword side in {opened:.1f} s, {after - before:.0f} MB of memory, {disk / 1e6:.0f} MB on disk")
    if once_more == "first start":
        writer = Library(LibrarySettings.load(), library.embeddings)
        started = time.monotonic()
        Indexer(writer).add([make_source("The bees live behind the orchard.", uri="test:bees")], "articles")
        say(f"one more small document: published after {time.monotonic() - started:.1f} s")
        writer.close()
        started = time.monotonic()
        manifest = library.manifest(fresh=True)
        assert manifest is not None
        library.index(manifest, "articles")
        say(f"and known to a running process {time.monotonic() - started:.1f} s after it looks")
    library.close()


def resident_megabytes() -> float:
    """The memory of this process, mapped files among it."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (this is a program for a terminal)


def main() -> None:
    """Start a server, fill it, and use it as a machine that has nothing, then as one that has copies."""
    folder = Path(sys.argv[1])
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    say(f"{machine}, {datetime.now(UTC):%d %b %Y}")
    with tempfile.TemporaryDirectory() as scratch:
        server = ChromaServer(Path(scratch) / "server")
        server.start()
        environment = {**os.environ, "PULLQUOTE_CHROMA_URL": server.url}
        try:
            for step, home in (("fill", "writer"), ("first start", "reader"), ("second start", "reader")):
                subprocess.run(
                    [sys.executable, "-m", "tests.retrieval.storage.server.keyword_cost", str(folder), step],
                    env={**environment, "PULLQUOTE_HOME": str(Path(scratch) / home)},
                    check=True,
                )
        finally:
            server.stop()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main()
    elif sys.argv[2] == "fill":
        fill(Path(sys.argv[1]))
    else:
        use(sys.argv[2])
