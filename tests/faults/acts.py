"""What the fork server runs in place of the plain program, in a process of its own."""

from __future__ import annotations

from bot.cli.main import main
from retrieval.ingest import indexer


def commit_each_document(*_arguments: str) -> int:
    """Be the program, but put every document in force by itself, as a long run does with every few thousand chunks."""
    indexer.CHUNKS_PER_COMMIT = 1
    return main()
