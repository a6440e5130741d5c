"""The list of documents: filtered, sorted, as a table in a terminal and as plain lines when piped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import is_on_screen, say, screen
from bot.safe_text import one_line
from retrieval import SourceRecord


class Order(StrEnum):
    """What to sort documents by; sizes and chunks begin with the largest."""

    TITLE = "title"
    SIZE = "size"
    CHUNKS = "chunks"
    FORMAT = "format"
    PLACE = "place"


COLUMNS = ("id", "title", "format", "characters", "chunks", "from")
# Beside the format of a document that an older version has read.
OLDER = " (older)"
NUMBERS = {"characters", "chunks"}
# With less room than that in a line for its title, a document gets a second line for what else there is to tell of it.
LEAST_TITLE = 32
KEYS: dict[Order, Callable[[SourceRecord], Any]] = {
    Order.TITLE: lambda record: record.title_order,
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
    return sorted(kept, key=lambda record: (KEYS[order](record), record.title_order), reverse=backwards)


def print_records(records: Sequence[SourceRecord], of: int | None = None, others: Sequence[str] = ()) -> None:
    """A table with sums in a terminal; tab-separated lines when piped.

    Args:
        records: What is listed.
        of: How many there are in all, where not all are listed.
        others: The names of the library's other collections.
    """
    console = screen()
    if not is_on_screen(console):
        for record in records:
            say(f"{record.id}\t{one_line(record.title)}\t{one_line(record.uri)}")
        return
    console.print(_wide_table(records, console.width) or _narrow_table(records))
    if len(records) > 1 or of is not None:
        counted = f"{len(records):,} documents" if of is None else f"{len(records):,} of {of:,} documents"
        chars, chunks = sum(record.chars for record in records), sum(record.chunks for record in records)
        console.print(Text(f"{counted}, {chars:,} characters, {chunks:,} chunks", style="dim"))
    if any(record.is_outdated for record in records):
        console.print(Text(f"{OLDER.strip()} was read by an older version of Pullquote; index it again.", style="dim"))
    if others:
        names = ", ".join(map(one_line, others))
        console.print(Text(f"Other collections: {names}; --collection NAME lists one of them.", style="dim"))


def _wide_table(records: Sequence[SourceRecord], width: int) -> Table | None:
    """A line for each document, and more for a long title; None where there is no room for the rest."""
    rows = [
        (
            record.id,
            one_line(record.title),
            _format(record),
            f"{record.chars:,}",
            f"{record.chunks:,}",
            _place(record.uri),
        )
        for record in records
    ]
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    # Nothing is cut: a title goes on in the next line, and the rest keeps its width.
    left = width
    for place, name in enumerate(COLUMNS):
        left -= 2
        if name == "title":
            table.add_column(name, overflow="fold", ratio=1)
        else:
            exact = max([len(name), *(cell_len(row[place]) for row in rows)])
            table.add_column(name, justify="right" if name in NUMBERS else "left", no_wrap=True, min_width=exact)
            left -= exact
    if left < LEAST_TITLE:
        return None
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _narrow_table(records: Sequence[SourceRecord]) -> Table:
    """The title of each document beside its id, and below it what else there is to tell."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, min_width=max([0, *(len(record.id) for record in records)]))
    table.add_column(overflow="fold")
    for record in records:
        chunks = "1 chunk" if record.chunks == 1 else f"{record.chunks:,} chunks"
        told = f"{_format(record)}, {record.chars:,} characters, {chunks}, from {_place(record.uri)}"
        table.add_row(record.id, Text.assemble(one_line(record.title), "\n", (told, "dim")))
    return table


def _format(record: SourceRecord) -> str:
    return one_line(record.format) + (OLDER if record.is_outdated else "")


def _place(uri: str) -> str:
    """Where a document comes from, short: a file's folder, a page's host."""
    scheme, _, rest = one_line(unquote(uri)).partition(":")
    if scheme == "file":
        return rest.removeprefix("//").rpartition("/")[0] or "/"
    return rest.removeprefix("//").partition("/")[0] if scheme in {"http", "https"} else scheme
