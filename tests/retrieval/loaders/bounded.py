"""Reading a file as the worker process does: with a limit on memory that the system holds, and the time taken."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from retrieval.loaders.formats import find_format

MEMORY_BYTES = 1_000_000_000
SECONDS = 120

READ = """
import json, logging, resource, sys, time
from importlib import import_module
logging.disable(logging.CRITICAL)
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from retrieval.errors import SourceError
extract = import_module(sys.argv[1]).extract
data = open(sys.argv[2], "rb").read()
start, outcome = time.perf_counter(), {}
try:
    outcome["text"] = extract(data).text[:1_000]
except SourceError as error:
    outcome["refusal"] = str(error)
outcome["seconds"] = time.perf_counter() - start
print(json.dumps(outcome), file=sys.__stderr__)
"""


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    seconds: float
    text: str = ""
    refusal: str = ""


def read_bounded(kind: str, data: bytes, folder: Path) -> Outcome:
    """Read the bytes of a file with that ending in a process of its own."""
    path = folder / "file"
    path.write_bytes(data)
    command = [sys.executable, "-c", READ, find_format(f"file.{kind}").module, str(path), str(MEMORY_BYTES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return Outcome(**json.loads(done.stderr.splitlines()[-1]))
