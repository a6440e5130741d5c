"""``pullquote sources list|show|remove|verify|compact``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.filesize import decimal

import retrieval
from bot.cli.document_table import Order, chosen, print_records
from bot.cli.exit_codes import PROBLEM
from bot.cli.options import AsJson, Collection
from bot.cli.startup import load_settings
from bot.cli.terminal import complain, json_alone, prepare, progress_bar, say
from bot.json_output import document_to_json
from bot.safe_text import one_line, visible
from retrieval import DEFAULT_COLLECTION, Library

sources = typer.Typer(help="List, show, remove, verify and repair documents.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The source's id, as `sources list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids of sources, as `sources list` shows them.")]


@sources.command("list")
def list_sources(
    collection: Collection = DEFAULT_COLLECTION,
    words: Annotated[
        str, typer.Option("--filter", metavar="WORDS", help="Only documents with all of these in their title or place.")
    ] = "",
    order: Annotated[Order, typer.Option("--sort", help="What to sort by.")] = Order.TITLE,
    backwards: Annotated[bool, typer.Option("--reverse", help="Reverse the order.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the documents."""
    library = _library(collection)
    every = library.records(collection)
    records = chosen(every, words, order, backwards=backwards)
    if as_json:
        with json_alone() as write:
            for record in records:
                write(document_to_json(record, collection))
        return
    manifest = library.manifest()
    others = sorted(name for name in manifest.collections if name != collection) if manifest else []
    print_records(records, len(every) if len(records) < len(every) else None, others)


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
        ("uri", one_line(record.uri)),
        ("sha256", record.sha256),
        ("characters", f"{record.chars:,}"),
        *([("date", one_line(record.date))] if record.date else []),
        *(("warning", one_line(warning)) for warning in record.warnings),
    ):
        say(f"{name}: {value}")
    say(f"\n{visible(text)}")


@sources.command("remove")
def remove_sources(source_ids: Ids, collection: Collection = DEFAULT_COLLECTION) -> None:
    """Remove documents from the library; the files they came from stay."""
    for record in retrieval.Indexer(_library(collection)).remove(source_ids, collection):
        say(f"Removed “{one_line(record.title)}” ({record.id}).")


@sources.command("verify")
def verify_sources(
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", metavar="NAME", help="A collection to check (default: all).", show_default=False),
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Fix what can be fixed.")] = False,
) -> None:
    """Compare every document with its hash, its index and its file."""
    library = Library(load_settings())
    names = _to_verify(library, collection)
    if not repair:  # opening what needs repair would fail
        prepare(library, names)
    found: list[retrieval.Verification] = []
    lost: list[retrieval.SourceRecord] = []
    for name in names:
        report = _repaired(library, name) if repair else retrieval.RepairReport()
        found.append(retrieval.verify_collection(library, name))
        if len(names) > 1:
            say(f"Collection “{one_line(name)}”:")
        _tell_repair(report)
        _tell(found[-1])
        lost += report.lost
    checks = [check for one in found for check in one.sources]
    if any(one.problems for one in found):
        bad = sum(1 for check in checks if check.problem)
        told = f"{bad} of {len(checks)} sources need attention" if bad else "The index needs attention"
        complain(f"{told}; the lines above say what to do.")
    if lost or any(one.problems for one in found):
        raise typer.Exit(PROBLEM)


def _to_verify(library: Library, named: list[str] | None) -> list[str]:
    """The collections that are named, each once, or all of them; before there are any, the one that is made first."""
    if named:
        return list(dict.fromkeys(named))
    manifest = library.storage.recover_manifest()
    return sorted(manifest.collections if manifest else ()) or [DEFAULT_COLLECTION]


def _repaired(library: Library, name: str) -> retrieval.RepairReport:
    with progress_bar("Repairing") as move:
        return retrieval.repair_collection(library, name, progress=move)


def _tell(found: retrieval.Verification) -> None:
    for problem in (found.manifest, found.index):
        if problem:
            say(f"FAIL {problem}")
    for check in found.sources:
        name = f"“{one_line(check.source.title)}” ({check.source.id})"
        say(f"FAIL {name}: {one_line(check.problem)}" if check.problem else f"ok   {name}")


def _tell_repair(report: retrieval.RepairReport) -> None:
    if report.manifest_restored:
        say("Restored the manifest.")
    for source in report.restored:
        say(f"Restored the stored text of “{one_line(source.title)}” ({source.id}).")
    if report.index_rebuilt:
        say("Rebuilt the index.")
    for source in report.lost:
        complain(f"“{one_line(source.title)}” is lost: its stored text is damaged; index {source.uri} again.")


@sources.command("compact")
def compact_sources() -> None:
    """Free the disk space of deleted documents, in all collections."""
    library = Library(load_settings())
    with progress_bar("Compacting") as move:
        report = retrieval.compact_library(library, progress=move)
    if report.before is None or report.after is None:
        say(f"Compacted. {report.note}")
    else:
        say(f"Compacted: {decimal(report.before)} before, {decimal(report.after)} now.")


def _library(collection: str) -> Library:
    library = Library(load_settings())
    prepare(library, (collection,))
    return library
