"""What a killed run leaves: the library as it was right before each change that the run made to its files.

``kill -9`` leaves what is on disk at that moment, so a copy that is made at that moment is what it would have left, and
one run gives all of them. Python itself tells of every file that is opened for writing, made, renamed or deleted (its
audit events); so no name in the code under test stands here, and no change to a file is left out.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# Of each event: where among its arguments the path stands that changes, and where the folder that it is relative to.
CHANGES = {"os.mkdir": (0, 2), "os.rmdir": (0, 1), "os.remove": (0, 1), "os.rename": (1, 3), "os.truncate": (0, None)}
# What is named at random: indexes, and what is written aside.
RANDOM = re.compile(r"\b[0-9a-f]{12}\b|\.[0-9a-f]{8}(?=\.aside)")


def watch(home: Path, reached: Callable[[str], None]) -> None:
    """Call ``reached`` before each change that this process makes below ``home``, with a name: "rename manifest.json".

    It goes on to the end of the process, since Python forgets no hook. What ``reached`` does is not watched.
    """
    turn = threading.RLock()
    inside = False

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal inside
        path = _changed(event, arguments)
        if path is None or not path.is_relative_to(home):
            return
        with turn:  # two threads that change something do so one after the other
            if not inside:
                inside = True
                try:
                    reached(f"{event.rpartition('.')[2]} {RANDOM.sub('*', str(path.relative_to(home)))}")
                finally:
                    inside = False

    sys.addaudithook(hook)


def keep_each(home: Path, folder: Path) -> None:
    """From now on, copy ``home`` to ``folder`` before each change; what is the same as before is not copied again."""
    folder.mkdir()
    last: dict[str, bytes] = {}

    def keep(name: str) -> None:
        nonlocal last
        held = {str(path.relative_to(home)): path.read_bytes() if path.is_file() else b"" for path in home.rglob("*")}
        if held != last:
            last = held
            shutil.copytree(home, folder / f"{len(list(folder.iterdir())):03} {name.replace('/', ':')}")

    watch(home, keep)


def _changed(event: str, arguments: tuple[Any, ...]) -> Path | None:
    """The path that is about to change, if that is what the event tells."""
    if event == "open":
        path, _, flags = arguments
        folder = None
        if isinstance(path, int) or not flags & WRITING:
            return None
    elif event in CHANGES:
        where, relative = CHANGES[event]
        path, folder = arguments[where], arguments[relative] if relative is not None else None
    else:
        return None
    if folder is not None and folder != -1:
        return Path(f"/proc/self/fd/{folder}").readlink() / os.fsdecode(path)
    return Path.cwd() / os.fsdecode(path)
