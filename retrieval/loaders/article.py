"""The article that ships with the package."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from retrieval.loaders.formats import TEXT
from retrieval.loaders.plain import UTF_8
from retrieval.types import Source

ARTICLE_FILE = "kazakhstan-protests.txt"
ARTICLE_URI = "pullquote:kazakhstan-protests"
ARTICLE_TITLE = "Kazakhstan protests, January 2022"


def load_article() -> Source:
    """The article as a source."""
    data = (files("retrieval") / "corpus" / ARTICLE_FILE).read_bytes()
    source = Source.from_bytes(uri=ARTICLE_URI, title=ARTICLE_TITLE, data=data)
    return replace(source, format=TEXT.name, encoding=UTF_8, loader=TEXT.loader)
