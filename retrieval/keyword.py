"""The BM25 side of the index; the only file that imports its library."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from retrieval.errors import DamagedLibraryError
from retrieval.files import ASIDE, storage_errors
from retrieval.terms import extract_terms
from retrieval.types import Chunk, Span

if TYPE_CHECKING:
    from bm25s import BM25

CHUNKS = "chunks.json"
CHECKSUMS = "checksums.json"
NO_TERM = ""  # stands in a chunk without any term, because the library cannot index an empty document


class KeywordIndex:
    """BM25 scores over the chunks of one collection; immutable once built.

    Source of the method: Robertson et al., BM25 in its Lucene form, as computed by ``bm25s``.
    """

    def __init__(self, bm25: BM25, chunks: Sequence[Chunk]) -> None:
        self.chunks = tuple(chunks)
        # Chunks with the same words score the same; the first stands for all of them.
        self.rows = {chunk.vector_id: row for row, chunk in reversed(list(enumerate(self.chunks)))}
        self._bm25 = bm25

    @classmethod
    def build(cls, chunks: Sequence[Chunk], texts: Iterable[str]) -> KeywordIndex:
        """Index ``texts``, the words of ``chunks`` in the same order; there must be at least one."""
        from bm25s import BM25

        bm25 = BM25()
        bm25.index([extract_terms(text) or [NO_TERM] for text in texts], show_progress=False)
        return cls(bm25, chunks)

    def scores(self, terms: Sequence[str]) -> list[float]:
        """The BM25 score of every chunk, by row; all 0 when no term is known."""
        known = [term for term in terms if term in self._bm25.vocab_dict]
        if not known:
            return [0.0] * len(self.chunks)
        scores: list[float] = self._bm25.get_scores(known).tolist()
        return scores

    def document_frequency(self, term: str) -> int:
        """In how many chunks ``term`` occurs."""
        column = self._bm25.vocab_dict.get(term)
        if column is None:
            return 0
        starts = self._bm25.scores["indptr"]
        return int(starts[column + 1] - starts[column])

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``, which must not exist; aside first, so that it is there whole or not at all.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        aside = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}{ASIDE}")
        with storage_errors(folder.parent):
            try:
                aside.mkdir(parents=True)
                self._bm25.save(str(aside), show_progress=False)
                rows = [
                    [chunk.source_id, chunk.sha256, chunk.span.start, chunk.span.end, chunk.vector_id]
                    for chunk in self.chunks
                ]
                (aside / CHUNKS).write_text(json.dumps(rows), encoding="ascii")
                (aside / CHECKSUMS).write_text(json.dumps(_checksums(aside)), encoding="ascii")
                aside.rename(folder)
            except BaseException:
                shutil.rmtree(aside, ignore_errors=True)
                raise

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Read an index back; every file is checked against its recorded hash before it is used.

        Raises:
            DamagedLibraryError: If a file is missing or altered.
        """
        from bm25s import BM25

        try:
            recorded = json.loads((folder / CHECKSUMS).read_bytes())
            found = _checksums(folder)
            # Files that somebody else put there (a file manager, say) do no harm.
            if any(found.get(name) != checksum for name, checksum in recorded.items()) or CHUNKS not in recorded:
                raise ValueError("a checksum differs")
            rows = json.loads((folder / CHUNKS).read_bytes())
            chunks = [
                Chunk(source_id, sha256, Span(start, end), vector_id)
                for source_id, sha256, start, end, vector_id in rows
            ]
            return cls(BM25.load(str(folder), show_progress=False), chunks)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise DamagedLibraryError("The keyword index is damaged; run `pullquote reindex` to rebuild it.") from error


def _checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of an index except the list of them."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != CHECKSUMS and path.is_file()
    }
