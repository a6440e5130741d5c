"""A library of a few small documents, with the real model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Settings
from retrieval import HybridSearch, Indexer, Library, OnnxEmbeddings, Source, load_bytes

MILL = """# The mill at the harbour

The mill at the harbour grinds corn for the whole town of Wexley, and has done so for a hundred years.

Carla Neri, who came from Genoa, raised it in 1911. She called it the Silver Heron.

## Opening hours

The mill opens at nine in the morning and closes at five. On Sundays it stays closed.

## The miller

Since 2019 the mill has been run by Ben Marsh. Marsh learned his trade in Zeeland.

| day | sacks |
|---|---|
| Monday | 40 |
"""
RULES = """# Rules of the rowing club

1. Members pay the fee of twelve euros by the end of March.
2. Dogs are welcome in the garden of the club, but not in the boats.
"""
POST = """---
slug: "posts/ada-thorne-and-the-raid"
description: "Ada Thorne and the raid, in which she led three boats."
---
![](ada-thorne.jpg)**Updated:** Some readers of Ada Thorne asked for more.

In 1863 the spy [Ada Thorne](https://a.example/ada-thorne), who came from Skarn, led three boats up the river.
"""
MENU = """# Menu

The kitchen of the inn cooks what the boats bring home in the morning.
"""


@pytest.fixture(scope="session")
def documents() -> list[Source]:
    texts = {"mill.md": MILL, "rules.md": RULES, "menu.md": MENU}
    return [load_bytes(text.encode(), name=name, uri=f"test:{name}") for name, text in texts.items()]


@pytest.fixture
def search(settings: Settings, embeddings: OnnxEmbeddings, documents: list[Source]) -> Iterator[HybridSearch]:
    """Every document in the collection "all", and each in one of its own."""
    library = Library(settings, embeddings)
    indexer = Indexer(library)
    indexer.add(documents, "all")
    for document in documents:
        indexer.add([document], document.title.split()[-1])
    yield HybridSearch(library)
    library.close()
