"""A data folder whose shared collection holds the article, as if whoever runs the bot had added it for all servers.

The sample that comes with the program answers in no server, so it is not what most tests can ask about.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.settings import Settings
from retrieval import SAMPLE_ARTICLE_ID, Embedder, Indexer, Library
from retrieval.loaders.article import load_article
from retrieval.types import source_id

URI = "shared:kazakhstan-protests"
SHARED_ARTICLE = replace(load_article(), uri=URI, id=source_id(URI))


def share_article(library: Library) -> None:
    """Put the article where the sample would be."""
    indexer = Indexer(library)
    indexer.add([SHARED_ARTICLE])
    indexer.remove([SAMPLE_ARTICLE_ID])


def with_shared_article(home: Path) -> Path:
    """Make the data folder, unless it is there already."""
    if not home.exists():
        shutil.copytree(shared_home(), home)
    return home


def made_home(embeddings: Embedder | None = None) -> Path:
    """A new data folder with the article in it; it goes with this process."""
    home = Path(tempfile.mkdtemp()) / "home"
    atexit.register(shutil.rmtree, home.parent)
    library = Library(Settings(home=home), embeddings)
    share_article(library)
    library.close()
    return home


@cache
def shared_home() -> Path:
    """A data folder with the article in it, indexed with the real model; to be copied, never used."""
    return made_home()
