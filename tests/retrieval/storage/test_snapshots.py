"""Published indexes never change, stay while somebody asks them, and are gone afterwards."""

from __future__ import annotations

import gc
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from retrieval import HybridRetriever, Indexer, Library, LibraryBusyError, LibrarySettings
from retrieval.errors import DamagedLibraryError
from retrieval.index.vector_store import DEFAULT_STORE
from retrieval.storage.snapshots import CollectionIndex, new_index, open_index, sweep
from retrieval.storage.write_lock import HOLDER, holder, library_lock
from tests.retrieval.strategies import make_source

POOL = make_source("The pool opens at nine. Guests pay three euros.", uri="test:pool", title="Pool")
LATER = make_source("The pool opens at ten. Guests pay four euros.", uri="test:pool", title="Pool")
BOOKS = make_source("Late books cost a euro a week.", uri="test:books", title="Books")


def folders(library: Library) -> set[str]:
    return {path.name for path in (library.settings.home / "index").iterdir()}


def named(library: Library) -> set[str]:
    manifest = library.manifest()
    assert manifest is not None
    return manifest.indexes()


def first(library: Library) -> str:
    return HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")[0].text


def test_who_asks_an_old_index_keeps_it_until_done(library: Library, settings: LibrarySettings) -> None:
    Indexer(library).add([POOL], "rules")
    manifest = library.manifest()
    assert manifest is not None
    asking = library.index(manifest, "rules")
    assert isinstance(asking, CollectionIndex)
    writer = Library(settings, library.embeddings)
    Indexer(writer).add([LATER], "rules")
    assert asking.folder.name in folders(library)
    assert len(asking.vectors.ids()) == len(asking.keyword.rows) == 1
    assert first(library) == LATER.text
    assert asking.folder.name in folders(library)
    del asking
    gc.collect()
    Indexer(writer).add([BOOKS], "rules")
    assert first(library) == LATER.text
    assert folders(writer) == named(writer)
    writer.close()


def test_a_reader_goes_on_with_the_new_index_and_deletes_the_old(library: Library, settings: LibrarySettings) -> None:
    Indexer(library).add([POOL], "rules")
    assert first(library) == POOL.text
    old = named(library)
    writer = Library(settings, library.embeddings)
    Indexer(writer).add([LATER], "rules")
    writer.close()
    assert old <= folders(library), "the reader had it open"
    assert first(library) == LATER.text
    assert folders(library) == named(library)


def test_changes_leave_nothing_open_behind_them(library: Library, settings: LibrarySettings) -> None:
    def held() -> tuple[int, int]:
        gc.collect()
        return len(SharedSystemClient._identifier_to_system), len(list(Path("/dev/fd").iterdir()))

    writer = Library(settings, library.embeddings)
    Indexer(writer).add([POOL], "rules")
    assert first(library) == POOL.text
    Indexer(writer).add([LATER], "rules")
    assert first(library) == LATER.text
    before = held()
    for source in (POOL, LATER, POOL, LATER):
        Indexer(writer).add([source], "rules")
        assert first(library) == source.text
    assert held() == before
    writer.close()


def test_each_collection_has_an_index_of_its_own_and_the_others_stay(library: Library) -> None:
    Indexer(library).add([POOL], "one")
    Indexer(library).add([BOOKS], "two")
    manifest = library.manifest()
    assert manifest is not None
    before = manifest.collections["one"].index
    Indexer(library).add([LATER], "two")
    after = library.manifest()
    assert after is not None
    assert after.collections["one"].index == before
    assert library.index(after, "one").vectors.ids().isdisjoint(library.index(after, "two").vectors.ids())


def test_an_index_that_is_not_published_is_gone_afterwards_and_not_before(library: Library) -> None:
    Indexer(library).add([POOL], "rules")
    home = library.settings.home
    with new_index(home, "", DEFAULT_STORE) as building:
        sweep(home)
        assert building.name in folders(library)
    sweep(home)
    assert folders(library) == named(library)


