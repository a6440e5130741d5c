"""Damaged files: an answer that is right, or one sentence with the repairing command; ``reindex`` brings all back."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from retrieval import HybridSearch
from tests.faults.client import Client, Ended
from tests.faults.conftest import (
    GUIDE,
    LIGHTHOUSE,
    LIGHTHOUSE_ANSWER,
    OFFICERS,
    OFFICERS_ANSWER,
    answers,
    assert_one_sentence,
    copied,
    told_with,
    write_guide,
)
from tests.faults.homes import orphans
from tests.faults.killing import OLD, opened, said

Damage = Callable[[Path], None]


def deleted(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def overwritten(seed: int, at: int | None = None, size: int = 4096) -> Damage:
    """Random bytes over one stretch of the file, at a random place unless ``at`` is given."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        chance = random.Random(seed)
        start = chance.randrange(len(data)) if at is None else at
        data[start : start + size] = chance.randbytes(len(data[start : start + size]))
        path.write_bytes(data)

    return damage


def zeroed(at: int) -> Damage:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[at : at + 4096] = bytes(len(data[at : at + 4096]))
        path.write_bytes(data)

    return damage


def garbage_near(words: bytes, offset: int) -> Damage:
    """Sixteen bytes that are no UTF-8, so far from where ``words`` stand in the file."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        start = data.index(words) + offset
        data[start : start + 16] = b"\x8e\xb1\xff\x90" * 4
        path.write_bytes(data)

    return damage


def flipped(at: int) -> Damage:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data)

    return damage


EVERY_WAY = (deleted, emptied, halved, garbled, overwritten(1, size=1), overwritten(2, size=16))
CHECKSUMMED_WAYS = (deleted, emptied, overwritten(1, size=1))
PLAIN_FILES = ["manifest.json", "manifest.backup.json", "texts/*.txt"]
# What a folder of an index holds, all of which is made anew of the texts.
MADE_OF_TEXTS = {
    "keyword": (
        *("checksums.json", "chunks.json", "words.json"),
        *("counts.npy", "lengths.npy", "rows.npy", "starts.npy", "terms.npy"),
    ),
    "vectors": ("ids.json", "seal.json", "vectors.npy"),
}
SQLITE = "index/*/chroma/chroma.sqlite3"
SQLITE_PAGES = [overwritten(seed, at=page * 4096) for seed, page in enumerate((0, 1, 3, 10, 21, 40))]
SQLITE_BYTES = [overwritten(seed, size=16) for seed in range(4)]
# Both made Chroma end the process: SQLite's message about a schema like this is not text.
SQLITE_SCHEMA = [garbage_near(b"CREATE INDEX embedding_metadata_int_value", offset) for offset in (-20, 5)]
# Each of these once made Chroma end the process with a segmentation fault, or find nothing without a word.
VECTOR_FILES = [
    ("data_level0.bin", garbled),
    ("data_level0.bin", overwritten(3, at=1_400_832)),
    ("data_level0.bin", flipped(700_000)),
    ("header.bin", halved),
    ("header.bin", deleted),
    ("length.bin", garbled),
    ("link_lists.bin", zeroed(0)),
    ("link_lists.bin", flipped(2845)),
    ("index_metadata.pickle", garbled),
    ("index_metadata.pickle", deleted),
]


def the(home: Path, pattern: str) -> Path:
    """The one file of that pattern; of the texts, the guide's."""
    found = sorted(home.glob(pattern), key=lambda path: path.stat().st_size)
    assert found, pattern
    return found[0]


def assert_right_or_told(ended: Ended) -> None:
    if ended.code == 2:
        assert_one_sentence(ended, "`pullquote reindex`")
        return
    assert answers(ended)[LIGHTHOUSE] == LIGHTHOUSE_ANSWER
    citation = json.loads(ended.out)["citations"][0]
    assert GUIDE.format(year=1853)[citation["start"] : citation["end"]] == citation["quote"]


def ask(client: Client, home: Path, question: str = LIGHTHOUSE) -> Ended:
    return client.run("ask", "--json", question, home=home)


def assert_reindex_mends(client: Client, home: Path) -> None:
    done = client.run("reindex", home=home)
    assert (done.code, done.err) == (0, "")
    assert_answers(home)
    assert orphans(home) == []


def assert_answers(home: Path) -> None:
    """What the article and the guide say is found; looked for in this process, where nothing is damaged any more."""
    with opened(home) as library:
        assert said(library, LIGHTHOUSE) == OLD
        assert OFFICERS_ANSWER in HybridSearch(library).passages(OFFICERS)[0].text


@pytest.mark.parametrize("pattern", PLAIN_FILES)
def test_any_damage_to_a_file_is_harmless_or_told_and_reindex_mends_it(
    client: Client, home: Path, papers: Path, indexed: Path, pattern: str
) -> None:
    write_guide(papers, 1853)
    copied(indexed, home)
    path = the(home, pattern)
    sound = path.read_bytes()
    for damage in EVERY_WAY:
        path.write_bytes(sound)
        damage(path)
        assert_right_or_told(ask(client, home))
    assert_reindex_mends(client, home)


