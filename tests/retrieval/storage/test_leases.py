"""A folder that somebody uses is not deleted, and a dead process uses nothing."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import Settings
from retrieval import HybridRetriever, Indexer, Library, StorageError, diagnose
from retrieval.storage.leases import IN_USE, Lease, check_locks
from retrieval.storage.write_lock import library_lock
from tests.faults.conftest import mounted, remount
from tests.retrieval.strategies import make_source

__all__ = ["mounted"]

HOLD = """
import sys, time
from pathlib import Path
from retrieval.storage.leases import Lease
lease = Lease.shared(Path(sys.argv[1]))
print(lease is not None, flush=True)
time.sleep(60)
"""


def new(folder: Path) -> Lease:
    lease = Lease.new(folder)
    assert lease is not None
    return lease


def test_many_hold_a_folder_and_nobody_alone_meanwhile(tmp_path: Path) -> None:
    first = new(tmp_path / "index")
    second = Lease.shared(tmp_path / "index")
    assert second is not None
    first.close()
    first.close()
    assert Lease.exclusive(tmp_path / "index") is None
    second.close()
    alone = Lease.exclusive(tmp_path / "index")
    assert alone is not None
    assert Lease.shared(tmp_path / "index") is None
    alone.close()


def test_what_is_gone_cannot_be_held(tmp_path: Path) -> None:
    assert Lease.shared(tmp_path / "nothing") is None
    assert Lease.exclusive(tmp_path / "nothing") is None
    assert not (tmp_path / "nothing").exists()


def test_what_was_deleted_after_it_was_opened_is_not_held(tmp_path: Path) -> None:
    lease = new(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / IN_USE).touch()
    # The old hold is on another file than the one that lies there now.
    alone = Lease.exclusive(tmp_path / "index")
    assert alone is not None
    alone.close()
    lease.close()


@pytest.mark.usefixtures("programs")
def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    new(tmp_path / "index").close()
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "index")], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    assert Lease.exclusive(tmp_path / "index") is None
    holder.kill()
    holder.wait()
    alone = Lease.exclusive(tmp_path / "index")
    assert alone is not None
    alone.close()
    holder.stdout.close()


def test_what_is_let_go_is_free_though_a_forked_process_has_the_file_open(tmp_path: Path) -> None:
    lease = Lease.of_file(tmp_path / "file")
    assert lease is not None
    assert lease._descriptor is not None
    inherited = os.dup(lease._descriptor)
    assert Lease.of_file(tmp_path / "file") is None
    lease.close()
    again = Lease.of_file(tmp_path / "file")
    assert again is not None
    again.close()
    os.close(inherited)


REFUSALS = [errno.EBADF, errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP]


@pytest.fixture(params=REFUSALS, ids=errno.errorcode.get)
def no_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which ``flock`` answers with that error."""

    def refuse(descriptor: int, how: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_an_exclusive_hold_is_had_on_a_network_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = fcntl.flock

    def over_nfs(descriptor: int, how: int) -> None:
        """What NFS makes of it: a lock on a range of bytes, for which a file must be open in the way that fits."""
        access = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
        if access == (os.O_RDONLY if how & fcntl.LOCK_EX else os.O_WRONLY):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        really(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", over_nfs)
    lease = new(tmp_path / "index")
    assert Lease.exclusive(tmp_path / "index") is None
    lease.close()
    alone = Lease.exclusive(tmp_path / "index")
    assert alone is not None
    alone.close()
    with library_lock(tmp_path):
        check_locks(tmp_path / "index" / IN_USE)


@pytest.mark.usefixtures("no_locks")
def test_where_locks_do_not_work_readers_go_on_and_writers_are_told(tmp_path: Path) -> None:
    new(tmp_path / "index").close()
    takes: list[Callable[[], object]] = [
        lambda: Lease.exclusive(tmp_path / "index"),
        lambda: Lease.of_file(tmp_path / "file"),
        lambda: library_lock(tmp_path).__enter__(),
        lambda: check_locks(tmp_path / "index" / IN_USE),
    ]
    for take in takes:
        with pytest.raises(StorageError, match=r"^File locks do not work in .*; set PULLQUOTE_HOME to .*\.$"):
            take()
    (told,) = [finding for finding in diagnose(Settings(home=tmp_path)) if finding.name == "data folder"]
    assert told.ok, "there is no library yet"
    (tmp_path / "manifest.json").touch()
    (told,) = [finding for finding in diagnose(Settings(home=tmp_path)) if finding.name == "data folder"]
    assert not told.ok
    assert "File locks do not work" in told.text


def test_a_library_is_asked_but_not_changed_where_locks_do_not_work(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = make_source("The pool opens at nine.", uri="test:pool", title="Pool")
    Indexer(library).add([pool], "rules")
    library.close()

    def refuse(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    (passage,) = HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")
    assert passage.text == pool.text
    with pytest.raises(StorageError, match="File locks do not work"):
        Indexer(library).remove([pool.id], "rules")
    library.close()


def test_a_reader_holds_a_folder_whose_lease_was_lost(tmp_path: Path) -> None:
    new(tmp_path / "index").close()
    (tmp_path / "index" / IN_USE).unlink()
    lease = Lease.shared(tmp_path / "index")
    assert lease is not None
    assert Lease.exclusive(tmp_path / "index") is None
    lease.close()


def test_a_folder_that_cannot_be_written_is_read_without_a_hold(tmp_path: Path, mounted: Callable[..., Path]) -> None:
    place = mounted("1m")
    new(place / "held").close()
    (place / "lost").mkdir()
    remount(place, "ro")
    for name in ("held", "lost"):
        lease = Lease.shared(place / name)
        assert lease is not None
        lease.close()
        assert Lease.exclusive(place / name) is None
    assert Lease.shared(place / "gone") is None
    with pytest.raises(StorageError, match="cannot be written; make it writable"):
        library_lock(place).__enter__()
