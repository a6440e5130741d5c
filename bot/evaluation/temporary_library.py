"""A library for one evaluation, so that nobody's own is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.extractive.calibration_file import FILE as CALIBRATION
from bot.settings import Settings


@contextmanager
def temporary_settings(settings: Settings) -> Iterator[Settings]:
    """The settings with a data folder that is deleted in the end; the calibration in force holds there, too."""
    with tempfile.TemporaryDirectory(prefix="pullquote-eval-", ignore_cleanup_errors=True) as folder:
        with suppress(FileNotFoundError):
            shutil.copyfile(settings.home / CALIBRATION, Path(folder) / CALIBRATION)
        yield settings.model_copy(update={"home": Path(folder), "chroma_url": None})
