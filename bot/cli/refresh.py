"""``pullquote refresh``."""

from __future__ import annotations

from typing import Annotated

import typer

import retrieval
from bot.cli.exit_codes import PROBLEM, SOME_FAILED
from bot.cli.index_report import tell_report
from bot.cli.options import Collection
from bot.cli.startup import load_settings
from bot.cli.terminal import progress_bar, say
from bot.safe_text import one_line
from retrieval import DEFAULT_COLLECTION, Library, SourceRecord

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID", help="Only the sources with these ids, as `sources list` shows them.", show_default=False
    ),
]


def refresh(
    source_ids: Ids = None,
    collection: Collection = DEFAULT_COLLECTION,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also remove documents whose pages are no longer there (404, 410).")
    ] = False,
) -> None:
    """Update the documents that came from the web.

    Asks for each page again and replaces those that have changed; an unchanged page costs one short request.
    `pullquote index URL --site` finds new pages of a site. To update documents from files, index them again.
    """
    settings = load_settings()
    library = Library(settings)
    report = retrieval.RefreshReport()
    removed: list[SourceRecord] = []
    with retrieval.WebFetcher(allow_private=settings.allow_private_urls, pause=retrieval.PAUSE_SECONDS) as fetcher:
        try:
            with progress_bar("Asking for pages") as move:
                indexer = retrieval.Indexer(library)
                retrieval.refresh_sources(indexer, fetcher, collection, source_ids or [], progress=move, report=report)
            if prune and report.gone:
                removed = indexer.remove([record.id for record in report.gone], collection)
        finally:
            tell_report(report.intake, removed)  # also where something stopped the run: what took effect stays
    _tell_of_gone([] if prune else report.gone)
    intake = report.intake
    done = len(intake.added) + len(intake.replaced) + len(intake.unchanged) + len(report.gone)
    if not done and not intake.failed:
        say(f"No document in the collection “{one_line(collection)}” came from the web.")
    if intake.failed:
        raise typer.Exit(SOME_FAILED if done else PROBLEM)


def _tell_of_gone(gone: list[SourceRecord]) -> None:
    for record in gone:
        say(f"“{one_line(record.title)}” ({record.id}) no longer has a page at {one_line(record.uri)}.")
    if gone:
        pages = "document has" if len(gone) == 1 else "documents have"
        say(f"{len(gone):,} {pages} no page any more; --prune removes such documents.")
