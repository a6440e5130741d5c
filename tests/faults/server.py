"""A process that has imported everything once and forks the program, so that a run of its own costs little.

Each run is the whole program, from ``sys.argv`` to the exit handlers, with a stand-in for the model unless told not to.
Run as ``python -m tests.faults.server``; one JSON object a line comes in, and one goes out.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import json
import os
import re
import resource
import signal
import sys
import time
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NoReturn

import numpy as np
from langchain_core.embeddings import Embeddings

import retrieval
from bot.extractive.reader import open_reader
from bot.extractive.reader.span_reader import SpanReader
from retrieval.models.published_weights import BUNDLED_MODEL
from retrieval.text.languages import detect_language
from tests.faults.moments import keep_each

DIMENSION = 384
# What is imported when it is needed, and not before; whatever else these import comes with them.
IMPORTED = (
    *("bm25s", "chromadb", "onnxruntime", "rapidfuzz", "sentencex", "spellchecker", "Stemmer", "tests.faults.acts"),
    *("bot.chain", "bot.cli.main", "bot.extractive.answerer"),
    *(module.name for module in walk_packages(retrieval.__path__, "retrieval.")),
)


class WordEmbeddings(Embeddings):
    """A stand-in for the model, because these tests are not about meaning: each word adds a direction of its own."""

    def __init__(self, model: str = BUNDLED_MODEL) -> None:
        self.model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.full(DIMENSION, 0.01)
        for word, times in Counter(re.findall(r"\w+", text.lower())).items():
            vector = vector + times * _direction(word)
        return [float(number) for number in vector / np.linalg.norm(vector)]

    @property
    def dimension(self) -> int:
        return DIMENSION


@cache
def _direction(word: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(DIMENSION)


def become(request: dict[str, Any], beginning: int) -> NoReturn:
    """Be the program of the request, in this forked process, to the end; close ``beginning`` where it begins."""
    os.setsid()
    for descriptor, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        opened = os.open(
            request[name], os.O_RDONLY if descriptor == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
        )
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "r" if n == 0 else "w", encoding="utf-8") for n in (0, 1, 2))
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = ["pullquote", *request["argv"]]
    if request["stand_in"]:
        import retrieval.library

        retrieval.library.open_embedder = WordEmbeddings  # type: ignore[attr-defined]
    if request["model"]:
        from retrieval.models import onnx_embedder

        onnx_embedder.FOLDER = Path(request["model"])
    if request["few"] is not None:
        from retrieval.index import dense

        dense.FEW = dense.MOST_MAPPED = request["few"]
    if request["moments"]:
        keep_each(Path(os.environ["PULLQUOTE_HOME"]), Path(request["moments"]))
    if request["max_file_bytes"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["max_file_bytes"], request["max_file_bytes"]))
    os.close(beginning)
    if request["act"]:
        module, name = request["act"].split(":")
        code = getattr(import_module(module), name)(*request["argv"])
    else:
        from bot.cli.main import main

        code = main()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking the interpreter apart takes far longer than all the rest


def wait(pid: int, seconds: float) -> int | None:
    """The exit code of a child as a shell gives it (128 and the signal when one ended it); None when time is up."""
    until = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return None
        time.sleep(0.005)


def load_everything() -> None:
    """Import and load what the program does, all but the embedding model; no thread is started: forks are sound."""
    for name in IMPORTED:
        import_module(name)
    detect_language("Snow fell on the mill.")  # unpacks the model of languages
    reader = open_reader()
    assert isinstance(reader, SpanReader)
    reader.load()
    gc.collect()
    gc.freeze()


def serve() -> None:
    """Answer requests until standard input ends."""
    load_everything()
    print(json.dumps({"ready": True, "home": str(Path.cwd())}), flush=True)  # noqa: T201
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        if "wait" in request:
            print(json.dumps({"code": wait(request["wait"], request["seconds"])}), flush=True)  # noqa: T201
            continue
        begun, beginning = os.pipe()
        pid = os.fork()
        if pid == 0:
            become(request, beginning)
        os.close(beginning)
        os.read(begun, 1)  # who sends a signal now sends it to the program, however busy the machine is
        os.close(begun)
        print(json.dumps({"pid": pid}), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
