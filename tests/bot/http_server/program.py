"""``pullquote serve`` as a program of its own, and a client of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import PROGRAM

PATIENCE = 60


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """The program, listening at a free port, and a client of it."""
    env = {**os.environ, "PULLQUOTE_HOME": str(home), **environment}
    pipe = subprocess.PIPE
    server = subprocess.Popen([str(PROGRAM), "serve", "--port", "0"], stdout=pipe, stderr=pipe, text=True, env=env)
    assert server.stdout is not None
    assert server.stderr is not None
    with server.stdout, server.stderr:
        try:
            line = server.stdout.readline()
            assert line, server.stderr.read()
            with httpx.Client(base_url=line.split()[-1], timeout=PATIENCE, trust_env=False) as client:
                yield server, client
        finally:
            server.kill()
            server.wait(PATIENCE)
