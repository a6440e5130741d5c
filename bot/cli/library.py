"""``pullquote library export|import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import retrieval
from bot.cli.startup import load_settings
from bot.cli.terminal import progress_bar, say
from retrieval import Library

library = typer.Typer(help="Move a whole library to another machine.")


@library.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    collections: Annotated[
        list[str] | None,
        typer.Option("--collection", metavar="NAME", help="Only this collection; may be repeated."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Export the library to one file, with a hash of every part.

    The file holds the documents, their index and their origins, but no settings, keys or records of the Discord bot.
    """
    if file.exists() and not force:
        raise typer.BadParameter(f"{file} exists already; add --force to replace it")
    with progress_bar("Exporting") as move:
        told = retrieval.export_library(Library(load_settings()), file, collections or (), progress=move)
    for name, record in told.collections.items():
        say(f"Exported “{name}”: {_count(len(record.sources), 'document')}.")


@library.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `library export` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace collections that have the same names.")] = False,
) -> None:
    """Import an exported library.

    Nothing changes before every part of the file has matched its hash.
    """
    with progress_bar("Importing") as move:
        told = retrieval.import_library(Library(load_settings()), file, replace=replace, progress=move)
    for name, record in told.collections.items():
        say(f"Imported “{name}”: {_count(len(record.sources), 'document')}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
