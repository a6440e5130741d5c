"""How a search slows down as the library grows: libraries of any size, made of one that there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

import retrieval.ingest.indexer as indexer_module
from retrieval import DEFAULT_COLLECTION, Indexer, Library, LibrarySettings, Source
from tests.benchmarks.measuring import RUNS, Spread, say
from tests.benchmarks.programs import module, run

SIZES = (1_000, 10_000, 50_000, 200_000)
# What is added to each number of a copied vector, on average; the copy's cosine with its original is about .86.
JITTER = 0.03
SEED = 7


class Jittered:
    """Gives one stored vector after the other, each a little displaced, whatever the texts say."""

    def __init__(self, stored: NDArray[np.float32]) -> None:
        self._stored = stored
        self._random = np.random.default_rng(SEED)
        self._given = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows = np.arange(self._given, self._given + len(texts)) % len(self._stored)
        self._given += len(texts)
        moved = self._stored[rows] + self._random.normal(scale=JITTER, size=(len(texts), self._stored.shape[1]))
        found: list[list[float]] = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def measure_growth(corpus_home: Path, home: Path, questions: Path) -> dict[int, Spread]:
    """How long a warm search takes, in milliseconds, by the number of chunks; one median a run."""
    stored = stored_vectors(corpus_home)
    copies = copied_sources(corpus_home)
    library = Library(LibrarySettings(home=home), Jittered(stored))
    found: dict[int, Spread] = {}
    for size in SIZES:
        chunks = grow(library, copies, size)
        runs = [median(run(*module("own", "search", str(questions)), home=home).said) for _ in range(RUNS)]
        found[chunks] = Spread(tuple(runs))
        say(f"  {chunks:,} chunks: {found[chunks].shown(2)} ms")
    library.close()
    return found


def stored_vectors(home: Path) -> NDArray[np.float32]:
    """All vectors of a library's first collection."""
    library = Library(LibrarySettings(home=home))
    manifest = library.open_collections([DEFAULT_COLLECTION])
    index = library.index(manifest, DEFAULT_COLLECTION)
    vectors = index.vectors.vectors(sorted(index.keyword.rows))
    library.close()
    return vectors


def copied_sources(home: Path) -> Iterator[Source]:
    """The sources of a library over and over; in each copy every sentence ends in another word."""
    library = Library(LibrarySettings(home=home))
    records = library.records(DEFAULT_COLLECTION)
    number = 0
    while True:
        number += 1
        for record in records:
            text = library.source(record).text.replace(". ", f" copy{number}. ")
            yield Source.from_bytes(uri=f"copy:{number}:{record.id}", title=record.title, data=text.encode("utf-8"))


def grow(library: Library, copies: Iterator[Source], size: int) -> int:
    """Add copies until the library has about ``size`` chunks; the number that it has then.

    The product commits a long run in parts, each of which begins with a copy of the index. Here one part does, because
    nothing is lost by an interruption.
    """
    indexer_module.CHUNKS_PER_COMMIT = size
    indexer = Indexer(library)
    while True:
        manifest = library.manifest()
        held = manifest.collections[DEFAULT_COLLECTION].chunks if manifest else 0
        if held >= 0.97 * size:
            return held
        characters, some = 0, []
        # A chunk of encyclopaedia articles has about 720 characters; the rest is added in smaller and smaller steps.
        while characters < 720 * (size - held):
            some.append(next(copies))
            characters += len(some[-1].text)
        indexer.add(some, DEFAULT_COLLECTION)
