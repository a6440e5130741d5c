"""What the library notes of a source, and what it makes of notes by an older version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval import Source, SourceRecord, Validators
from retrieval.loaders.article import ARTICLE_URI
from retrieval.loaders.formats import FORMATS, HTML, TEXT
from retrieval.storage.manifest import CollectionRecord, Manifest, parse_manifest

PAGE = replace(
    Source.from_bytes(uri="https://site.example/rules", title="Rules", data=b"The gate is blue."),
    format=HTML.name,
    loader=HTML.loader,
    validators=Validators('W/"v1"', "Tue, 03 Nov 2026 08:00:00 GMT"),
)
RECORD = SourceRecord.of(PAGE, 1)


def test_validators_are_kept() -> None:
    held = Manifest(model="m", dimension=3, chunker="c").with_collection(
        "c", CollectionRecord(sources={PAGE.id: RECORD})
    )
    manifest = parse_manifest(held.model_dump_json())
    assert manifest == held
    assert manifest is not None
    assert manifest.collections["c"].sources[PAGE.id].with_text(PAGE.text) == PAGE


def test_a_record_of_an_older_version_has_none() -> None:
    told = RECORD.model_dump(exclude={"validators", "loader", "format"})
    record = SourceRecord.model_validate(told)
    assert not record.validators
    assert record.is_outdated


@pytest.mark.parametrize(
    ("uri", "form", "loader", "outdated"),
    [
        *[("file:///a", form.name, form.loader, False) for form in FORMATS],
        *[("file:///a", form.name, f"{form.name}-0", True) for form in FORMATS],
        ("file:///a", "", "", True),
        ("https://site.example/a", "", "", True),
        (ARTICLE_URI, TEXT.name, "text-0", False),
        ("discord:1/rules.md", "markdown", "markdown-0", True),
        ("notes:1", "", "", False),  # what a program has put together itself
        ("file:///a", "hologram", "hologram-1", False),  # of a newer version
    ],
)
def test_what_an_older_version_has_read_can_be_told(uri: str, form: str, loader: str, outdated: bool) -> None:
    record = RECORD.model_copy(update={"uri": uri, "format": form, "loader": loader})
    assert record.is_outdated is outdated


@pytest.mark.parametrize(
    ("uri", "is_from_web"), [("http://a/", True), ("https://a/", True), ("file:///http://a", False)]
)
def test_what_came_from_the_web_can_be_told(uri: str, is_from_web: bool) -> None:
    assert RECORD.model_copy(update={"uri": uri}).is_from_web is is_from_web
