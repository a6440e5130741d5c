"""What the benchmark ran on, and with."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from retrieval.models.cpu_count import count_processors
from tests.benchmarks.measuring import RUNS

PACKAGES = (
    "pullquote", "chromadb", "onnxruntime", "tokenizers", "numpy", "pydantic", "sentence-transformers", "torch",
    "pypdf", "langchain-core", "langchain-chroma", "langchain-huggingface", "langchain-text-splitters",
)  # fmt: skip


def machine() -> tuple[tuple[str, str], ...]:
    """Each thing with its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        ("date", f"{datetime.now(UTC):%Y-%m-%d}"),
        ("machine", f"{_processor()}, {count_processors()} cores, {memory:.0f} GiB, {platform.system()}"),
        ("Python", platform.python_version()),
        ("packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)),
        ("runs", f"{RUNS} of each, ours and the plain pipeline's in turns; median (least–most)"),
    )


def origin(questions: int, given: Path | None) -> tuple[str, str]:
    """How many questions there are about the corpus, and where they come from; None: they were made of its words."""
    words = "drawn from a set in SQuAD's format" if given else "made of the words of its documents"
    return "questions about the corpus", f"{questions}, {words}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({platform.machine()})" if names else platform.machine()
