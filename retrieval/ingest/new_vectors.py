"""The vectors of a change: computed for new words, taken over for those that were there."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from retrieval.index.vector_store import Vectors
from retrieval.models.cpu_count import count_processors
from retrieval.models.embedder import Embedder
from retrieval.storage.interface import NewIndex
from retrieval.types import Chunk, Source

# Vectors are stored in steps of this many chunks, which bounds the memory.
STEP = 128
# They are computed in turns, so that progress can be told within seconds: of so many chunks for each processor, which
# leaves little to wait for at the end of a turn, and of so many at least, because other models compute in batches.
PER_PROCESSOR, LEAST = 8, 16


def add_vectors(
    embeddings: Embedder,
    index: NewIndex,
    chunked: Sequence[tuple[Source, Sequence[Chunk]]],
    known: Set[str],
    report: Callable[[int], None],
) -> None:
    """Embed the words of chunks and put the vectors into the dense side of an index.

    Vectors are stored by a thread of its own while the next ones are computed, which keeps every processor busy.

    Args:
        embeddings: The model.
        index: The index that is being built.
        chunked: Sources with their chunks.
        known: Ids of vectors that are there already and need no work.
        report: Called after each turn with the number of chunks it added.

    Raises:
        StorageError, DamagedLibraryError: As ``NewIndex.add``.
        ModelError: If the model is missing or altered.
    """
    flat = [(chunk.vector_id, source.slice(chunk.span)) for source, chunks in chunked for chunk in chunks]
    turn = max(LEAST, PER_PROCESSOR * count_processors())
    with ThreadPoolExecutor(1, thread_name_prefix="vectors") as writer:
        storing: Future[None] | None = None
        for first in range(0, len(flat), STEP):
            step = flat[first : first + STEP]
            vectors: dict[str, list[float]] = {}
            for at in range(0, len(step), turn):
                part = step[at : at + turn]
                words = {name: text for name, text in part if name not in known and name not in vectors}
                if words:
                    vectors |= zip(words, embeddings.embed_documents(list(words.values())), strict=True)
                report(len(part))
            if storing:
                storing.result()  # one step at a time, and what went wrong in it is raised here
            storing = writer.submit(index.add, list(vectors), list(vectors.values())) if vectors else None
        if storing:
            storing.result()


def reuse_vectors(index: NewIndex, old: Vectors, wanted: Set[str], dimension: int) -> set[str]:
    """Take over vectors from another index, as far as they are there and sound.

    Args:
        index: The index that is being built.
        old: Where the vectors may be.
        wanted: The ids of those that are needed.
        dimension: How many numbers a sound one has.

    Returns:
        The ids of those that were taken over.

    Raises:
        DamagedLibraryError: If the other index cannot be used.
    """
    there = sorted(wanted & old.ids())
    taken: set[str] = set()
    for first in range(0, len(there), STEP):
        ids = there[first : first + STEP]
        vectors = old.vectors(ids)
        sound = are_sound(vectors) & (vectors.shape[1:] == (dimension,))
        if sound.any():
            index.add([ids[i] for i in np.flatnonzero(sound)], vectors[sound].tolist())
        taken.update(ids[i] for i in np.flatnonzero(sound))
    return taken


def are_sound(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which vectors have a direction; (vectors,)."""
    return np.asarray(np.isfinite(vectors).all(axis=1) & vectors.any(axis=1))
