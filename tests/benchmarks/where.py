"""Where the time of one ``pullquote ask`` goes: run by ``COMMAND``, it asks, and prints seconds by part.

Each moment counts for one part only, the innermost one that is going on, so that the parts add up to the whole.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import io
import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

from tests.benchmarks.programs import STARTED

# Looks at the clock before anything is imported.
COMMAND = (
    sys.executable,
    "-c",
    "import time; entered = time.monotonic(); from tests.benchmarks.where import main; main(entered)",
)
PYTHON, WATCHING, OTHER = "Python starts", "the watching itself", "everything else"
OWN_IMPORTS = "import Pullquote's own modules"
# What is imported -> the part that it counts for.
IMPORTS = {
    "bot": OWN_IMPORTS,
    "retrieval": OWN_IMPORTS,
    "pydantic": "import pydantic and pydantic-settings",
    "pydantic_settings": "import pydantic and pydantic-settings",
    "typer": "import typer and rich",
    "rich": "import typer and rich",
    "numpy": "import numpy",
    "onnxruntime": "import ONNX Runtime and tokenizers",
    "tokenizers": "import ONNX Runtime and tokenizers",
    "rapidfuzz": "import the speller's libraries",
    "spellchecker": "import the speller's libraries",
    "Stemmer": "import the speller's libraries",
}
# What is called -> the part that it counts for: a module, a class in it or none, and a name.
CALLS = {
    ("retrieval.settings", "LibrarySettings", "load"): "read the settings",
    ("retrieval.storage.folder", "FolderStorage", "read_manifest"): "read and check the manifest",
    ("retrieval.index.bm25", "KeywordIndex", "load"): "read and check the keyword side",
    ("retrieval.index.dense", "VectorMatrix", "load"): "check and map the vectors",
    ("retrieval.models.onnx_embedder", "OnnxEmbedder", "load"): "check and load the embedding model",
    ("retrieval.models.onnx_embedder", "OnnxEmbedder", "_embed"): "embed the question",
    ("retrieval.index.dense", "VectorMatrix", "nearest"): "compare the vectors",
    ("retrieval.index.spelling", "Speller", "correct"): "look for slips of the pen",
    ("bot.extractive.reader.span_reader", "SpanReader", "load"): "check and load the reader",
    ("bot.extractive.reader.span_reader", "SpanReader", "read"): "read the passages",
    ("bot.extractive.selection.selector", "Selector", "select"): "choose the sentences",
    ("bot.pipeline", None, "verify_answer"): "verify the quotes",
    ("bot.cli.answer_display", None, "show_blocks"): "show the answer",
}


class Parts:
    """Seconds by part, of the main thread."""

    def __init__(self, first: str) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._going_on = [first]
        self._since = time.monotonic()

    @contextlib.contextmanager
    def part(self, name: str) -> Any:
        if threading.current_thread() is not threading.main_thread():  # the passages are read side by side
            yield
            return
        self._count()
        self._going_on.append(name)
        try:
            yield
        finally:
            self._count()
            self._going_on.pop()

    def _count(self) -> None:
        now = time.monotonic()
        self.seconds[self._going_on[-1]] += now - self._since
        self._since = now


def watch_imports(parts: Parts) -> None:
    """Count the loading of modules."""
    plain = builtins.__import__

    def watched(name: str, *arguments: Any, **keywords: Any) -> ModuleType:
        part = IMPORTS.get(name.partition(".")[0])
        if part is None:
            return plain(name, *arguments, **keywords)
        with parts.part(part):
            return plain(name, *arguments, **keywords)

    builtins.__import__ = watched


def watch_calls(parts: Parts) -> None:
    """Count calls; what is looked for must be there, so that a part cannot fall away unnoticed."""
    for (module, owner, name), part in CALLS.items():
        holder: Any = importlib.import_module(module)
        holder = getattr(holder, owner) if owner else holder
        held = holder.__dict__[name]
        watched = _watched(held.__func__ if isinstance(held, classmethod) else held, parts, part)
        setattr(holder, name, classmethod(watched) if isinstance(held, classmethod) else watched)


def _watched(call: Callable[..., Any], parts: Parts, part: str) -> Callable[..., Any]:
    @wraps(call)
    def watched(*arguments: Any, **keywords: Any) -> Any:
        with parts.part(part):
            return call(*arguments, **keywords)

    return watched


def main(entered: float) -> None:
    """Ask the question that is given, and print the parts; whoever started this adds how long it took to end.

    Args:
        entered: When the process came to its first line, by the monotonic clock.
    """
    parts = Parts(OTHER)
    parts.seconds[PYTHON] = entered - float(os.environ[STARTED])
    parts.seconds[WATCHING] = time.monotonic() - entered
    watch_imports(parts)
    sys.argv = ["pullquote", "ask", sys.argv[1]]
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
        with parts.part(OWN_IMPORTS):
            # The door of the program, so that it ends as the program does.
            from bot.__main__ import program as ask

            watch_calls(parts)
        code = ask()
    with parts.part(OTHER):  # counts what went on until now
        print(json.dumps({"parts": parts.seconds}), flush=True)  # noqa: T201 (a program)
    sys.exit(code)
