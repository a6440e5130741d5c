"""Pages, headings and labels are kept beside the texts, proven like them, and lost with nothing but themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import (
    Indexer,
    Library,
    Place,
    Source,
    SourceRecord,
    load_path,
    read_path,
    rebuild_index,
    verify_collection,
)
from retrieval.errors import DamagedLibraryError
from retrieval.loaders.formats import MARKDOWN
from retrieval.storage.manifest import Manifest
from retrieval.storage.source_texts import SourceTexts
from retrieval.structure import structure_from_bytes, structure_sha256, structure_to_bytes
from retrieval.types import Label, LabelKind, Span, Structure
from tests.retrieval.strategies import ANY_TEXT, PROPERTY, make_source

pytestmark = pytest.mark.both_places

HANDBOOK = "# The club\n\nFounded in 1911.\n\n## Fees\n\nThe fee is 35 euros.\n"
PLACES = st.lists(st.builds(Place, st.integers(0, 10**9), st.none() | st.integers(1, 9999), st.none() | ANY_TEXT))
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 50), st.integers(1, 50))
LABELS = st.lists(st.builds(Label, st.sampled_from(LabelKind), SPANS, SPANS))


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    path = tmp_path / "handbook.md"
    path.write_text(HANDBOOK)
    return path


@pytest.fixture
def filled(library: Library, handbook: Path) -> Library:
    Indexer(library).add([load_path(handbook)], "club")
    return library


def held(library: Library) -> Source:
    return library.source(library.records("club")[0])


def heading(library: Library, words: str) -> str | None:
    source = held(library)
    return source.place(source.text.index(words)).heading


def structure_file(library: Library) -> Path:
    return (library.settings.home / "texts") / f"{library.records('club')[0].places_sha256}.json"


@PROPERTY
@given(PLACES, LABELS)
def test_any_structure_is_read_back_exactly_and_written_as_it_was(places: list[Place], labels: list[Label]) -> None:
    structure = Structure.of(places, labels)
    data = structure_to_bytes(structure)
    assert structure_from_bytes(data) == structure
    assert structure_to_bytes(structure_from_bytes(data)) == data
    assert bool(structure_sha256(structure)) == bool(places or labels)


def test_a_text_without_labels_is_stored_as_it_was_before_there_were_any() -> None:
    before = b'[[0,null,"The club"],[30,2,null]]'
    structure = structure_from_bytes(before)
    assert structure == Structure((Place(0, None, "The club"), Place(30, 2)))
    assert structure_to_bytes(structure) == before


def test_a_record_tells_everything_of_its_source_but_the_text_and_the_places(handbook: Path) -> None:
    source = load_path(handbook)
    record = SourceRecord.of(source, 2)
    assert (record.format, record.encoding, record.loader) == ("markdown", "utf-8", MARKDOWN.loader)
    assert source.labels
    assert record.with_text(source.text, source.structure) == source
    assert record.places_sha256 == structure_sha256(source.structure) != ""


def test_a_record_of_an_older_version_is_read() -> None:
    old = {"id": "a", "title": "A", "uri": "test:a", "sha256": "b", "file_sha256": "c", "chars": 1, "chunks": 1}
    record = SourceRecord.model_validate(old)
    assert (record.places_sha256, record.format, record.encoding, record.loader) == ("", "", "", "")
    assert not record.is_made_of("c", "text-2")
    assert record.with_text("x").structure == Structure()


def test_damaged_or_missing_places_are_found_and_writing_them_again_repairs_them(tmp_path: Path) -> None:
    stored, source = SourceTexts(tmp_path), replace(make_source("Some words."), places=(Place(0, 1, "A"),))
    stored.write(source)
    sha256 = structure_sha256(source.structure)
    path = tmp_path / f"{sha256}.json"
    for damage in (b"", b"[]", b'[[0,2,"A"]]', b"\xff"):
        path.write_bytes(damage)
        with pytest.raises(DamagedLibraryError, match=f"structure {sha256[:12]} is missing .* `pullquote reindex`"):
            stored.read_structure(sha256)
        stored.write(source)
        assert stored.read_structure(sha256) == source.structure
    path.unlink()
    with pytest.raises(DamagedLibraryError, match="is missing or damaged"):
        stored.read_structure(sha256)
    assert stored.read_structure("") == Structure()


@pytest.mark.folder_only
def test_places_are_stored_with_their_source_and_leave_with_it(filled: Library, handbook: Path) -> None:
    assert heading(filled, "The fee") == "The club › Fees"
    first = structure_file(filled)
    handbook.write_text(HANDBOOK.replace("## Fees", "## What it costs"))
    Indexer(filled).add([load_path(handbook)], "club")
    assert heading(filled, "The fee") == "The club › What it costs"
    assert not first.exists()
    second = structure_file(filled)
    assert second.exists()
    Indexer(filled).remove([held(filled).id], "club")
    assert not second.exists()


def test_what_a_newer_loader_tells_of_an_unchanged_file_is_taken_over(filled: Library, handbook: Path) -> None:
    manifest = filled.manifest()
    assert manifest is not None
    club = manifest.collections["club"]
    record = filled.records("club")[0].model_copy(update={"places_sha256": "", "loader": "", "format": ""})
    old: Manifest = manifest.with_collection("club", club.model_copy(update={"sources": {record.id: record}}))
    with filled.storage.lock():
        filled.storage.publish(old)
    assert heading(filled, "The fee") is None
    for _ in range(2):
        report = Indexer(filled).add([load_path(handbook)], "club")
        assert ([source.id for source in report.unchanged], report.added, report.replaced) == ([record.id], [], [])
        assert heading(filled, "The fee") == "The club › Fees"
    assert verify_collection(filled, "club").problems == []


@pytest.mark.folder_only
def test_verifying_looks_at_places_too(filled: Library) -> None:
    structure_file(filled).write_bytes(b"[]")
    (check,) = verify_collection(filled, "club").sources
    assert "structure" in check.problem
    assert "pullquote reindex" in check.problem


@pytest.mark.parametrize("damage", ["places", "text", "both"])
@pytest.mark.folder_only
def test_a_rebuild_reads_the_file_again(filled: Library, damage: str) -> None:
    before = held(filled)
    if damage != "text":
        structure_file(filled).write_bytes(b"[]")
    if damage != "places":
        ((filled.settings.home / "texts") / f"{before.sha256}.txt").unlink()
    filled.close()
    report = rebuild_index(filled)
    assert [record.id for record in report.rebuilt] == [before.id]
    assert held(filled) == before
    assert verify_collection(filled, "club").problems == []


@pytest.mark.folder_only
def test_a_rebuild_keeps_what_is_sound(filled: Library, handbook: Path) -> None:
    before = held(filled)
    handbook.unlink()
    rebuild_index(filled)
    assert held(filled) == before
    assert structure_file(filled).exists()


@pytest.mark.folder_only
def test_a_text_outlives_its_places_and_gets_them_back_from_its_file(filled: Library, handbook: Path) -> None:
    before = held(filled)
    structure_file(filled).unlink()
    handbook.rename(handbook.with_suffix(".away"))
    filled.close()
    report = rebuild_index(filled)
    assert (len(report.rebuilt), report.lost) == (1, [])
    assert held(filled).text == before.text
    assert heading(filled, "The fee") is None
    handbook.with_suffix(".away").rename(handbook)
    original = read_path(handbook)
    assert not filled.records("club")[0].is_made_of(original.file_sha256, original.format.loader)
    Indexer(filled).add([load_path(handbook)], "club")
    assert held(filled) == before
