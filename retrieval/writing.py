"""What every change to the library shares: the clean start, the vectors, the keyword side, the progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING

from retrieval.errors import DamagedLibraryError
from retrieval.files import ASIDE_NAME, TEXT_NAME, our_paths, remove_leftovers, storage_errors
from retrieval.generations import INDEXES, NewIndex, sweep, unnamed
from retrieval.keyword import KeywordIndex
from retrieval.languages import ENGLISH
from retrieval.types import Chunk, Source

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.manifest import Manifest

# Vectors are computed and stored in steps of this many chunks: one progress report each, bounded memory.
STEP = 128

# Called with how many chunks are done and how many there are.
Progress = Callable[[int, int], None]


def is_tidy(library: Library, manifest: Manifest) -> bool:
    """Whether no interrupted run has left files behind; a look at names only."""
    home, texts = library.settings.home, library.texts.folder
    named = {f"{sha256}.txt" for sha256 in manifest.texts()} | {f"{sha256}.json" for sha256 in manifest.places()}
    asides = [path for folder in (home, home / INDEXES, texts) for path in our_paths(folder, ASIDE_NAME)]
    strange = [path for path in our_paths(texts, TEXT_NAME) if path.name not in named]
    return not asides and not strange and not unnamed(home, manifest.indexes())


def clean_up(library: Library, manifest: Manifest) -> None:
    """Delete what interrupted runs left, and older indexes that nobody uses any more.

    Raises:
        StorageError: If the data folder cannot be written.
    """
    with storage_errors(library.settings.home):
        remove_leftovers(library.settings.home)
    sweep(library.settings.home)
    library.texts.keep_only(manifest.texts() | manifest.places())


def add_vectors(
    library: Library,
    index: NewIndex,
    chunked: Sequence[tuple[Source, Sequence[Chunk]]],
    known: Set[str],
    report: Callable[[int], None],
) -> None:
    """Embed the words of chunks and put the vectors into the dense side of an index.

    Args:
        library: Gives the model.
        index: The index that is being built.
        chunked: Sources with their chunks.
        known: Ids of vectors that are there already and need no work.
        report: Called after each step with the number of chunks it added.
    """
    flat = [(chunk.vector_id, source.slice(chunk.span)) for source, chunks in chunked for chunk in chunks]
    for first in range(0, len(flat), STEP):
        step = flat[first : first + STEP]
        words = {vector_id: text for vector_id, text in step if vector_id not in known}
        if words:
            index.vectors.add(list(words), library.embeddings.embed_documents(list(words.values())))
        report(len(step))


def keyword_index(chunked: Sequence[tuple[Source, Sequence[Chunk]]]) -> KeywordIndex:
    """The keyword side of the chunks of some sources."""
    flat = [(chunk, source) for source, chunks in chunked for chunk in chunks]
    return KeywordIndex.build(
        [chunk for chunk, _ in flat],
        (source.slice(chunk.span) for chunk, source in flat),
        (source.language or ENGLISH for _, source in flat),
    )


def finish_index(index: NewIndex, keyword: KeywordIndex) -> None:
    """Write the keyword side of an index, and seal both; nothing is written there any more.

    Raises:
        DamagedLibraryError: If vectors are missing that an older index should have had.
        StorageError: If the data folder cannot be written.
    """
    if index.vectors.ids() != keyword.rows.keys():
        raise DamagedLibraryError("The index is incomplete; run `pullquote reindex` to rebuild it.")
    keyword.save(index.keyword_folder)
    index.vectors.seal()


class StepCounter:
    """Adds up steps into progress reports.

    Args:
        progress: Told the sum after each step, beginning with 0; may be None.
        total: What the sum will be.
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self.add(0)

    def add(self, count: int) -> None:
        """Count ``count`` more chunks as done."""
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)
