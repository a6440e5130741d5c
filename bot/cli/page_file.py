"""An answer as a web page in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # ``ask`` comes by here before anything heavy is loaded
    from bot.types import Answer
    from retrieval import Library

PageFile = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Also write the answer to a web page, with the documents it quotes."),
]
ReplacePage = Annotated[bool, typer.Option("--force", help="Replace an existing web page.")]


def check_page_file(file: Path | None, *, force: bool, as_json: bool) -> None:
    """Refuse, before anything is asked, what could not be written.

    Raises:
        typer.BadParameter: If the file is there, or JSON is to be printed, too.
    """
    if file is None:
        return
    if as_json:
        raise typer.BadParameter("--html writes one answer for people and --json prints for programs; give one of them")
    if file.exists() and not force:
        raise typer.BadParameter(f"{file} exists already; add --force to replace it")


def write_page(file: Path, answer: Answer, library: Library, collections: Sequence[str]) -> None:
    """Write the answer and the sources that it cites, and say where they lie.

    Raises:
        typer.BadParameter: If the file cannot be written.
        RetrievalError: If the library cannot be read.
    """
    from bot.cli.terminal import say
    from bot.web_page import answer_page, cited_sources
    from retrieval.files import replaced_atomically

    page = answer_page(answer, cited_sources(answer, library, collections))
    try:
        with replaced_atomically(file) as written:
            written.write(page.encode("utf-8"))
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be written ({error.strerror}); choose another place") from error
    say(f"Saved as {file}.")
