"""The list of documents: filtered, sorted, as a table in a terminal and as plain lines when piped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from rich.table import Table
from rich.text import Text

from bot.cli.terminal import is_on_screen, say, screen
from bot.render import one_line
from retrieval import SourceRecord


class Order(StrEnum):
    """By what documents may be sorted; sizes and chunks begin with the largest."""

    TITLE = "title"
    SIZE = "size"
    CHUNKS = "chunks"
    FORMAT = "format"
    PLACE = "place"


COLUMNS = ("id", "title", "format", "characters", "chunks", "from")
# Beside the format of a document that an older version has read.
OLDER = " (older)"
NUMBERS = {"characters", "chunks"}
SHARING = {"title": 3, "from": 2}
# A narrower terminal has no room to tell where documents come from.
WIDE = 100
KEYS: dict[Order, Callable[[SourceRecord], Any]] = {
    Order.TITLE: lambda record: record.title.casefold(),
    Order.SIZE: lambda record: -record.chars,
    Order.CHUNKS: lambda record: -record.chunks,
    Order.FORMAT: lambda record: record.format,
    Order.PLACE: lambda record: record.uri,
}


def chosen(
    records: Sequence[SourceRecord], words: str = "", order: Order = Order.TITLE, *, backwards: bool = False
) -> list[SourceRecord]:
    """The documents in whose title or place all of ``words`` stand, in order."""
    wanted = words.casefold().split()
    kept = [
        record
        for record in records
        if all(word in f"{record.title} {unquote(record.uri)}".casefold() for word in wanted)
    ]
    return sorted(kept, key=lambda record: (KEYS[order](record), record.title, record.id), reverse=backwards)


def print_records(records: Sequence[SourceRecord], of: int | None = None) -> None:
    """A table with sums in a terminal; tab-separated lines when piped.

    Args:
        records: What is listed.
        of: How many there are in all, where not all are listed.
    """
    console = screen()
    if not is_on_screen(console):
        for record in records:
            say(f"{record.id}\t{one_line(record.title)}\t{one_line(record.uri)}")
        return
    rows = [
        (
            record.id,
            Text(one_line(record.title)),
            Text(one_line(record.format) + (OLDER if record.is_outdated else "")),
            f"{record.chars:,}",
            f"{record.chunks:,}",
            Text(_place(record.uri)),
        )
        for record in records
    ]
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    # What is told exactly keeps its width; titles and places share the rest.
    for place, name in enumerate(COLUMNS):
        width = max([len(name), *(len(str(row[place])) for row in rows)])
        if name in NUMBERS:
            table.add_column(name, justify="right", no_wrap=True, min_width=width)
        elif name in SHARING:
            table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=SHARING[name])
        else:
            table.add_column(name, no_wrap=True, min_width=width)
    if console.width < WIDE:
        table.columns.pop()
    for row in rows:
        table.add_row(*row[: len(table.columns)])
    console.print(table)
    if len(records) > 1 or of is not None:
        counted = f"{len(records):,} documents" if of is None else f"{len(records):,} of {of:,} documents"
        chars, chunks = sum(record.chars for record in records), sum(record.chunks for record in records)
        console.print(Text(f"{counted}, {chars:,} characters, {chunks:,} chunks", style="dim"))
    if any(record.is_outdated for record in records):
        console.print(Text(f"{OLDER.strip()} was read by an older version of Pullquote; index it again.", style="dim"))


def _place(uri: str) -> str:
    """Where a document comes from, short: a file's folder, a page's host."""
    scheme, _, rest = one_line(unquote(uri)).partition(":")
    if scheme == "file":
        return rest.removeprefix("//").rpartition("/")[0] or "/"
    return rest.removeprefix("//").partition("/")[0] if scheme in {"http", "https"} else scheme
