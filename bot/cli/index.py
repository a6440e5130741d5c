"""``pullquote index`` and ``pullquote reindex``."""

from __future__ import annotations

from typing import Annotated

import typer

import retrieval
from bot.cli.exit_codes import PROBLEM, SOME_FAILED
from bot.cli.index_report import tell_report, telling_of_article
from bot.cli.index_targets import Targets, find_targets
from bot.cli.intake_bars import intake_bars
from bot.cli.options import Collection
from bot.cli.startup import load_settings
from bot.cli.terminal import complain, progress_bar, say
from bot.safe_text import one_line
from retrieval import DEFAULT_COLLECTION, Library, SettingsError, SourceRecord

# Of a site, as ``SiteLimits`` has it; the class itself comes with all that asks for pages.
MOST_PAGES = 200


def index(
    targets: Annotated[
        list[str], typer.Argument(metavar="PATH|URL|-", help="Files, folders, patterns, web addresses, or - for stdin.")
    ],
    collection: Collection = DEFAULT_COLLECTION,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude", metavar="PATTERN", help="What to leave out of folders, as in a .gitignore; may be repeated."
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What the document from standard input is called.")
    ] = "stdin.txt",
    prune: Annotated[
        bool, typer.Option("--prune", help="Also remove documents whose files are gone from the folders named.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Store nothing; show what would be stored of each document.")
    ] = False,
    picture: Annotated[
        int | None,
        typer.Option(
            "--picture",
            metavar="PAGE",
            min=1,
            help="With --check: draw a page of a PDF, with its lines numbered in reading order.",
        ),
    ] = None,
    site: Annotated[
        bool,
        typer.Option("--site", help="Index all pages of a web site at or below the address, one a second."),
    ] = False,
    pages: Annotated[
        int, typer.Option("--pages", metavar="N", min=1, help="With --site: the most pages to index.")
    ] = MOST_PAGES,
) -> None:
    """Add documents, or replace those that have changed.

    Reads PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, HTML, Markdown, mail, subtitles, exports of Discord and
    more. A folder stands for all documents below it.
    """
    settings = load_settings()
    library = Library(settings)
    pause = retrieval.PAUSE_SECONDS if site else 0.0
    with retrieval.WebFetcher(allow_private=settings.allow_private_urls, pause=pause) as fetcher:
        if site:
            if check or prune:
                raise SettingsError("--site does not go with --check or --prune; leave those out.")
            _index_sites(library, fetcher, targets, collection, pages)
            return
        found = find_targets(targets, exclude or [], name, fetcher, settings.home)
        if check:
            _check(found, picture)
            return
        if picture:
            raise SettingsError("--picture goes with --check; add that.")
        report = retrieval.IntakeReport(failed=found.problems)
        gone: list[SourceRecord] = []
        removed: list[SourceRecord] = []
        try:
            if found.files:
                _add(library, found.files, collection, report)
            gone = _gone(library, found, collection)
            if prune and gone:
                removed = retrieval.Indexer(library).remove([record.id for record in gone], collection)
        finally:
            tell_report(report, removed)  # also where something stopped the run: what took effect before it stays
    _tell_of_folders(found.skipped, 0 if prune else len(gone))
    if report.failed:
        done = report.added or report.replaced or report.unchanged
        raise typer.Exit(SOME_FAILED if done else PROBLEM)


def _check(found: Targets, page: int | None) -> None:
    from bot.cli.index_check import check_documents  # with all that only this needs

    for problem in found.problems:
        complain(problem)
    failed = check_documents(found.files, page) + len(found.problems)
    if failed:
        raise typer.Exit(SOME_FAILED if failed < len(found.files) + len(found.problems) else PROBLEM)


def _index_sites(
    library: Library, fetcher: retrieval.WebFetcher, starts: list[str], collection: str, pages: int
) -> None:
    from bot.cli.index_site import index_sites  # with all that only sites need

    reports = index_sites(library, fetcher, starts, collection, retrieval.SiteLimits(pages=pages))
    if any(report.intake.failed for report in reports):
        raise typer.Exit(SOME_FAILED if any(report.crawl.pages for report in reports) else PROBLEM)


def _add(library: Library, files: list[retrieval.Waiting], collection: str, report: retrieval.IntakeReport) -> None:
    total = sum(file.size_bytes for file in files)
    with telling_of_article(library, collection), intake_bars(len(files), total) as move:
        retrieval.take_in(retrieval.Indexer(library), files, collection, progress=move, report=report)


def _gone(library: Library, found: Targets, collection: str) -> list[SourceRecord]:
    """The documents that came out of these folders and archives and have no file there any more."""
    from retrieval.maintenance.rebuild import original_path  # with all that indexing needs

    manifest = library.manifest()
    if manifest is None or collection not in manifest.collections:
        return []
    beginnings = tuple(f"{folder.resolve().as_uri().rstrip('/')}/" for folder in found.folders)
    return [
        record
        for record in library.records(collection)
        if (record.uri.startswith(beginnings) and (path := original_path(record.uri)) is not None and not path.exists())
        or any(record.uri.startswith(start) and record.uri not in there for start, there in found.archives.items())
    ]


def _tell_of_folders(skipped: int, gone: int) -> None:
    if skipped:
        files = "file that is no document" if skipped == 1 else "files that are no documents"
        say(f"Passed over {skipped:,} {files}.")
    if gone:
        files = "document has" if gone == 1 else "documents have"
        say(f"{gone:,} {files} no file there any more; --prune removes such documents.")


def reindex() -> None:
    """Rebuild the whole index.

    All collections are indexed again from the stored texts: after damage, or for another embedding model.
    """
    from retrieval.maintenance.rebuild import RECOVERED  # with all that indexing needs

    library = Library(load_settings())
    with progress_bar("Indexing") as move:
        report = retrieval.rebuild_index(library, progress=move)
    rebuilt = len(report.rebuilt) + len(report.unnamed)
    say(f"Rebuilt the index of {rebuilt} source{'s' if rebuilt != 1 else ''}.")
    if report.unnamed:
        complain(
            "The manifest and its backups were lost, and with them titles, addresses and collections; the documents "
            f"are in the collection “{RECOVERED}” now, called by their first words."
        )
    for source in report.lost:
        complain(f"“{one_line(source.title)}” is lost: its stored text is damaged; index {source.uri} again.")
    if report.lost:
        raise typer.Exit(PROBLEM)
