"""``kill -9`` at any moment: the library answers as before or as after, and the next run completes the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.client import Client
from tests.faults.conftest import OFFICERS, OFFICERS_ANSWER, answers, copied, write_guide
from tests.faults.killing import (
    KILLED,
    NEW,
    OLD,
    Killing,
    ask_both,
    assert_nothing_damaged,
    assert_whole,
    moment,
)

KILLS = {"index": 10, "reindex": 2, "remove": 2}
WRITING = [
    ("retrieval.texts:SourceTexts.write", "before", 1),
    ("retrieval.texts:SourceTexts.write", "after", 1),
    ("retrieval.files:os.fsync", "before", 1),
    ("retrieval.indexer:add_vectors", "before", 1),
    ("chromadb.api.models.Collection:Collection.upsert", "after", 1),
    ("retrieval.generations:NewFolderIndex.finish", "before", 1),
    ("retrieval.postings:Postings.save", "after", 1),
    ("retrieval.folder_storage:write_manifest", "before", 1),
    ("retrieval.manifest:write_atomically", "after", 1),
    ("retrieval.folder_storage:write_manifest", "after", 1),
]
TIDYING = [
    ("retrieval.generations:shutil.rmtree", "before", 1),
    ("retrieval.generations:shutil.rmtree", "after", 1),
    ("retrieval.texts:LibraryTexts.settle", "before", 1),
    ("retrieval.texts:LibraryTexts.settle", "after", 1),
]
REBUILDING = [
    ("retrieval.store:VectorStore.add", "before", 1),
    ("retrieval.store:VectorStore.add", "after", 1),
    ("retrieval.generations:NewFolderIndex.finish", "after", 1),
    ("retrieval.folder_storage:write_manifest", "before", 1),
    ("retrieval.manifest:write_atomically", "after", 1),
    ("retrieval.folder_storage:write_manifest", "after", 1),
    ("retrieval.folder_storage:FolderStorage.clean_up", "before", 1),
]


def name(point: tuple[str, str, int]) -> str:
    return f"{point[1]}-{point[0].split(':')[1]}-{point[2]}"


@pytest.mark.parametrize("point", WRITING + TIDYING, ids=name)
def test_killed_index_run_leaves_old_or_new_and_the_next_completes_it(
    client: Client, home: Path, papers: Path, indexed: Path, point: tuple[str, str, int]
) -> None:
    copied(indexed, home)
    paths = [write_guide(papers, 1856), str(papers / "mill.md")]
    assert client.run("index", *paths, home=home, die_at=point).code == KILLED
    assert_nothing_damaged(client, home)
    assert ask_both(client, home) in ((OLD, False), (NEW, True))
    assert client.run("index", *paths, home=home).code == 0
    assert ask_both(client, home) == (NEW, True)
    assert_whole(client, home)


# The first manifest names nothing yet; the second is the one that matters.
@pytest.mark.parametrize("point", [*WRITING[2:], *((path, when, 2) for path, when, _ in WRITING[7:])], ids=name)
def test_killed_first_question_is_answered_by_the_next(
    client: Client, home: Path, papers: Path, point: tuple[str, str, int]
) -> None:
    assert client.run("ask", OFFICERS, home=home, die_at=point).code == KILLED
    assert_nothing_damaged(client, copied(home, home.with_name("looked at")))  # looking, too, makes the library
    again = client.run("ask", "--json", OFFICERS, home=home)
    assert OFFICERS_ANSWER in answers(again)[OFFICERS]
    assert client.run("index", str(papers / "mill.md"), home=home).code == 0
    assert_whole(client, home)


@pytest.mark.parametrize("point", REBUILDING, ids=name)
def test_killed_reindex_changes_no_answer_and_the_next_leaves_nothing_behind(
    client: Client, home: Path, indexed: Path, point: tuple[str, str, int]
) -> None:
    copied(indexed, home)
    assert client.run("reindex", home=home, die_at=point).code == KILLED
    assert_nothing_damaged(client, home)
    assert ask_both(client, home) == (OLD, False)
    assert client.run("reindex", home=home).code == 0
    assert ask_both(client, home) == (OLD, False)
    assert_whole(client, home)


@pytest.mark.parametrize("point", [WRITING[7], WRITING[8], *TIDYING], ids=name)
def test_killed_remove_leaves_old_or_new_and_the_next_run_tidies(
    client: Client, home: Path, papers: Path, indexed: Path, point: tuple[str, str, int]
) -> None:
    copied(indexed, home)
    listed = client.run("sources", "list", home=home).out
    guide = next(line.split("\t")[0] for line in listed.splitlines() if "Harbour" in line)
    assert client.run("sources", "remove", guide, home=home, die_at=point).code == KILLED
    assert_nothing_damaged(client, home)
    assert ask_both(client, home)[0] in (OLD, "not_found")
    assert client.run("index", str(papers / "mill.md"), home=home).code == 0
    assert ask_both(client, home)[1]
    assert_whole(client, home)


@pytest.fixture(scope="module")
def killing(client: Client, papers: Path, indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Killing:
    return Killing.prepare(client, papers, indexed, tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.parametrize(
    ("act", "number", "kills"), [(act, number, kills) for act, kills in KILLS.items() for number in range(kills)]
)
def test_a_run_killed_at_a_random_moment_leaves_old_or_new(
    killing: Killing, home: Path, act: str, number: int, kills: int
) -> None:
    killing.kill(act, moment(act, number, kills), home)
