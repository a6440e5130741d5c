"""The worker process: reads files for the program, within limits that the operating system holds.

It is started by ``pool.py`` and told on its standard input which module shall read which bytes; nothing but answers
leaves it. It ends when its input does, when it has had nothing to do for a while, and by its own alarm when a file
takes too long and nobody is left to end it.

Linux enforces the limit on memory, and refuses system calls that reach outside of the process (``seccomp.py``). macOS
enforces neither, so that only the other limits and Python's audit hook hold there.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import resource
import select
import signal
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from io import BufferedReader, FileIO
from math import ceil
from typing import Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.sandbox.frames import HEAD, frame
from retrieval.loaders.sandbox.seccomp import WRITING, forbid_system_calls
from retrieval.structure import structure_to_json
from retrieval.types import Structure

MEMORY_BYTES = 1_000_000_000
IDLE_SECONDS = 60
# By then the program has long ended this process, if the program is still there.
GRACE_SECONDS = 10
# What no reader of a file has any business with. The filter of system calls is the wall against hostile code; this
# names a library's surprise, and is all there is where the system has no such filter.
FORBIDDEN = (
    "socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.system",
    "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree",
)  # fmt: skip

BROKEN = "{name} cannot be read, it may be damaged; open it in its own program, save it again and index that."
TOO_DEEP = "{name} is nested too deeply to be read; save it as plain text and index that."
TOO_LARGE_INSIDE = "{name} needs more memory to be read than one file may have; split it into smaller files."


def main() -> None:
    """Answer until there is nothing more to do."""
    requests, answers = _private_streams()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_forbid)
    forbid_system_calls()
    while select.select([requests], [], [], IDLE_SECONDS)[0]:
        head = requests.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        facts_length, content_length = HEAD.unpack(head)
        request = json.loads(requests.read(facts_length))
        _limit_time(request["seconds"])
        facts, content, spent = _answer(request["module"], request["page"], requests.read(content_length))
        for part in frame(facts, content):
            answers.write(part)
        if spent:
            return
        signal.alarm(0)


def _answer(module: str, page: int | None, data: bytes) -> tuple[dict[str, Any], bytes, bool]:
    """What ``module`` makes of the bytes, or why it makes nothing, and whether this process has seen its best days.

    It makes text of them, or a picture where a page is asked for.
    """
    try:
        if page is not None:
            return {}, import_module(module).draw(data, page), False
        extracted = import_module(module).extract(data)
        structure = structure_to_json(Structure(extracted.places, extracted.labels))
        facts = {
            "title": extracted.title,
            "encoding": extracted.encoding,
            "structure": structure,
            "date": extracted.date,
            "warnings": extracted.warnings,
            "words_in": extracted.words_in,
        }
        return facts, extracted.text.encode("utf-8"), False
    except SourceError as error:
        return _refusal(str(error), error.problem), b"", False
    except MemoryError:
        refusal = _refusal(TOO_LARGE_INSIDE, SourceProblem.TOO_COMPLEX)
    except RecursionError:
        refusal = _refusal(TOO_DEEP, SourceProblem.TOO_COMPLEX)
    except Exception:  # noqa: BLE001 (parsers raise almost anything on a file made to break them)
        refusal = _refusal(BROKEN, SourceProblem.UNREADABLE)
    return refusal, b"", True


def _refusal(sentence: str, problem: SourceProblem) -> dict[str, Any]:
    return {"refusal": sentence, "problem": problem}


def _private_streams() -> tuple[BufferedReader, FileIO]:
    """The pipes to the program, moved to where no library looks for them: what one prints goes nowhere.

    Standard error stays: the program keeps the last words of a process that breaks down.
    """
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    faulthandler.enable()
    return BufferedReader(FileIO(requests, "rb")), FileIO(answers, "wb")


def _limit(kind: int, amount: int) -> None:
    """Set a limit, for good, unless a lower one is in force; where the system does not know it, there is none."""
    _, highest = resource.getrlimit(kind)
    if highest != resource.RLIM_INFINITY:
        amount = min(amount, highest)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (amount, amount))


def _limit_time(seconds: float) -> None:
    """From now on so much time may pass, and so much of the processor's be used."""
    most = ceil(seconds) + GRACE_SECONDS
    signal.alarm(most)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, highest = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(usage.ru_utime + usage.ru_stime) + most, highest))


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event in FORBIDDEN or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
        raise PermissionError(f"reading a file needs no {event}")


if __name__ == "__main__":
    main()
