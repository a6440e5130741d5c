"""Files as the tests of the loaders write them."""

from __future__ import annotations

from pathlib import Path


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
