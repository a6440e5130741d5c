"""A data folder that cannot be written or is full: one sentence, nothing lost, and answers again once it is mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import Settings
from retrieval import HybridRetriever, Library
from retrieval.storage.write_lock import HOLDER
from tests.conftest import Run
from tests.faults.client import Client, Ended
from tests.faults.conftest import (
    LIGHTHOUSE,
    LIGHTHOUSE_ANSWER,
    OFFICERS,
    OFFICERS_ANSWER,
    WINDMILL,
    answers,
    assert_one_sentence,
    copied,
    remount,
    write_guide,
)
from tests.faults.homes import orphans, read_manifest_at, snapshot, unnamed_indexes
from tests.faults.killing import MONKS, NOTHING, OLD, moments_of, opened, said
from tests.faults.server import WordEmbeddings

READ_ONLY = "cannot be written; make it writable, or set PULLQUOTE_HOME to another folder."
# A change of this library needs more room than this for certain.
STOPS_BELOW_PAGES = 30
FULL = "has no room left; free some space, or set PULLQUOTE_HOME to another folder."


def asked(client: Client, home: Path, question: str) -> str:
    return answers(client.run("ask", "--json", question, home=home))[question]


def look(home: Path) -> tuple[str, str]:
    """What is found about the lighthouse and the windmill."""
    with opened(home) as library:
        return said(library, LIGHTHOUSE), said(library, WINDMILL)


@pytest.fixture
def read_only(mounted: Callable[[str], Path], indexed: Path) -> Path:
    """A library on a file system that is then made read-only."""
    point = mounted("8m")
    copied(indexed, point / "home")
    remount(point, "ro")
    return point / "home"


@pytest.mark.parametrize("folder", ["", "below/it"])
def test_first_question_on_a_read_only_folder_says_so_and_works_once_it_is_writable(
    client: Client, mounted: Callable[[str], Path], folder: str
) -> None:
    point = mounted("8m")
    remount(point, "ro")
    home = point / folder
    told = client.run("ask", OFFICERS, home=home)
    assert_one_sentence(told, f"The data folder {home}", READ_ONLY)
    assert snapshot(point) == {}
    remount(point, "rw")
    assert OFFICERS_ANSWER in asked(client, home, OFFICERS)


def test_the_folder_that_is_named_is_the_one_that_people_set(client: Client, read_only: Path, home: Path) -> None:
    for told in (
        client.run("ask", LIGHTHOUSE, home=read_only),
        client.run("ask", OFFICERS, home=home, max_file_bytes=3000),
        client.run("ask", OFFICERS, home=home, max_file_bytes=50_000),
    ):
        if told.code == 2:
            assert str(home.parent) in told.err
            assert "home/" not in told.err, "people know PULLQUOTE_HOME, not what lies in it"
        else:
            assert (told.code, told.err) == (0, "")


def test_the_installed_program_says_that_its_folder_is_read_only(mounted: Callable[[str], Path], program: Run) -> None:
    point = mounted("8m")
    remount(point, "ro")
    told = program("ask", OFFICERS, PULLQUOTE_HOME=str(point))
    assert_one_sentence(Ended(told.code, told.out, told.err), f"The data folder {point}", READ_ONLY)
    assert snapshot(point) == {}


@pytest.mark.parametrize("library", ["indexed", "indexed_in_chroma"])
def test_question_on_a_read_only_library_is_answered_and_changes_nothing(
    client: Client, mounted: Callable[[str], Path], papers: Path, library: str, request: pytest.FixtureRequest
) -> None:
    write_guide(papers, 1853)  # as it was indexed, whatever a test before has made of it
    home = copied(request.getfixturevalue(library), mounted("8m") / "home")
    remount(home.parent, "ro")
    before = snapshot(home)
    assert asked(client, home, LIGHTHOUSE) == LIGHTHOUSE_ANSWER
    found = client.run("search", LIGHTHOUSE, home=home)
    assert (found.code, LIGHTHOUSE_ANSWER in found.out, found.err) == (0, True, "")
    told = client.run("doctor", home=home)
    assert f"{home}, which cannot be written: questions are answered, and nothing is indexed" in told.out, told
    assert (told.code, told.err) == (0, "")
    assert snapshot(home) == before


@pytest.mark.parametrize("fault", ["read-only", "full"])
def test_a_process_that_met_the_fault_answers_once_it_is_mended(
    mounted: Callable[[str], Path], indexed: Path, fault: str
) -> None:
    point = mounted("8m")
    library = Library(Settings(home=copied(indexed, point / "home")), WordEmbeddings())
    if fault == "read-only":
        remount(point, "ro")
    else:
        leave_pages(point, 0)
    retriever = HybridRetriever(library=library)
    for _ in range(2):
        assert LIGHTHOUSE_ANSWER in retriever.passages(LIGHTHOUSE)[0].text
    remount(point, "rw,size=16m")
    assert LIGHTHOUSE_ANSWER in retriever.passages(LIGHTHOUSE)[0].text
    library.close()


@pytest.mark.parametrize("command", ["index", "remove", "reindex"])
def test_change_of_a_read_only_library_says_so_and_works_once_it_is_writable(
    client: Client, read_only: Path, papers: Path, command: str
) -> None:
    before = snapshot(read_only)
    argv = changing(command, read_only, papers)
    assert_one_sentence(client.run(*argv, home=read_only), f"The data folder {read_only}", READ_ONLY)
    assert snapshot(read_only) == before
    remount(read_only.parent, "rw")
    done = client.run(*argv, home=read_only)
    assert (done.code, done.err) == (0, "")
    assert orphans(read_only) == []
    assert look(read_only)[0] == (NOTHING if command == "remove" else OLD)


@pytest.mark.parametrize("size", ["16k", "64k", "200k"])
def test_first_question_on_a_full_folder_says_so_and_works_once_there_is_room(
    client: Client, mounted: Callable[[str], Path], size: str
) -> None:
    point = mounted(size)
    assert_one_sentence(client.run("ask", OFFICERS, home=point), f"The data folder {point}", FULL)
    assert unnamed_indexes(point) == []
    remount(point, "size=8m")
    assert OFFICERS_ANSWER in asked(client, point, OFFICERS)
    assert orphans(point) == []


@pytest.mark.parametrize(
    ("act", "room"),
    [
        *((act, room) for act in ("index", "reindex") for room in (0, 1, 4, 8, 16, 30, 45, 60, 75, 90)),
        *(("remove", room) for room in (0, 8, 30, 60)),
    ],
)
def test_a_change_on_a_full_folder_keeps_the_old_library_and_works_once_there_is_room(
    client: Client, mounted: Callable[[str], Path], indexed: Path, papers: Path, act: str, room: int
) -> None:
    """With so many pages left, a change stops at its texts, at Chroma's files, at the keyword side or at the hashes."""
    point = mounted("8m")
    home = copied(indexed, point / "home")
    before = read_manifest_at(home)
    argv = changing(act, home, papers)
    leave_pages(point, room)
    ended = client.run(*argv, home=home)
    if ended.code:
        assert_one_sentence(ended, f"The data folder {home}", FULL)
        assert read_manifest_at(home) == before
        assert unnamed_indexes(home) == []
        assert look(home) == (OLD, NOTHING), "a full folder is asked all the same"
        (point / "ballast").unlink()
        ended = client.run(*argv, home=home)
    else:
        assert room > STOPS_BELOW_PAGES
        (point / "ballast").unlink()
    assert (ended.code, ended.err) == (0, "")
    assert look(home) == (NOTHING if act == "remove" else OLD, MONKS if act == "index" else NOTHING)
    assert orphans(home) == []


