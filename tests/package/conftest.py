"""What is published, built once, and an environment with nothing but that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.package.distributions import ROOT, build


@dataclass(frozen=True)
class Distributions:
    """The two files that are published."""

    wheel: Path
    source: Path


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own, with the pinned versions and without extras; ``folder`` is all of it."""

    folder: Path

    @property
    def python(self) -> str:
        return str(self.folder / "bin" / "python")

    @property
    def program(self) -> str:
        return str(self.folder / "bin" / "pullquote")


Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def distributions() -> Distributions:
    folder = ROOT / "dist"
    build(folder)
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Distributions(wheel, source)


@pytest.fixture(scope="session")
def installed(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    environment = Installed(tmp_path_factory.mktemp("installed"))
    subprocess.run([sys.executable, "-m", "venv", str(environment.folder)], check=True)
    pip = [environment.python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-compile"]
    subprocess.run([*pip, "--upgrade", "pip>=26"], check=True)
    subprocess.run([*pip, "--constraint", str(ROOT / "requirements.lock"), str(distributions.wheel)], check=True)
    return environment


@pytest.fixture
def call() -> Call:
    """Run a program of that environment where the test stands, which is outside the repository."""

    def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env={**os.environ, "COLUMNS": "80", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run
