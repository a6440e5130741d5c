"""What every test shares: a clean environment, the real model loaded once, and two ways to run the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot import AnswerChain, Settings
from bot.cli.main import main
from bot.extractive.answerer import ExtractiveAnswerer
from retrieval import HybridRetriever, Library, OnnxEmbeddings, add_article_once
from tests.bot.fakes import shipped_selector

pytest_plugins = ["tests.tiers"]

# Programs that tests start compile their modules once, whatever the environment says.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell starts background jobs with Ctrl-C ignored, and programs inherit that; the tests of Ctrl-C need it heard.
signal.signal(signal.SIGINT, signal.default_int_handler)

PROGRAM = Path(sys.executable).parent / "pullquote"


@dataclass(frozen=True)
class Outcome:
    """What a run of the program did."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def programs() -> None:
    """What starts a program or a server asks for this, a test or a fixture on its behalf; ``make quick`` has none."""


@pytest.fixture(autouse=True)
def _clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting from outside, no .env, and a library of the test's own."""
    for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
        monkeypatch.delenv(name)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("PULLQUOTE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def embeddings() -> OnnxEmbeddings:
    """The real model, loaded once for all tests."""
    return OnnxEmbeddings()


@pytest.fixture
def settings(_clean_environment: None) -> Settings:
    return Settings.load()


@pytest.fixture
def library(settings: Settings, embeddings: OnnxEmbeddings) -> Iterator[Library]:
    """An empty library in the test's own folder."""
    library = Library(settings, embeddings)
    yield library
    library.close()


@pytest.fixture
def chain(library: Library, settings: Settings) -> Iterator[AnswerChain]:
    """The chain over that library, which holds the shipped article."""
    add_article_once(library)
    thresholds = (settings.answer_threshold, settings.sure_threshold)
    answerer = ExtractiveAnswerer(shipped_selector(), library.term_weights, *thresholds)
    chain = AnswerChain(HybridRetriever(library=library, k=settings.passages), answerer)
    yield chain
    chain.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process, with real file descriptors: ``run("ask", "--json", "-", stdin=b"…")``."""

    def call(*arguments: str, stdin: bytes = b"") -> Outcome:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["pullquote", *arguments])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        code = main()
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture
def program(programs: None, tmp_path: Path) -> Run:
    """Run the installed program as a process of its own (about 8 s when it loads the model)."""

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> Outcome:
        done = subprocess.run(
            [str(PROGRAM), *arguments],
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
            env={**os.environ, **environment},
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
