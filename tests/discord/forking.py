"""Programs forked from one process that has imported everything once, because importing is most of a start.

Each is the whole program, from its arguments to its exit handlers, with environment, folder and streams of its own;
the embedding model is loaded by each anew. Python's own fork server does the forking.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import get_context, spawn
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

CONTEXT = get_context("forkserver")
prepared = spawn.get_preparation_data


def without_folder(name: str) -> dict[str, Any]:
    """What Python tells a process as it begins, all but the folder: of a test that has ended meanwhile it is gone."""
    return {key: told for key, told in prepared(name).items() if key != "dir"}


spawn.get_preparation_data = without_folder
CONTEXT.set_forkserver_preload(["tests.discord.imported"])


def fork(
    module: str,
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    folder: Path | None,
    streams: tuple[Connection, Connection],
    lifeline: Connection,
) -> ForkServerProcess:
    """Start ``python -m module arguments`` without the imports; ``streams`` take what it prints.

    Args:
        module: has a function ``launch(lifeline)``, which returns the exit code; it is given the number of the pipe.
        arguments: what comes after the program's name.
        environment: all of it.
        folder: where it is started; the folder of the caller unless told otherwise.
        streams: standard output and standard error.
        lifeline: a pipe whose other end is closed when the test ends.
    """
    process = CONTEXT.Process(
        target=_become, args=(module, arguments, dict(environment), folder or Path.cwd(), streams, lifeline)
    )
    process.start()
    return process


def _become(
    module: str,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    folder: Path,
    streams: tuple[Connection, Connection],
    lifeline: Connection,
) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in enumerate((nothing, *(stream.fileno() for stream in streams))):
        os.dup2(descriptor, number)
    os.close(nothing)
    for stream in streams:
        stream.close()
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (open(n, "w", 1, encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["pullquote", *arguments]
    try:
        code: int = import_module(module).launch(lifeline.fileno())
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
