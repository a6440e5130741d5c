"""``pullquote sources list|show|remove|verify``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.exit_codes import PROBLEM
from bot.cli.listing import Order, chosen, print_records
from bot.cli.options import AsJson, Collection
from bot.cli.terminal import complain, json_alone, prepare, say
from bot.render import one_line, visible
from bot.settings import Settings
from retrieval import DEFAULT_COLLECTION, Indexer, Library, verify_collection

sources = typer.Typer(help="List, show, remove and verify documents.")
LISTED = {"id", "title", "uri", "sha256", "chars", "chunks", "format", "encoding", "language"}
Id = Annotated[str, typer.Argument(metavar="ID", help="The source's id, as `sources list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids of sources, as `sources list` shows them.")]


@sources.command("list")
def list_sources(
    collection: Collection = DEFAULT_COLLECTION,
    words: Annotated[
        str, typer.Option("--filter", metavar="WORDS", help="Only those in whose title or place all of these stand.")
    ] = "",
    order: Annotated[Order, typer.Option("--sort", help="By what to sort.")] = Order.TITLE,
    backwards: Annotated[bool, typer.Option("--reverse", help="The other way round.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the documents."""
    library = _library(collection)
    every = library.records(collection)
    records = chosen(every, words, order, backwards=backwards)
    if as_json:
        with json_alone() as write:
            for record in records:
                write(record.model_dump(include=LISTED))
        return
    print_records(records, len(every) if len(records) < len(every) else None)


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


def _library(collection: str) -> Library:
    library = Library(Settings.load())
    prepare(library, (collection,))
    return library
