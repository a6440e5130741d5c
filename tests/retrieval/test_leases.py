"""A folder that somebody uses is not deleted, and a dead process uses nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from retrieval.leases import IN_USE, Lease

HOLD = """
import sys, time
from pathlib import Path
from retrieval.leases import Lease
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
