"""``kill -9`` at any moment: the library answers as before or as after, and the next run completes the work."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from retrieval import HybridSearch, Indexer, Library, add_article_once, compact_library, load_path, rebuild_index
from retrieval.ingest.sample_article import needs_article
from tests.faults.client import Client
from tests.faults.conftest import LIGHTHOUSE, OFFICERS, OFFICERS_ANSWER, WINDMILL, copied, told_with, write_guide
from tests.faults.homes import orphans
from tests.faults.killing import (
    MONKS,
    NEW,
    NOTHING,
    OLD,
    Killing,
    assert_nothing_damaged,
    guide_id,
    moment,
    moments_of,
    opened,
    said,
)

KILLS = {"index": 6, "reindex": 2, "remove": 2}
# Some of the changes that a run makes: if these are not among its moments, nobody watches.
WRITING = {"rename texts/", "mkdir index/*/chroma", "rename index/*/keyword", "rename index/*/chroma/seal.json"}
PUBLISHING = {"rename manifest.backup.json", "rename manifest.json"}
DELETING = {"remove index/**.aside/chroma/chroma.sqlite3", "rmdir index/**.aside"}


def assert_all_are_seen(moments: dict[str, Path], *kinds: set[str]) -> None:
    for change in set().union(*kinds):
        assert any(change in name for name in moments), (change, list(moments))


def first_of_many(moments: dict[str, Path]) -> set[str]:
    """The names of the moments, but of a stretch of changes of one kind in one folder the first two alone."""
    stretches = groupby(moments, key=lambda name: (name.split()[1], name.rpartition("/")[0].partition(" ")[2]))
    return {name for _, stretch in stretches for name in list(stretch)[:2]}


def look_at_each(
    moments: dict[str, Path], home: Path, states: list[tuple[str, str]], again: Callable[[Library], object]
) -> None:
    """After each moment one of ``states`` is seen; ``again`` leads to the last one, and leaves nothing behind."""
    seen = []
    continued = first_of_many(moments)
    for name, left in moments.items():
        with told_with(f"killed right before: {name}"):
            with opened(copied(left, home)) as library:
                assert_nothing_damaged(library)
                seen.append((said(library, LIGHTHOUSE), said(library, WINDMILL)))
                assert seen[-1] in states[:2]
            if name not in continued:
                continue
            with opened(home) as library:
                again(library)
                assert (said(library, LIGHTHOUSE), said(library, WINDMILL)) == states[-1]
                assert_nothing_damaged(library)
            assert orphans(home) == []
    assert seen == sorted(seen, key=states.index), "an old library after the new one"
    assert set(seen) == set(states[:2]), "old and new were both there to be seen"


def test_an_index_run_killed_at_any_moment_leaves_old_or_new_and_the_next_completes_it(
    client: Client, home: Path, papers: Path, indexed: Path
) -> None:
    paths = [Path(write_guide(papers, 1856)), papers / "mill.md"]
    moments = moments_of(client, copied(indexed, home), "index", *map(str, paths))
    assert_all_are_seen(moments, WRITING, PUBLISHING, DELETING, {"remove texts/"})
    look_at_each(
        moments,
        home,
        [(OLD, NOTHING), (NEW, MONKS)],
        again=lambda library: Indexer(library).add([load_path(path) for path in paths]),
    )


def test_a_reindex_killed_at_any_moment_changes_no_answer_and_the_next_leaves_nothing_behind(
    client: Client, home: Path, indexed: Path
) -> None:
    moments = moments_of(client, copied(indexed, home), "reindex")
    assert_all_are_seen(moments, WRITING - {"rename texts/"}, PUBLISHING, DELETING)
    look_at_each(moments, home, [(OLD, NOTHING)], again=rebuild_index)


def test_a_compaction_killed_at_any_moment_changes_no_answer_and_the_next_leaves_nothing_behind(
    client: Client, home: Path, indexed: Path
) -> None:
    moments = moments_of(client, copied(indexed, home), "sources", "compact")
    assert_all_are_seen(moments, PUBLISHING, DELETING)
    look_at_each(moments, home, [(OLD, NOTHING)], again=compact_library)


def test_a_removal_killed_at_any_moment_leaves_old_or_new_and_the_next_run_tidies(
    client: Client, home: Path, papers: Path, indexed: Path
) -> None:
    moments = moments_of(client, copied(indexed, home), "sources", "remove", guide_id(home))
    assert_all_are_seen(moments, PUBLISHING, DELETING, {"remove texts/"})

    def add_the_mill_and_remove_the_guide(library: Library) -> None:
        Indexer(library).add([load_path(papers / "mill.md")])
        held = [record.id for record in library.records("default") if record.title == "Harbour guide"]
        Indexer(library).remove(held)

    states = [(OLD, NOTHING), (NOTHING, NOTHING), (NOTHING, MONKS)]
    look_at_each(moments, home, states, again=add_the_mill_and_remove_the_guide)


def test_a_first_question_killed_at_any_moment_is_answered_by_the_next(
    client: Client, home: Path, papers: Path
) -> None:
    moments = moments_of(client, home, "ask", OFFICERS)
    assert_all_are_seen(moments, WRITING, PUBLISHING)
    for name in sorted(first_of_many(moments)):
        with told_with(f"killed right before: {name}"):
            with opened(copied(moments[name], home)) as library:
                if not needs_article(library):
                    assert_nothing_damaged(library)
                add_article_once(library)
                assert OFFICERS_ANSWER in HybridSearch(library).passages(OFFICERS)[0].text
                Indexer(library).add([load_path(papers / "mill.md")])
                assert_nothing_damaged(library)
            assert orphans(home) == []


def test_what_takes_its_name_at_one_moment_lies_on_the_disk_by_then(
    home: Path, indexed: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not what a kill shows, but a power cut: a file that was renamed and not flushed before may come back empty."""
    flushed: set[int] = set()
    renamed: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noting_fsync(descriptor: int) -> None:
        fsync(descriptor)
        flushed.add(os.fstat(descriptor).st_ino)

    def noting_replace(source: Any, target: Any) -> None:
        renamed.append(Path(target).name)
        assert Path(source).stat().st_ino in flushed, target
        replace(source, target)

    copied(indexed, home)
    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "replace", noting_replace)
    with opened(home) as library:
        Indexer(library).add([load_path(papers / "mill.md")])
    assert {"manifest.json", "manifest.backup.json", "seal.json"} <= set(renamed)
    assert any(name.endswith(".txt") for name in renamed)


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
