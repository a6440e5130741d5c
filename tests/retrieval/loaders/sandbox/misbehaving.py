"""A module as a format has one, that does to the worker whatever its file asks for."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.types import Label, LabelKind, Place, Span

FINE = Extracted("Fine.", "Title", (Place(0, 1, "Heading"),), "utf-8")
HOARD: list[Any] = []


def extract(data: bytes) -> Extracted:
    """Behave as the first word of ``data`` says; the rest is its argument."""
    word, _, argument = data.decode().partition(" ")
    return BEHAVIOUR[word](argument)


def draw(data: bytes, page: int) -> bytes:
    """A picture of a page, or what only calls itself one."""
    if data == b"refuse":
        raise SourceError("{name} is not to my taste.", SourceProblem.EMPTY)
    return b"\x89PNG\r\n\x1a\n" + str(page).encode() if data == b"fine" else data


def fine(_: str) -> Extracted:
    return FINE


def refuse(_: str) -> Extracted:
    raise SourceError("{name} is not to my taste; {name} it is not.", SourceProblem.EMPTY)


def loop(_: str) -> Extracted:
    while True:
        pass


def sleep_in_c(_: str) -> Extracted:
    ctypes.CDLL(None).sleep(1000)
    return FINE


def hoard(_: str) -> Extracted:
    while True:
        HOARD.append(bytearray(200_000_000))


def hoard_at_once(_: str) -> Extracted:
    return Extracted(str(bytearray(1 << 40)))


def recurse(argument: str) -> Extracted:
    return recurse(argument)


def segfault(_: str) -> Extracted:
    ctypes.string_at(0)
    return FINE


def abort(_: str) -> Extracted:
    os.abort()


def leave(argument: str) -> Extracted:
    os._exit(int(argument))


def leave_politely(_: str) -> Extracted:
    sys.exit(0)


def interrupt(_: str) -> Extracted:
    raise KeyboardInterrupt


def stumble(_: str) -> Extracted:
    raise KeyError("/Root")


def chatter(_: str) -> Extracted:
    for stream in (sys.stdout, sys.stderr):
        print("rubbish", file=stream, flush=True)
    for descriptor in (1, 2):
        os.write(descriptor, b"\xff" * 100_000)
    warnings.warn("rubbish", stacklevel=1)
    logging.getLogger("pypdf").error("rubbish")
    return FINE


def read_input(_: str) -> Extracted:
    return Extracted(f"[{sys.stdin.read()}]")


def write_file(argument: str) -> Extracted:
    Path(argument).write_text("x")
    return FINE


def open_in_c(argument: str) -> Extracted:
    """Write past what Python can see; returns how much the system let through."""
    libc = ctypes.CDLL(None)
    descriptor = libc.open(argument.encode(), os.O_WRONLY | os.O_CREAT, 0o600)
    return Extracted(str(libc.write(descriptor, b"x", 1)))


def native(argument: str) -> Extracted:
    """Do what Python's audit hook cannot see; returns what came of it and what the system said."""
    name, _, path = argument.partition(" ")
    libc = ctypes.CDLL(None, use_errno=True)
    where, elsewhere = path.encode(), f"{path}2".encode()
    arguments = (ctypes.c_char_p * 2)(where, None)
    calls: dict[str, Callable[[], int]] = {
        "socket": lambda: libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0),
        "socketpair": lambda: libc.socketpair(socket.AF_UNIX, socket.SOCK_STREAM, 0, (ctypes.c_int * 2)()),
        "read": lambda: libc.open(where, os.O_RDONLY),
        "write": lambda: libc.open(where, os.O_WRONLY),
        "append": lambda: libc.open(where, os.O_RDWR | os.O_APPEND),
        "create": lambda: libc.open(elsewhere, os.O_RDONLY | os.O_CREAT, 0o600),
        "truncate": lambda: libc.truncate(where, ctypes.c_long(0)),
        "unlink": lambda: libc.unlink(where),
        "rename": lambda: libc.rename(where, elsewhere),
        "mkdir": lambda: libc.mkdir(elsewhere, 0o700),
        "link": lambda: libc.link(where, elsewhere),
        "symlink": lambda: libc.symlink(where, elsewhere),
        "chmod": lambda: libc.chmod(where, 0o777),
        "utimes": lambda: libc.utimes(where, None),
        "fork": libc.fork,
        "vfork": libc.vfork,
        "execve": lambda: libc.execve(b"/bin/true", arguments, None),
        "posix_spawn": lambda: (
            -libc.posix_spawn(ctypes.byref(ctypes.c_int()), b"/bin/true", None, None, arguments, None)
        ),
        "ptrace": lambda: libc.ptrace(0, 0, None, None),
        "kill": lambda: libc.kill(os.getppid(), 0),
        "kill_group": lambda: libc.kill(0, 0),
        "signal_by_descriptor": lambda: libc.fcntl(2, 8, os.getppid()),  # F_SETOWN
        "kind_of_signal": lambda: libc.fcntl(2, 10, 9),  # F_SETSIG
        "lock": lambda: libc.fcntl(libc.open(where, os.O_RDONLY), 6, bytes(32)),  # F_SETLK
        "lease": lambda: libc.fcntl(libc.open(where, os.O_RDONLY), 1024, 0),  # F_SETLEASE
        "duplicate": lambda: libc.fcntl(2, 0, 3),  # F_DUPFD
        "slow_down": lambda: libc.setpriority(0, os.getppid(), 0),
        "processors": lambda: libc.sched_setaffinity(os.getppid(), 8, b"\xff" * 8),
        "scheduler": lambda: libc.sched_setscheduler(os.getppid(), 0, bytes(8)),
        "share_memory": lambda: libc.shmat(0, None, 0),
        "remove_shared_memory": lambda: libc.shmctl(0, 0, None),
        "semaphore": lambda: libc.semctl(0, 0, 0),
        "message": lambda: libc.msgsnd(0, bytes(16), 1, 0),
        "signal_itself": lambda: libc.kill(os.getpid(), 0),
        "terminal": lambda: libc.ioctl(2, 0x5412, b"x"),
        "memory": lambda: libc.memfd_create(b"memory", 0),
    }
    outcome = calls[name]()
    return Extracted(f"{min(outcome, 0)} {errno.errorcode.get(ctypes.get_errno(), '')}")


