"""What the fork server runs besides the program itself, in a process of its own."""

from __future__ import annotations

import json
import sys

from bot.settings import Settings
from retrieval import Library
from tests.faults.server import WordEmbeddings


def count_chunks() -> int:
    """Print, for each collection, how many chunks Chroma holds and how many the manifest counts."""
    library = Library(Settings.load(), WordEmbeddings())
    manifest = library.manifest()
    assert manifest is not None
    counts = {
        name: [len(index.vectors.ids()), len(index.keyword.rows), record.chunks]
        for name, record in manifest.collections.items()
        if record.index and (index := library.index(manifest, name))
    }
    library.close()
    json.dump(counts, sys.stdout)
    return 0