def test_a_folder_that_is_full_before_all_vector_files_are_copied_says_so_and_keeps_the_old_library(
    client: Client, mounted: Callable[[str], Path], large_library: Path, papers: Path
) -> None:
    point = mounted("64m")
    home = copied(large_library, point / "home")
    argv = changing("remove", home, papers)
    before = read_manifest_at(home)
    (database,) = home.rglob("chroma.sqlite3")
    leave_pages(point, database.stat().st_size // 4096 + 100)
    assert_one_sentence(client.run(*argv, home=home), f"The data folder {home}", FULL)
    assert read_manifest_at(home) == before
    assert unnamed_indexes(home) == []


@pytest.fixture(scope="module")
def killed(client: Client, indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reindex leaves that is killed when its new index is all there, and nothing names it yet."""
    moments = moments_of(client, copied(indexed, tmp_path_factory.mktemp("killed") / "home"), "reindex")
    return next(left for name, left in moments.items() if name.endswith("rename manifest.backup.json"))


@pytest.mark.parametrize("act", ["index", "reindex", "remove"])
def test_a_folder_that_is_full_of_what_killed_runs_left_frees_itself(
    client: Client, mounted: Callable[[str], Path], killed: Path, papers: Path, act: str
) -> None:
    point = mounted("8m")
    home = copied(killed, point / "home")
    argv = changing(act, home, papers)
    (left,) = unnamed_indexes(home)
    shutil.copytree(home / "index" / left, home / "index" / "0123456789ab")
    (home / HOLDER).unlink()  # whose room would be enough to write it anew
    leave_pages(point, 0)
    done = client.run(*argv, home=home)
    assert (done.code, done.err) == (0, "")
    assert orphans(home) == []


@pytest.mark.parametrize("limit", [500, 3000, 50_000, 150_000])
def test_first_question_under_a_file_size_limit_says_so_and_works_without_it(
    client: Client, home: Path, limit: int
) -> None:
    told = client.run("ask", OFFICERS, home=home, max_file_bytes=limit)
    assert_one_sentence(told, f"The data folder {home}", FULL)
    assert unnamed_indexes(home) == []
    assert OFFICERS_ANSWER in asked(client, home, OFFICERS)
    assert orphans(home) == []


@pytest.mark.parametrize("limit", [500, 1500, 100_000])
def test_index_under_a_file_size_limit_keeps_the_old_library_and_works_without_it(
    client: Client, home: Path, indexed: Path, papers: Path, limit: int
) -> None:
    copied(indexed, home)
    told = client.run("index", str(papers / "mill.md"), home=home, max_file_bytes=limit)
    assert_one_sentence(told, f"The data folder {home}", FULL)
    assert unnamed_indexes(home) == []
    assert look(home) == (OLD, NOTHING)
    done = client.run("index", str(papers / "mill.md"), home=home)
    assert (done.code, done.err) == (0, "")
    assert orphans(home) == []


def changing(act: str, home: Path, papers: Path) -> tuple[str, ...]:
    """What is called to add the mill, to remove the guide, or to build the index again."""
    if act == "remove":
        with opened(home) as library:
            return ("sources", "remove", library.records("default")[0].id)
    return ("index", str(papers / "mill.md")) if act == "index" else ("reindex",)


def leave_pages(point: Path, pages: int) -> None:
    """Fill the file system at ``point`` until only so many pages of 4096 bytes are free."""
    ballast = point / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)) == 4096:
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - 4096 * pages))
