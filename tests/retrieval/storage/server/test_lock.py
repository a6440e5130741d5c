"""One writer among all machines: at once told who, taken over when dead, and never two who publish."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from bot import Settings
from retrieval import Indexer, LibraryBusyError, verify_collection
from retrieval.storage.server import lock
from retrieval.storage.server.connection import Connection
from retrieval.storage.server.documents import DOCUMENTS
from retrieval.storage.server.lock import LOCK, ServerLock
from retrieval.storage.server.storage import ServerStorage
from tests.retrieval.storage.server.conftest import Machine
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.enable_socket
POOL = make_source("The pool opens at nine.", uri="test:pool", title="Pool")
BOOKS = make_source("Late books cost a euro a week.", uri="test:books", title="Books")


def records(connection: Connection) -> list[str]:
    held = connection.collection(DOCUMENTS)
    assert held is not None
    return held.get(include=[])["ids"]


def test_who_is_second_is_told_at_once_and_leaves_nothing(on_server: Settings) -> None:
    one, two = Connection(on_server), Connection(on_server)
    with ServerLock(one).hold():
        with pytest.raises(LibraryBusyError, match=rf"pullquote \(process {os.getpid()}, since \d\d:\d\d\) is"):
            ServerLock(two).hold().__enter__()
        assert len(records(one)) == 2, "the lock and its holder's lease"
    assert records(one) == []
    with ServerLock(two).hold():
        pass
    one.close()
    two.close()


def test_who_waits_gets_it_when_it_is_free(on_server: Settings) -> None:
    one, two = Connection(on_server), Connection(on_server)
    holding, done, order = threading.Event(), threading.Event(), []

    def hold() -> None:
        with ServerLock(one).hold():
            holding.set()
            done.wait(10)
            order.append("first")

    first = threading.Thread(target=hold)
    first.start()
    holding.wait(10)
    threading.Timer(0.5, done.set).start()
    with ServerLock(two).hold(wait_seconds=20):
        order.append("second")
    first.join()
    assert order == ["first", "second"]
    one.close()
    two.close()


def test_of_many_at_once_one_holds_it(on_server: Settings) -> None:
    inside, most, refused = 0, 0, 0
    guard, start = threading.Lock(), threading.Barrier(6)

    def try_it() -> None:
        nonlocal inside, most, refused
        connection = Connection(on_server)
        start.wait(30)
        for _ in range(5):
            try:
                with ServerLock(connection).hold():
                    with guard:
                        inside += 1
                        most = max(most, inside)
                    with guard:
                        inside -= 1
            except LibraryBusyError:
                refused += 1
        connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert refused < 30


def test_a_dead_writer_loses_it_when_its_lease_has_run_out(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, alive = Connection(on_server), Connection(on_server)
    with monkeypatch.context() as patch:
        patch.setattr(lock, "_processes", lambda: "elsewhere")
        ServerLock(dead)._wait("dead", 0)  # takes it and never says again that it is alive
    with pytest.raises(LibraryBusyError):
        ServerLock(alive).hold().__enter__()
    with monkeypatch.context() as patch:
        patch.setattr(lock, "LEASE_SECONDS", -1.0)
        ServerLock(dead)._renew("dead")  # as if that were long ago
    with ServerLock(alive).hold(wait_seconds=20):
        held = alive.collection(DOCUMENTS)
        assert held is not None
        found = held.get(ids=[LOCK])["metadatas"]
        assert found is not None
        assert found[0]["token"] != "dead"
    assert records(alive) == []
    dead.close()
    alive.close()


@pytest.mark.parametrize("here", [True, False])
def test_a_dead_writer_of_this_system_loses_it_at_once_and_one_of_another_does_not(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch, here: bool
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive = Connection(on_server), Connection(on_server)
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: ended.pid)
        if not here:
            patch.setattr(lock, "_processes", lambda: "another container")
        ServerLock(dead)._wait("dead", 0)
    if here:
        with ServerLock(alive).hold():
            pass
    else:
        with pytest.raises(LibraryBusyError):
            ServerLock(alive).hold().__enter__()
    dead.close()
    alive.close()


def test_a_living_writer_keeps_it_beyond_its_first_lease(on_server: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "LEASE_SECONDS", 3.0)
    monkeypatch.setattr(lock, "RENEW_SECONDS", 0.3)
    one, two = Connection(on_server), Connection(on_server)
    with ServerLock(one).hold(), pytest.raises(LibraryBusyError):
        ServerLock(two).hold(wait_seconds=4).__enter__()
    one.close()
    two.close()


def test_who_was_stopped_while_it_held_the_lock_publishes_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = machine("slow"), machine("quick")
    Indexer(quick).add([POOL], "rules")
    monkeypatch.setattr(lock, "LEASE_SECONDS", 0.5)
    monkeypatch.setattr(lock, "RENEW_SECONDS", 1000)
    manifest = slow.manifest()
    assert manifest is not None
    with slow.storage.lock():
        before = quick.storage.stamp(fresh=True)
        monkeypatch.setattr(lock, "LEASE_SECONDS", 30)
        with quick.storage.lock(wait_seconds=20), pytest.raises(LibraryBusyError):
            slow.storage.publish(manifest.model_copy(update={"collections": {}}))
        assert quick.storage.stamp(fresh=True) == before
    assert {record.id for record in quick.records("rules")} == {POOL.id}


@pytest.mark.parametrize("changes", [1, 2])
def test_who_was_stopped_between_its_last_look_and_publishing_publishes_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    slow, quick = machine("slow"), machine("quick")
    Indexer(quick).add([POOL], "rules")
    assert isinstance(slow.storage, ServerStorage)
    monkeypatch.setattr(lock, "LEASE_SECONDS", 0.5)
    monkeypatch.setattr(lock, "RENEW_SECONDS", 1000)

    def stop() -> None:
        """Its lease was sound a moment ago; now another takes over."""
        monkeypatch.setattr(lock, "LEASE_SECONDS", 30)
        for number in range(changes):
            Indexer(quick).add([replace(BOOKS, title=f"Books {number}")], f"books{number}", wait_seconds=20)

    manifest = slow.manifest()
    assert manifest is not None
    with slow.storage.lock():
        monkeypatch.setattr(slow.storage._server_lock, "check", stop)
        with pytest.raises(LibraryBusyError, match="has changed the library meanwhile; try again"):
            slow.storage.publish(manifest.model_copy(update={"collections": {}}))
    for library in (slow, quick, machine("fresh")):
        now = library.manifest(fresh=True)
        assert now is not None
        assert now.collections.keys() == {"rules", *(f"books{number}" for number in range(changes))}


def test_who_was_stopped_before_it_deleted_deletes_nothing_that_is_newer(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = machine("slow"), machine("quick")
    Indexer(quick).add([POOL], "rules")
    assert isinstance(slow.storage, ServerStorage)
    monkeypatch.setattr(lock, "LEASE_SECONDS", 0.5)
    monkeypatch.setattr(lock, "RENEW_SECONDS", 1000)

    def stop() -> None:
        monkeypatch.setattr(lock, "LEASE_SECONDS", 30)
        Indexer(quick).add([BOOKS], "books", wait_seconds=20)

    manifest = slow.manifest()
    assert manifest is not None
    with slow.storage.lock():
        monkeypatch.setattr(slow.storage._server_lock, "check", stop)
        slow.storage.clean_up(manifest)
    assert verify_collection(machine("fresh"), "books").problems == []
    assert verify_collection(machine("fresh"), "rules").problems == []