def test_a_change_that_fails_leaves_no_index_and_says_what_went_wrong(library: Library) -> None:
    Indexer(library).add([POOL], "rules")
    home = library.settings.home
    (like,) = named(library)
    with pytest.raises(ZeroDivisionError), new_index(home, like, DEFAULT_STORE):
        raise ZeroDivisionError
    assert folders(library) == {like}
    (home / "manifest.json").write_bytes(b"rubbish")
    with pytest.raises(ZeroDivisionError), new_index(home, "", DEFAULT_STORE):
        raise ZeroDivisionError


def test_what_was_published_stays_whatever_fails_afterwards(library: Library) -> None:
    Indexer(library).add([POOL], "rules")
    manifest = library.manifest()
    assert manifest is not None
    building = ExitStack()
    name = building.enter_context(new_index(library.settings.home, "", DEFAULT_STORE)).name
    record = manifest.collections["rules"].model_copy(update={"index": name})
    library.storage.publish(manifest.with_collection("rules", record))
    with pytest.raises(ZeroDivisionError), building:
        raise ZeroDivisionError
    assert name in folders(library)


def test_nothing_is_swept_while_the_manifest_cannot_be_read(library: Library) -> None:
    Indexer(library).add([POOL], "rules")
    before = folders(library)
    (library.settings.home / "manifest.json").write_bytes(b"rubbish")
    with pytest.raises(DamagedLibraryError):
        sweep(library.settings.home)
    assert folders(library) == before


def test_what_is_missing_or_was_never_finished_is_not_opened(library: Library) -> None:
    Indexer(library).add([POOL], "rules")
    home = library.settings.home
    with pytest.raises(DamagedLibraryError, match="reindex"):
        open_index(home, "0" * 12)
    (name,) = named(library)
    library.close()
    gc.collect()
    (home / "index" / name / "chroma" / "seal.json").unlink()
    with pytest.raises(DamagedLibraryError, match="reindex"):
        open_index(home, name)


@pytest.mark.parametrize("told", [None, b"", b"[]", b'{"pid": 7}', b'{"pid": 7, "host": "x", "since": "soon"}'])
def test_who_holds_the_lock_is_said_as_far_as_it_is_known(tmp_path: Path, told: bytes | None) -> None:
    home = tmp_path / "home"
    with library_lock(home):
        record = json.loads((home / HOLDER).read_bytes())
        assert record["pid"] == os.getpid()
        with pytest.raises(LibraryBusyError, match=rf"pullquote \(process {os.getpid()}, since \d\d:\d\d\) is"):
            library_lock(home).__enter__()
        (home / HOLDER).write_bytes(json.dumps(record | {"host": "elsewhere"}).encode())
        with pytest.raises(LibraryBusyError, match=r"on elsewhere, since"):
            library_lock(home).__enter__()
        (home / HOLDER).unlink() if told is None else (home / HOLDER).write_bytes(told)
        with pytest.raises(LibraryBusyError, match=r"^Another pullquote is changing the library; try again"):
            library_lock(home).__enter__()
    assert not (home / HOLDER).exists()


@contextmanager
def local_time(zone: str) -> Iterator[None]:
    """Live in that time zone for a while."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            yield
    finally:
        time.tzset()


@pytest.mark.parametrize("zone", ["UTC", "UTC-13", "UTC+11"])
def test_a_lock_that_is_not_of_today_here_is_told_with_its_date(zone: str) -> None:
    def told(since: datetime) -> str:
        return holder(json.dumps({"pid": 7, "host": socket.gethostname(), "since": since.astimezone(UTC).isoformat()}))

    with local_time(zone):
        today = datetime.now().astimezone().replace(hour=0, minute=30)
        assert told(today) == " (process 7, since 00:30)"
        assert told(today.replace(hour=23)) == " (process 7, since 23:30)"
        assert told(datetime(1999, 12, 31, 9, 5).astimezone()) == " (process 7, since 09:05 on 31 December 1999)"
        assert " on " in told(today - timedelta(hours=1))
