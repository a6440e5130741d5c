"""Readers beside a writer: what they may see, and what must not grow with every change."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from bot import Settings
from retrieval import HybridRetriever, Indexer, Library, LibrarySettings
from tests.faults.client import Client
from tests.faults.server import WordEmbeddings
from tests.retrieval.strategies import make_source

COLLECTION = "harbour"
BERTH = "Berth {number} is for boats of {number} metres, and the fee is paid at the gate."
FILLER = "\n\n".join(BERTH.format(number=number) for number in range(40))
QUESTION = "When does the harbour open?"


def document(version: int) -> str:
    """A text that tells its version in its first and in its last sentence, far from each other."""
    return f"The harbour opens on day {version}.\n\n{FILLER}\n\nThe harbour closes on day {version}."


def write(library: Library, version: int) -> None:
    """Put a version in the place of the last one."""
    source = make_source(document(version), uri="test:harbour", title="Harbour")
    Indexer(library).add([source], COLLECTION, wait_seconds=30)


def versions_seen(retriever: HybridRetriever) -> set[int]:
    """The versions that one question's passages tell of; all passages are of one text when all is well."""
    passages = retriever.passages(QUESTION, k=50)
    words = [line for passage in passages for line in passage.text.splitlines() if " on day " in line]
    assert len(words) == 2, words  # never neither
    assert len({passage.source.sha256 for passage in passages}) == 1
    return {int(line.rstrip(".").rsplit(" ", 1)[1]) for line in words}


def read_on(settings: LibrarySettings, is_done: Callable[[], bool]) -> int:
    """Ask until it is done, and say how often; each answer is of one version, and none is older than the one before."""
    library = Library(settings, WordEmbeddings())
    retriever = HybridRetriever(library=library, collections=(COLLECTION,))
    newest = asked = 0
    try:
        while not is_done():
            seen = versions_seen(retriever)
            assert len(seen) == 1, f"a mixture of {seen}"
            assert seen >= {newest} or min(seen) > newest, f"{seen} after {newest}"
            newest = max(seen)
            asked += 1
    finally:
        library.close()
    return asked


def read_until_there(path: str) -> int:
    """What a reader does that is a program of its own: ask until ``path`` is there, and print how often."""
    print(read_on(Settings.load(), Path(path).exists))  # noqa: T201 (whoever started it reads that)
    return 0


def read_beside_a_writer(
    client: Client, settings: LibrarySettings, few: int, *, readers: int, seconds: float = 0, versions: int = 0
) -> tuple[int, int]:
    """Write one version after another while readers ask: threads of this process, and one program more.

    Args:
        client: Starts the program.
        settings: Where the library is.
        few: Up to how many vectors the program compares by itself; this process has been told.
        readers: How many readers there are, that program among them.
        seconds: For how long at least.
        versions: How many versions there are at least.

    Returns:
        How many questions were answered, and how many versions there were.
    """
    writer = Library(settings, WordEmbeddings())
    write(writer, 0)
    done, problems, asked = threading.Event(), [], [0] * (readers - 1)

    def read(number: int) -> None:
        try:
            asked[number] = read_on(settings, done.is_set)
        except BaseException as error:  # noqa: BLE001 (told by the thread that waits for this one)
            problems.append(error)

    end = client.folder / f"{uuid4().hex}.done"
    environment = {"PULLQUOTE_CHROMA_URL": settings.chroma_url} if settings.chroma_url else {}
    act = f"{read_until_there.__module__}:{read_until_there.__name__}"
    program = client.start(str(end), act=act, home=settings.home, env=environment, few=few)
    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers - 1)]
    for thread in threads:
        thread.start()
    until, version = time.monotonic() + seconds, 0
    while (time.monotonic() < until or version < versions) and not problems:
        version += 1
        write(writer, version)
    done.set()
    end.touch()
    for thread in threads:
        thread.join()
    ended = program.wait()
    writer.close()
    if problems:
        raise problems[0]
    assert (ended.code, ended.err) == (0, ""), ended.err
    assert int(ended.out) > 0
    return sum(asked) + int(ended.out), version


def held_after(settings: LibrarySettings, snapshots: int) -> list[tuple[int, int, int]]:
    """What a process holds that asks after every change: open files, threads, index folders; at two moments.

    The first is when all that is made once has been made, the second after so many snapshots.
    """
    writer, reader = Library(settings, WordEmbeddings()), Library(settings, WordEmbeddings())
    retriever = HybridRetriever(library=reader, collections=(COLLECTION,))
    held = []
    for version in range(snapshots + 5):
        write(writer, version)
        assert versions_seen(retriever) == {version}
        if version in (4, snapshots + 4):
            gc.collect()
            folders = len(list((settings.home / "index").iterdir()))
            held.append((len(list(Path("/proc/self/fd").iterdir())), threading.active_count(), folders))
    writer.close()
    reader.close()
    return held
