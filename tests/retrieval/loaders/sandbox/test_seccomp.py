"""The kernel refuses a worker whatever reaches outside of it, and nothing that it needs."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.loaders.extraction import Extracted
from retrieval.loaders.sandbox.pool import Sandbox
from retrieval.loaders.sandbox.seccomp import (
    ALLOW,
    ANY_BIT,
    EQUAL,
    GREATER,
    HARMLESS_COMMANDS,
    HARMLESS_REQUESTS,
    KILL,
    LOAD,
    REFUSE,
    UNKNOWN,
    instructions,
)
from retrieval.loaders.sandbox.system_calls import ARCHITECTURES, TABLE
from tests.retrieval.loaders.sandbox.test_pool import MISBEHAVING

PID = 4711
HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such filters")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def extract(sandbox: Sandbox, behaviour: str) -> Extracted:
    return sandbox.extract(MISBEHAVING, behaviour.encode())


@linux_only
@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    "call",
    [
        "socket", "socketpair", "write", "append", "create", "truncate", "unlink", "rename", "mkdir", "link", "symlink",
        "chmod", "utimes", "fork", "vfork", "execve", "ptrace", "kill", "kill_group", "terminal",
        "signal_by_descriptor", "kind_of_signal", "lock", "lease", "slow_down", "processors", "scheduler",
        "share_memory", "remove_shared_memory", "semaphore", "message",
    ],
)  # fmt: skip
def test_native_code_does_not_reach_outside(sandbox: Sandbox, call: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    path = folder / "file"
    path.write_bytes(b"words")
    path.chmod(0o600)
    before = path.stat()
    assert extract(sandbox, f"native {call} {path}").text == "-1 EPERM"
    assert (list(folder.iterdir()), path.read_bytes()) == ([path], b"words")
    assert (path.stat().st_mode, path.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@linux_only
@pytest.mark.usefixtures("programs")
def test_no_program_is_started_by_way_of_the_c_library(sandbox: Sandbox) -> None:
    assert extract(sandbox, "native posix_spawn /bin/true").text.startswith(f"-{errno.EPERM} ")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("call", ["read", "signal_itself", "memory", "duplicate"])
def test_what_libraries_need_goes_on(sandbox: Sandbox, call: str, tmp_path: Path) -> None:
    if call == "memory" and sys.platform != "linux":
        pytest.skip("macOS has no memfd_create")
    (tmp_path / "file").write_bytes(b"words")
    assert extract(sandbox, f"native {call} {tmp_path / 'file'}").text.startswith("0 ")


@pytest.mark.usefixtures("programs")
def test_threads_can_be_started(sandbox: Sandbox) -> None:
    assert extract(sandbox, "start_thread").text == "one two"


def verdict(machine: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """What the filter makes of a call, by the rules of classic BPF."""
    architecture = ARCHITECTURES[machine]
    words = {0: number, 4: architecture.audit if audit is None else audit}
    words |= {16 + 8 * place: value for place, value in enumerate(arguments)}
    code, at, loaded = instructions(architecture, PID), 0, 0
    while True:
        operation, if_true, if_not, value = code[at]
        at += 1
        if operation == LOAD:
            loaded = words.get(value, 0)
        elif operation in (EQUAL, GREATER, ANY_BIT):
            held = {EQUAL: loaded == value, GREATER: loaded > value, ANY_BIT: bool(loaded & value)}[operation]
            at += if_true if held else if_not
        else:
            return value


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_of_each_processor_decides_by_the_arguments(machine: str) -> None:
    calls = ARCHITECTURES[machine]
    assert verdict(machine, calls.openat, 0, 0, os.O_RDONLY) == ALLOW
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND):
        assert verdict(machine, calls.openat, 0, 0, flags) == REFUSE
    assert verdict(machine, calls.clone, 0x3D0F00) == ALLOW, "the flags of a thread"
    assert verdict(machine, calls.clone, 0x1200011) == REFUSE, "the flags of a process"
    assert verdict(machine, calls.clone3) == UNKNOWN
    for call in (calls.kill, calls.tgkill):
        assert [verdict(machine, call, pid) for pid in (PID, PID + 1, 0, 0xFFFFFFFF)] == [ALLOW, *[REFUSE] * 3]
    assert [verdict(machine, calls.prlimit, pid) for pid in (0, PID, 1)] == [ALLOW, ALLOW, REFUSE]
    assert {verdict(machine, calls.ioctl, 0, request) for request in HARMLESS_REQUESTS} == {ALLOW}
    assert verdict(machine, calls.ioctl, 0, 0x5412) == REFUSE
    assert {verdict(machine, calls.fcntl, 2, command) for command in HARMLESS_COMMANDS} == {ALLOW}
    assert {verdict(machine, calls.fcntl, 2, command) for command in (6, 8, 10, 15, 38, 1024)} == {REFUSE}
    assert {verdict(machine, number) for number in calls.forbidden} == {REFUSE}
    assert verdict(machine, 451) == verdict(machine, 0x40000000) == verdict(machine, 0xFFFFFFFF) == UNKNOWN
    assert verdict(machine, calls.openat, audit=0x40000003) == KILL


def test_where_a_processor_is_unknown_there_is_no_filter() -> None:
    assert set(ARCHITECTURES) == {"x86_64", "aarch64"}
    assert all(len(instructions(one, PID)) < 4_096 for one in ARCHITECTURES.values())


@pytest.mark.parametrize(("column", "machine"), [(1, "x86_64"), (2, "aarch64")])
def test_the_numbers_are_the_kernels(column: int, machine: str) -> None:
    header = Path(HEADERS[machine])
    if not header.exists():
        pytest.skip("the kernel's headers are not installed")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    kernel = {name: int(number) for name, number in reversed(found)}
    words = TABLE.split()
    for name, number in zip(words[::3], words[column::3], strict=True):
        assert number == "-" or kernel[name] == int(number), name
    calls = ARCHITECTURES[machine]
    for name in ("openat", "clone", "clone3", "kill", "tgkill", "ioctl", "fcntl", "seccomp"):
        assert getattr(calls, name) == kernel[name], name
    assert (calls.prlimit, calls.open) == (kernel["prlimit64"], kernel.get("open"))
