"""What people are told about the state of their library."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord.library.collections import Audience, guild_collection
from bot.discord.library.document_list import (
    MOST_TITLES,
    document_labels,
    documents_of,
    find_documents,
    status_lines,
)
from bot.discord.texts import LANGUAGES, Texts
from retrieval import DEFAULT_COLLECTION, Indexer, Library, Source, load_bytes
from retrieval.loaders.formats import MARKDOWN

GUILD = 7


def documents(count: int, loader: str = MARKDOWN.loader) -> list[Source]:
    one = replace(load_bytes(b"The gate is blue.", name="gate.md", uri="discord:x/gate.md"), loader=loader)
    return [
        replace(one, id=f"{number:012x}", uri=f"discord:x/{number}.md", title=f"Gate *{number}*")
        for number in range(count)
    ]


@pytest.mark.parametrize("texts", LANGUAGES.values())
def test_documents_that_an_older_version_has_read_are_named(library: Library, texts: Texts) -> None:
    indexer = Indexer(library)
    indexer.add(documents(MOST_TITLES + 2), guild_collection(GUILD))
    before = status_lines(library, Audience(GUILD), texts)
    indexer.add(documents(1, loader="markdown-0"), guild_collection(GUILD))
    (told,) = set(status_lines(library, Audience(GUILD), texts)) - set(before)
    assert told == texts.library_status_outdated.format(documents=texts.documents(1), titles=r"Gate \*0\*")
    indexer.add(documents(MOST_TITLES + 1, loader="markdown-0"), guild_collection(GUILD))
    (told,) = set(status_lines(library, Audience(GUILD), texts)) - set(before)
    assert texts.documents(MOST_TITLES + 1) in told
    assert told.endswith(r"Gate \*4\*, …")


def test_what_all_share_is_not_theirs_to_add_again(library: Library) -> None:
    texts = next(iter(LANGUAGES.values()))
    Indexer(library).add(documents(1, loader="markdown-0"), DEFAULT_COLLECTION)
    assert not any("older version" in line for line in status_lines(library, Audience(GUILD), texts))


def test_documents_that_are_called_alike_in_everything_are_numbered(library: Library) -> None:
    one = load_bytes(b"The gate is blue.", name="gate.md", uri="discord:x/gate.md")
    sources = [one, replace(one, id="a" * 12, uri="discord:x/2/gate.md"), replace(one, id="b" * 12, title="Wall")]
    Indexer(library).add(sources, guild_collection(GUILD))
    own, _ = documents_of(library, Audience(GUILD))
    labels = document_labels(own)
    assert len(set(labels)) == 3
    assert {"gate (gate.md)", "gate (gate.md) (2)", "Wall"} == set(labels)
    assert [[found.id for found in find_documents(label, own)] for label in labels] == [[one.id] for one in own]
