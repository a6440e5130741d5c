"""What a command loads: nothing heavy that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Each takes a tenth of a second at least, and some take seconds.
NEVER = {
    *("torch", "transformers", "sentence_transformers", "langchain", "langchain_core", "langsmith", "discord"),
    *("chromadb", "bm25s", "spellchecker"),
    *("trafilatura", "pypdf", "mammoth", "lxml", "httpcore", "protego", "matplotlib", "prompt_toolkit", "requests"),
}
NOT_FOR_HELP = NEVER | {"chromadb_rust_bindings", "onnxruntime", "tokenizers", "py3langid"}
LOADED = "import sys, json; {}; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
RUN = "sys.argv = {!r}; from bot.cli.main import main; main()"


def loaded(code: str, home: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code)],
        env={**os.environ, "PULLQUOTE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("package", ["retrieval", "bot"])
def test_importing_a_package_loads_nothing_heavy(package: str, tmp_path: Path) -> None:
    assert loaded(f"import {package}", tmp_path) & (NOT_FOR_HELP | {"numpy", "pydantic"}) == set()


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    assert loaded(RUN.format(["pullquote", "--help"]), tmp_path) & NOT_FOR_HELP == set()


def test_a_question_loads_neither_pytorch_nor_langchain(seeded_home: Path) -> None:
    found = loaded(RUN.format(["pullquote", "ask", "How many plains did the terorists take?"]), seeded_home)
    assert found & NEVER == set()
    assert found >= {"chromadb_rust_bindings", "onnxruntime", "rapidfuzz"}, "or nothing was asked or mended"
