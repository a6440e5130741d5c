"""``pullquote sources list|show|remove|verify``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.exit_codes import PROBLEM
from bot.cli.options import AsJson, Collection
from bot.cli.terminal import complain, json_alone, prepare, say, screen
from bot.render import one_line, visible
from bot.settings import Settings
from retrieval import DEFAULT_COLLECTION, Indexer, Library, SourceRecord, verify_collection

sources = typer.Typer(help="List, show, remove and verify documents.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The source's id, as `sources list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids of sources, as `sources list` shows them.")]


@sources.command("list")
def list_sources(collection: Collection = DEFAULT_COLLECTION, as_json: AsJson = False) -> None:
    """List the documents."""
    library = _library(collection)
    records = library.records(collection)
    if as_json:
        with json_alone() as write:
            for record in records:
                write(record.model_dump(include={"id", "title", "uri", "sha256", "chars", "chunks"}))
        return
    print_records(records)


@sources.command("show")
def show_source(
    source_id: Id,
    collection: Collection = DEFAULT_COLLECTION,
    raw: Annotated[bool, typer.Option("--raw", help="Write the stored text's bytes and nothing else.")] = False,
) -> None:
    """Show a document as it is stored."""
    library = _library(collection)
    record = library.find(source_id, collection)
    text = library.texts.read(record.sha256)
    if raw:
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    for name, value in (
        ("title", one_line(record.title)),
        ("id", record.id),
        ("uri", record.uri),
        ("sha256", record.sha256),
        ("characters", f"{record.chars:,}"),
    ):
        say(f"{name}: {value}")
    say(f"\n{visible(text)}")


@sources.command("remove")
def remove_sources(source_ids: Ids, collection: Collection = DEFAULT_COLLECTION) -> None:
    """Remove documents from the library; the files they came from stay."""
    for record in Indexer(_library(collection)).remove(source_ids, collection):
        say(f"Removed “{one_line(record.title)}” ({record.id}).")


@sources.command("verify")
def verify_sources(collection: Collection = DEFAULT_COLLECTION) -> None:
    """Hash every stored document again and compare it with its index and its file."""
    checks = verify_collection(_library(collection), collection)
    for check in checks:
        name = f"“{one_line(check.source.title)}” ({check.source.id})"
        say(f"FAIL {name}: {check.problem}" if check.problem else f"ok   {name}")
    bad = sum(1 for check in checks if check.problem)
    if bad:
        complain(f"{bad} of {len(checks)} sources need attention; the lines above say what to do.")
        raise typer.Exit(PROBLEM)


def print_records(records: list[SourceRecord]) -> None:
    """A table in a terminal; tab-separated lines when piped."""
    console = screen()
    if not console.is_terminal:
        for record in records:
            say(f"{record.id}\t{one_line(record.title)}\t{record.uri}")
        return
    table = Table("id", "title", "characters", "chunks", box=None, header_style="dim", padding=(0, 2, 0, 0))
    for record in records:
        table.add_row(record.id, Text(one_line(record.title)), f"{record.chars:,}", f"{record.chunks:,}")
    console.print(table)


def _library(collection: str) -> Library:
    library = Library(Settings.load())
    prepare(library, (collection,))
    return library
