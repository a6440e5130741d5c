"""``pullquote index`` and ``pullquote reindex``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exit_codes import PROBLEM
from bot.cli.options import Collection
from bot.cli.terminal import complain, progress_bar, say
from bot.render import one_line
from bot.settings import Settings
from retrieval import DEFAULT_COLLECTION, Indexer, Library, Source, SourceError, load_path, needs_article, rebuild_index


def index(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Plain-text or Markdown files.")],
    collection: Collection = DEFAULT_COLLECTION,
) -> None:
    """Add documents, or replace those that have changed."""
    library = Library(Settings.load())
    sources: list[Source] = []
    failed = 0
    for path in paths:
        try:
            sources.append(load_path(path))
        except SourceError as error:
            complain(str(error))
            failed += 1
    if sources:
        seeding = collection == DEFAULT_COLLECTION and needs_article(library)
        with progress_bar("Indexing") as move:
            report = Indexer(library).add(sources, collection, progress=move)
        if seeding:
            say("Added the article that comes with Pullquote; `pullquote sources remove` takes it out.")
        for verb, done in (
            ("Added", report.added),
            ("Replaced", report.replaced),
            ("Unchanged:", report.unchanged),
        ):
            for source in done:
                say(f"{verb} “{one_line(source.title)}” ({source.id}).")
    if failed:
        raise typer.Exit(PROBLEM)


def reindex() -> None:
    """Build the whole index again.

    All collections are indexed again from the stored texts: after damage, or for another embedding model.
    """
    library = Library(Settings.load())
    with progress_bar("Indexing") as move:
        report = rebuild_index(library, progress=move)
    say(f"Rebuilt the index of {len(report.rebuilt)} source{'s' if len(report.rebuilt) != 1 else ''}.")
    for source in report.lost:
        complain(f"“{one_line(source.title)}” is lost: its stored text is damaged; index {source.uri} again.")
    if report.lost:
        raise typer.Exit(PROBLEM)
