"""The article that ships with the package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from retrieval.types import Source

ARTICLE_FILE = Path(__file__).parent.parent / "corpus" / "kazakhstan-protests.txt"
ARTICLE_URI = "pullquote:kazakhstan-protests"
ARTICLE_TITLE = "Kazakhstan protests, January 2022"


def load_article() -> Source:
    """The article as a source."""
    from retrieval.loaders.formats import TEXT  # every question comes by the address, and none by the text
    from retrieval.loaders.plain import UTF_8

    source = Source.from_bytes(uri=ARTICLE_URI, title=ARTICLE_TITLE, data=ARTICLE_FILE.read_bytes())
    return replace(source, format=TEXT.name, encoding=UTF_8, loader=TEXT.loader)
