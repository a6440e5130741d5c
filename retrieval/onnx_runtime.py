"""Networks that come with the package: proven by their hashes, and run on the processors that are really there."""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Given = TypeVar("Given")
Made = TypeVar("Made")

# Where Linux says how much of the processors a container may use: a quota and a period in microseconds, or "max".
CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def altered_files(folder: Path, hashes: str, names: Sequence[str]) -> list[str]:
    """Which of the files are not what their recorded hashes say.

    Args:
        folder: Where they lie.
        hashes: The name of the file that records the SHA-256 of each.
        names: Which files.

    Raises:
        OSError, ValueError, KeyError, TypeError: If a file, or the record of it, is missing or unreadable.
    """
    recorded: dict[str, str] = json.loads((folder / hashes).read_bytes())
    return [name for name in names if sha256_of(folder / name) != recorded[name]]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def processors() -> int:
    """How many processors this process may keep busy: those it is bound to, and no more than its container's share."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = CGROUP_QUOTA.read_text("ascii").split()
        return max(1, min(bound, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError, ZeroDivisionError):
        return bound


def open_session(weights: Path) -> InferenceSession:
    """A network, ready to run; it may be shared between threads, and keeps one processor busy for each that runs it.

    Two threads that read a text each are faster than two that share one, because these wait for each other after every
    step; ``run_each`` is made for that.

    Raises:
        Exception: Whatever ONNX Runtime raises for a file that is none of its own.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def run_each(function: Callable[[Given], Made], given: Sequence[Given]) -> list[Made]:
    """Call ``function`` with each of some values, on all processors that are there; results in the same order."""
    if len(given) < 2 or processors() == 1:
        return [function(one) for one in given]
    return list(_pool().map(function, given))


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in a file, which cuts and pads nothing; one object for all files with the same content.

    Raises:
        Exception: Whatever ``tokenizers`` raises for a file that is none of its own.
    """
    from tokenizers import Tokenizer

    with _opening:
        sha256 = sha256_of(path)
        if sha256 not in _tokenizers:
            tokenizer = _tokenizers[sha256] = Tokenizer.from_file(str(path))
            tokenizer.no_truncation()
            tokenizer.no_padding()
        return _tokenizers[sha256]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(processors(), thread_name_prefix="networks")


# The networks that come with the package read the same words.
_tokenizers: dict[str, Tokenizer] = {}
_opening = threading.Lock()
