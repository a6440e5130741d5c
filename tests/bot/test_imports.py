"""What a command loads and runs: nothing heavy that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from onnxruntime import InferenceSession

from bot import Settings
from bot.cli.main import COMMANDS
from bot.extractive.selection.read_text import parts_of
from bot.extractive.selection.reader_cascade import FIRST
from bot.pipeline import AnswerPipeline
from retrieval.models.onnx_embedder import OUTPUT

pytestmark = pytest.mark.usefixtures("programs")

# Each takes a tenth of a second at least, and some take seconds.
NEVER = {
    *("torch", "transformers", "sentence_transformers", "langchain", "langchain_core", "langsmith", "discord"),
    *("chromadb", "chromadb_rust_bindings", "bm25s", "spellchecker"),
    *("trafilatura", "pypdf", "lxml", "httpcore", "protego", "matplotlib", "prompt_toolkit", "requests"),
}
NOT_FOR_HELP = NEVER | {"onnxruntime", "tokenizers", "py3langid"}
LOADED = "import sys, json; {}; print(json.dumps(sorted(sys.modules)))"
RUN = "sys.argv = list({!r}); from bot.__main__ import main; main()"
QUESTION = "How many plains did the terorists take?"  # with slips, which are looked for in dictionaries
HELP, VERSION, ASK = ("pullquote", "--help"), ("pullquote", "--version"), ("pullquote", "ask", QUESTION)
# A little more than there are now. Each costs a fraction of a millisecond, and they come in crowds. Those of Python's
# own library are not counted, since every Python has its own.
MOST_FOR_HELP, MOST_FOR_ASK = 430, 410
SECOND_LOOK = 1
BEGUN = """
import sys
from retrieval.models import onnx_runtime
onnx_runtime.load_meanwhile = lambda *loads: print("begun", len(loads), {{"typer", "pydantic"}} & sys.modules.keys())
sys.argv = {!r}
from bot.__main__ import main; main()
"""
COLLECTING = "import gc, sys; sys.argv = {!r}; from bot.__main__ import program; program(); print(gc.isenabled())"


@cache
def loaded_modules(code: str, home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code)],
        env={**os.environ, "PULLQUOTE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def loaded(code: str, home: Path) -> set[str]:
    return {name.partition(".")[0] for name in loaded_modules(code, home)}


@pytest.mark.parametrize("package", ["retrieval", "bot"])
def test_importing_a_package_loads_nothing_heavy(package: str, tmp_path: Path) -> None:
    assert loaded(f"import {package}", tmp_path) & (NOT_FOR_HELP | {"numpy", "pydantic"}) == set()


@pytest.mark.parametrize("argv", [HELP, VERSION])
def test_help_loads_nothing_heavy(seeded_home: Path, argv: tuple[str, ...]) -> None:
    assert loaded(RUN.format(argv), seeded_home) & NOT_FOR_HELP == set()


def test_the_version_loads_no_command(seeded_home: Path) -> None:
    found = set(loaded_modules(RUN.format(VERSION), seeded_home))
    assert found & {"pydantic_settings", "numpy", *(f"bot.cli.{module}" for module in COMMANDS.values())} == set()


def test_a_question_loads_neither_pytorch_nor_langchain(seeded_home: Path) -> None:
    found = loaded(RUN.format(ASK), seeded_home)
    assert found & NEVER == set()
    assert found >= {"onnxruntime", "rapidfuzz"}, "or nothing was asked or mended"


def test_a_question_loads_no_other_command_and_nothing_that_reads_documents(seeded_home: Path) -> None:
    found = set(loaded_modules(RUN.format(ASK), seeded_home))
    others = {f"bot.cli.{module}" for module in COMMANDS.values()} - {"bot.cli.ask"}
    unneeded = {"retrieval.loaders.formats", "retrieval.loaders.plain", "retrieval.loaders.composer"}
    assert found & (others | unneeded | {"retrieval.ingest.indexer", "rich"}) == set()
    assert "bot.pipeline" in found, "or nothing was asked"


def test_small_talk_loads_no_network(seeded_home: Path) -> None:
    assert loaded(RUN.format(("pullquote", "ask", "hi")), seeded_home) & {"onnxruntime", "tokenizers"} == set()


@pytest.mark.parametrize(
    ("argv", "networks"),
    [
        (("ask", QUESTION), 2),
        (("ask", "--json", QUESTION), 2),
        (("search", QUESTION), 1),
        (("ask", "--json", "hi"), 0),
        (("ask", "--help"), 0),
        (("search", "-h", QUESTION), 0),
        (("ask",), 0),
        (("sources", "list"), 0),
        ((), 0),
    ],
)
def test_networks_begin_to_load_before_the_rest_where_something_is_asked(
    seeded_home: Path, argv: tuple[str, ...], networks: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGUN.format(["pullquote", *argv])],
        env={**os.environ, "PULLQUOTE_HOME": str(seeded_home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in done.stdout.splitlines() if "begun" in line] == [f"begun {networks} set()"] * (
        networks > 0
    )


@pytest.mark.parametrize(("argv", "most"), [(HELP, MOST_FOR_HELP), (ASK, MOST_FOR_ASK)])
def test_a_command_loads_no_more_modules_than_it_did(seeded_home: Path, argv: tuple[str, ...], most: int) -> None:
    every = loaded_modules(RUN.format(argv), seeded_home)
    counted = [name for name in every if name.partition(".")[0] not in sys.stdlib_module_names]
    assert most - 100 < len(counted) <= most


@pytest.mark.parametrize(
    ("argv", "collects"),
    [(["ask", "--", "Who?"], False), (["search", "Who?"], False), (["ask", "--json", "-"], True), (["doctor"], True)],
)
def test_nothing_dead_is_looked_for_while_one_question_is_answered(
    seeded_home: Path, argv: list[str], collects: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLLECTING.format(["pullquote", *argv])],
        env={**os.environ, "PULLQUOTE_HOME": str(seeded_home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,  # some of them have no answer
    )
    assert done.stdout.splitlines()[-1] == str(collects)


def test_a_question_is_embedded_once_and_each_passage_read_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: Counter[str] = Counter()
    run = InferenceSession.run

    def counting(session: InferenceSession, outputs: list[str] | None, given: dict[str, Any]) -> Any:
        runs["embedder" if outputs == [OUTPUT] else "reader"] += 1
        return run(session, outputs, given)

    settings = Settings(home=home, answer_threshold=0.0)
    pipeline = AnswerPipeline.from_settings(settings)
    monkeypatch.setattr(InferenceSession, "run", counting)
    assert pipeline.answer(QUESTION).citations
    assert runs["embedder"] == 1
    windows = [len(parts_of(QUESTION, passage)) for passage in pipeline.search.passages(QUESTION)]
    assert runs["reader"] - SECOND_LOOK in (sum(windows[:FIRST]), sum(windows))
    pipeline.library.close()
