"""A filter of system calls that the kernel holds a process to, native code included, for the rest of its life.

Sources: seccomp(2), prctl(2), and the kernel's ``Documentation/userspace-api/seccomp_filter.rst``. A filter is a
program of classic BPF: it looks at the processor, the number of the call and its arguments, and says what becomes
of the call.

The filter refuses what changes anything outside of the process: sockets, files opened for writing, names of files,
programs, processes, other processes' memory and signals. Reading files stays possible, because modules are imported
while files are read; so do threads and memory. macOS has nothing of the kind that a program may set up without
deprecated interfaces, so that there only ``worker.py``'s other limits hold.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

from retrieval.loaders.sandbox.system_calls import ARCHITECTURES, LAST_NUMBER, Architecture

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CLONE_THREAD = 0x10000
# What Python and libraries ask of files that they read: is it a terminal, how wide is it, how much is there to read,
# shall it be closed for other programs, shall reading wait. Other requests may change files and terminals.
HARMLESS_REQUESTS = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5450, 0x5451, 0x5421)
# What is asked of a descriptor: another one like it, its flags, and to change them. Others lock a file that the program
# wants to write, or name a process that gets a signal, of any kind, when there is something to read.
HARMLESS_COMMANDS = (0, 1, 2, 3, 4, 1030)
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_TSYNC = 1

ALLOW = 0x7FFF0000
KILL = 0x80000000
REFUSE = 0x00050000 | errno.EPERM
UNKNOWN = 0x00050000 | errno.ENOSYS

# Operations of classic BPF: load a word of the call's description, compare, and end.
LOAD, EQUAL, GREATER, ANY_BIT, END = 0x20, 0x15, 0x25, 0x45, 0x06
# Where that description has the number of the call, the processor, and the lower half of its first argument.
NUMBER, PROCESSOR, ARGUMENTS = 0, 4, 16
ARGUMENT_BYTES = 8

# An operation, how many to pass over if it is true and if it is not, and what it compares with.
Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_system_calls() -> bool:
    """Hold this process, all of its threads, to the filter; False where the system has no such thing."""
    architecture = ARCHITECTURES.get(os.uname().machine)
    if sys.platform != "linux" or architecture is None or sys.byteorder != "little" or sys.maxsize < 1 << 32:
        return False
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions(architecture, os.getpid()))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    program = _Program(len(code) // 8, code)
    flag = SECCOMP_FILTER_FLAG_TSYNC
    return bool(libc.syscall(architecture.seccomp, SECCOMP_SET_MODE_FILTER, flag, ctypes.byref(program)) == 0)


def instructions(architecture: Architecture, pid: int) -> list[Instruction]:
    """The filter for a processor.

    Args:
        architecture: The processor; calls in the manner of another one end the process.
        pid: The process, which may send signals to itself.
    """
    made: list[Instruction] = [
        (LOAD, 0, 0, PROCESSOR),
        (EQUAL, 1, 0, architecture.audit),
        (END, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        # Too new; or the "x32" calls of x86_64, whose numbers begin at a billion.
        (GREATER, 0, 1, LAST_NUMBER),
        (END, 0, 0, UNKNOWN),
        # Its flags are in memory, where a filter cannot see them; whoever wants a thread then takes the older call.
        (EQUAL, 0, 1, architecture.clone3),
        (END, 0, 0, UNKNOWN),
    ]
    for number in architecture.forbidden:
        made += [(EQUAL, 0, 1, number), (END, 0, 0, REFUSE)]
    if architecture.open is not None:
        made += _unless(architecture.open, 1, [(ANY_BIT, 0, 1, WRITING), (END, 0, 0, REFUSE)])
    made += _unless(architecture.openat, 2, [(ANY_BIT, 0, 1, WRITING), (END, 0, 0, REFUSE)])
    made += _unless(architecture.clone, 0, [(ANY_BIT, 1, 0, CLONE_THREAD), (END, 0, 0, REFUSE)])
    made += _only(architecture.kill, 0, (pid,))
    made += _only(architecture.tgkill, 0, (pid,))
    made += _only(architecture.prlimit, 0, (0, pid))
    made += _only(architecture.ioctl, 1, HARMLESS_REQUESTS)
    made += _only(architecture.fcntl, 1, HARMLESS_COMMANDS)
    return [*made, (END, 0, 0, ALLOW)]


def _only(number: int, argument: int, values: tuple[int, ...]) -> list[Instruction]:
    """A call is allowed if its argument has one of these values."""
    ways_out = [(EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return _unless(number, argument, [*ways_out, (END, 0, 0, REFUSE)])


def _unless(number: int, argument: int, refusing: list[Instruction]) -> list[Instruction]:
    """A call is allowed unless these end it; they find its argument loaded."""
    load = (LOAD, 0, 0, ARGUMENTS + ARGUMENT_BYTES * argument)
    rest = [load, *refusing, (END, 0, 0, ALLOW)]
    return [(EQUAL, 0, len(rest), number), *rest]
