"""Networks that come with the package: proven by their hashes, and run on the processors that are really there."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

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
    """A network, ready to run; it may be shared between threads.

    Raises:
        Exception: Whatever ONNX Runtime raises for a file that is none of its own.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = processors()
    options.inter_op_num_threads = 1
    # Between two questions the threads sleep, instead of keeping the processors busy with waiting.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
