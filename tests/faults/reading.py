"""Readers beside a writer: what they may see, and what must not grow with every change."""

from __future__ import annotations

import gc
import threading
import time
from pathlib import Path

from retrieval import HybridRetriever, Indexer, Library, LibrarySettings
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


def read_beside_a_writer(settings: LibrarySettings, seconds: float, readers: int) -> tuple[int, int]:
    """Write one version after another while readers ask.

    Returns:
        How many questions were answered, and how many versions there were.
    """
    writer = Library(settings, WordEmbeddings())
    write(writer, 0)
    done, problems, asked = threading.Event(), [], 0

    def read() -> None:
        nonlocal asked
        library = Library(settings, WordEmbeddings())
        retriever = HybridRetriever(library=library, collections=(COLLECTION,))
        newest = 0
        try:
            while not done.is_set():
                seen = versions_seen(retriever)
                assert len(seen) == 1, f"a mixture of {seen}"
                assert seen >= {newest} or min(seen) > newest, f"{seen} after {newest}"
                newest = max(seen)
                asked += 1
        except BaseException as error:  # noqa: BLE001 (told by the thread that waits for this one)
            problems.append(error)
        finally:
            library.close()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    until, version = time.monotonic() + seconds, 0
    while time.monotonic() < until and not problems:
        version += 1
        write(writer, version)
    done.set()
    for thread in threads:
        thread.join()
    writer.close()
    if problems:
        raise problems[0]
    return asked, version


def held_after(settings: LibrarySettings, generations: int) -> list[tuple[int, int, int]]:
    """What a process holds that asks after every change: open files, threads, index folders; at two moments.

    The first is when all that is made once has been made, the second after so many generations.
    """
    writer, reader = Library(settings, WordEmbeddings()), Library(settings, WordEmbeddings())
    retriever = HybridRetriever(library=reader, collections=(COLLECTION,))
    held = []
    for version in range(generations + 5):
        write(writer, version)
        assert versions_seen(retriever) == {version}
        if version in (4, generations + 4):
            gc.collect()
            folders = len(list((settings.home / "index").iterdir()))
            held.append((len(list(Path("/proc/self/fd").iterdir())), threading.active_count(), folders))
    writer.close()
    reader.close()
    return held