def start_thread(_: str) -> Extracted:
    heard: list[str] = []
    threads = [threading.Thread(target=heard.append, args=(word,)) for word in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    return Extracted(" ".join(sorted(heard)))


def connect(argument: str) -> Extracted:
    socket.create_connection(("127.0.0.1", int(argument)), timeout=5)
    return FINE


def run_program(_: str) -> Extracted:
    subprocess.run(["true"], check=True)
    return FINE


def fork(_: str) -> Extracted:
    os.fork()
    return FINE


def tell(argument: str) -> Extracted:
    """What the worker knows of its surroundings."""
    facts: dict[str, Callable[[], object]] = {
        "environment": lambda: " ".join(sorted(os.environ)),
        "pid": os.getpid,
        "folder": Path.cwd,
    }
    return Extracted(str(facts[argument]()))


def slowly(argument: str) -> Extracted:
    time.sleep(float(argument))
    return FINE


def much(argument: str) -> Extracted:
    return Extracted("x" * int(argument))


def surrogate(_: str) -> Extracted:
    return Extracted("half a \ud83d pair")


def places(argument: str) -> Extracted:
    wrong: dict[str, tuple[Any, ...]] = {
        "backwards": (Place(3), Place(1)),
        "twice": (Place(1, 1), Place(1, 2)),
        "outside": (Place(100),),
        "negative": (Place(-1),),
        "page": (Place(0, 0),),
        "link": (Place(0, 1, link="javascript:alert(1)"),),
        "heading": (Place(0, None, ""),),
        "text": (Place(0, None, 7),),  # type: ignore[arg-type]
        "surrogate": (Place(0, None, "\ud83d"),),
    }
    return Extracted("Some text.", "", wrong[argument])


def labels(argument: str) -> Extracted:
    wrong = {
        "outside": Label(LabelKind.TERM, Span(0, 4), Span(5, 100)),
        "empty": Label(LabelKind.TERM, Span(4, 4), Span(5, 9)),
        "elsewhere": Label(LabelKind.TERM, Span(90, 94), Span(5, 9)),
    }
    return Extracted("Some text.", labels=(wrong[argument],))


BEHAVIOUR: dict[str, Callable[[str], Extracted]] = {
    function.__name__: function
    for function in (
        fine, refuse, loop, sleep_in_c, hoard, hoard_at_once, recurse, segfault, abort, leave,
        leave_politely, interrupt, stumble, chatter, read_input, write_file, open_in_c, native,
        start_thread, connect, run_program, fork,
        tell, slowly, much, surrogate, places, labels,
    )
}  # fmt: skip
