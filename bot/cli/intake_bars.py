"""How far ``pullquote index`` has come, in a terminal: files that were read, then chunks that were embedded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn

from bot.cli.terminal import is_on_screen
from retrieval.ingest.batches import BatchProgress, IntakeProgress


class _IntakeBars:
    """Two bars, of which the second comes with the first batch; each begins to move at once."""

    def __init__(self, bars: Progress, files: int, total_bytes: int) -> None:
        self._bars, self._files, self._bytes = bars, files, total_bytes
        # A bar without an end shows that something goes on, until there is something to count: nobody knows how far the
        # reading of one file is, or the loading of a model.
        self._reading = bars.add_task("Reading", total=None, told="")
        self._embedding: TaskID | None = None
        self._began = 0.0
        self.show(IntakeProgress())

    def show(self, progress: IntakeProgress) -> None:
        files = f"{progress.files:,} of {self._files:,} files" if self._files > 1 else "1 file"
        self._bars.update(
            self._reading,
            completed=progress.files,
            total=self._files if progress.files else None,
            told=files,
            visible=progress.files < self._files,
        )
        if progress.is_indexing and self._embedding is None:
            self._embedding = self._bars.add_task("Loading the model", total=None, told="")
        if self._embedding is not None and progress.chunks_known:
            self._began = self._began or time.monotonic()
            self._bars.update(
                self._embedding,
                description="Embedding",
                total=self._bytes if progress.chunks else None,
                completed=progress.bytes,
                told=self._told(progress),
            )

    def _told(self, progress: IntakeProgress) -> str:
        # As long as there are files to read, nobody knows how many chunks there will be.
        of = f" of {progress.chunks_known:,}" if progress.files == self._files else ""
        speed = progress.words / max(time.monotonic() - self._began, 0.001)
        return f"{progress.chunks:,}{of} chunks" + (f", {speed:,.0f} words/s" if progress.words else "")


@contextmanager
def intake_bars(files: int, total_bytes: int) -> Iterator[BatchProgress]:
    """Progress bars on standard error, when that is a terminal; gives the function that moves them."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not is_on_screen(console)) as bars:
        yield _IntakeBars(bars, files, total_bytes).show