@pytest.mark.parametrize(("folder", "ways"), [("keyword", CHECKSUMMED_WAYS), ("vectors", EVERY_WAY)])
def test_any_damage_to_what_is_made_of_the_texts_is_harmless_or_told_and_reindex_mends_it(
    client: Client, home: Path, papers: Path, indexed: Path, folder: str, ways: tuple[Damage, ...]
) -> None:
    write_guide(papers, 1853)
    copied(indexed, home)
    held = next(home.glob(f"index/*/{folder}"))
    assert {path.name for path in held.iterdir()} == set(MADE_OF_TEXTS[folder])
    for path in held.iterdir():
        sound = path.read_bytes()
        for number, damage in enumerate(ways):
            with told_with(f"{path.name}, damaged in way {number}"):
                damage(path)
                assert_right_or_told(ask(client, home))
            path.write_bytes(sound)
    for path in held.iterdir():
        garbled(path)
    assert_reindex_mends(client, home)


@pytest.mark.parametrize(
    "damages",
    [EVERY_WAY[:4], SQLITE_PAGES, SQLITE_BYTES, SQLITE_SCHEMA],
    ids=["whole", "pages", "bytes", "schema"],
)
def test_any_damage_to_the_database_is_harmless_or_told_and_reindex_mends_it(
    client: Client, home: Path, indexed_in_chroma: Path, damages: list[Damage]
) -> None:
    copied(indexed_in_chroma, home)
    path = the(home, SQLITE)
    sound = path.read_bytes()
    for damage in damages:
        path.write_bytes(sound)
        damage(path)
        assert_right_or_told(ask(client, home))
    assert_reindex_mends(client, home)


def test_damaged_id_of_any_chunk_is_harmless_or_told(client: Client, home: Path, indexed_in_chroma: Path) -> None:
    """One digit, everywhere alike: no checksum of SQLite's notices it."""
    copied(indexed_in_chroma, home)
    path = the(home, SQLITE)
    sound = path.read_bytes()
    with closing(sqlite3.connect(path)) as database:
        ids = [row[0].encode() for row in database.execute("select embedding_id from embeddings")]
    assert ids
    for held in ids:
        path.write_bytes(sound.replace(held, held[:-1] + (b"1" if held.endswith(b"0") else b"0")))
        assert_right_or_told(ask(client, home))


@pytest.mark.parametrize("folder", ["index", "texts", "index/*/chroma", "index/*/vectors", "index/*/keyword"])
def test_lost_folder_is_told_and_reindex_mends_it(
    client: Client, home: Path, papers: Path, indexed: Path, folder: str
) -> None:
    write_guide(papers, 1853)
    copied(indexed, home)
    shutil.rmtree(next(home.glob(folder)))
    assert_one_sentence(ask(client, home), "`pullquote reindex`")
    assert_reindex_mends(client, home)


def test_index_on_a_damaged_library_is_told_and_loses_nothing(
    client: Client, home: Path, papers: Path, indexed: Path
) -> None:
    write_guide(papers, 1853)
    for pattern in ("manifest.json", "index/*/keyword/chunks.json", SQLITE):
        shutil.rmtree(home, ignore_errors=True)
        copied(indexed, home)
        garbled(the(home, pattern))
        told = client.run("index", str(papers / "mill.md"), home=home)
        assert_one_sentence(told, "`pullquote reindex`")
        assert_reindex_mends(client, home)


def test_text_that_is_gone_with_its_file_is_named_as_lost_and_the_rest_answers(
    client: Client, home: Path, papers: Path, indexed: Path
) -> None:
    copied(indexed, home)
    (papers / "guide.md").unlink(missing_ok=True)
    deleted(the(home, "texts/*.txt"))
    done = client.run("reindex", home=home)
    assert done.code == 2
    assert "“Harbour guide” is lost: its stored text is damaged; index" in done.err
    assert done.err.count("\n") == 1
    assert OFFICERS_ANSWER in answers(ask(client, home, OFFICERS))[OFFICERS]
    client.run("index", write_guide(papers, 1853), home=home)
    assert_answers(home)
    assert orphans(home) == []


def test_both_manifests_damaged_is_told_and_reindex_mends_it(client: Client, home: Path, indexed: Path) -> None:
    copied(indexed, home)
    garbled(home / "manifest.json")
    emptied(home / "manifest.backup.json")
    assert_one_sentence(ask(client, home), "`pullquote reindex`")
    assert_reindex_mends(client, home)


@pytest.mark.parametrize(("name", "damage"), VECTOR_FILES)
def test_damage_to_a_vector_file_is_harmless_or_told(
    client: Client, home: Path, large_library: Path, name: str, damage: Damage
) -> None:
    copied(large_library, home)
    damage(the(home, f"index/*/chroma/*/{name}"))
    question = "What is the code of room 700?"
    ended = ask(client, home, question)
    if ended.code == 2:
        assert_one_sentence(ended, "`pullquote reindex`")
    else:
        assert answers(ended)[question].startswith("The code of room 700 is K5954.")


def test_reindex_mends_vector_files(client: Client, home: Path, large_library: Path) -> None:
    copied(large_library, home)
    garbled(the(home, "index/*/chroma/*/header.bin"))
    assert_one_sentence(ask(client, home), "`pullquote reindex`")
    done = client.run("reindex", home=home)
    assert (done.code, done.err) == (0, "")
    question = "What is the code of room 700?"
    assert answers(ask(client, home, question))[question].startswith("The code of room 700 is K5954.")
