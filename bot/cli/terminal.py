"""What the commands print, and how: rich in a terminal, plain when piped, JSON alone when asked for."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from bot.json_output import to_line
from bot.render import Block, BlockKind
from bot.safe_text import visible
from retrieval import DEFAULT_COLLECTION, Library, add_article_once
from retrieval.ingest.sample_article import needs_article

if TYPE_CHECKING:  # and rich where something is drawn: most who ask from a script draw nothing
    from contextlib import AbstractContextManager

    from rich.console import Console
    from rich.status import Status

logger = logging.getLogger(__name__)

MAX_WIDTH = 100
STYLES = {
    BlockKind.READING: "dim",
    BlockKind.STATEMENT: "",
    BlockKind.LABEL: "dim",
    BlockKind.QUOTE: "",
    BlockKind.PLACE: "cyan",
    BlockKind.DOCUMENTS: "",
    BlockKind.REFUSAL: "bold yellow",
    BlockKind.DOUBT: "yellow",
    BlockKind.REPLY: "",
    BlockKind.NOTICE: "dim",
}
# With these set, rich draws into files and pipes as well.
FORCING = {"FORCE_COLOR", "TTY_COMPATIBLE"}
# An empty line follows.
ENDS = {BlockKind.READING, BlockKind.DOCUMENTS, BlockKind.PLACE, BlockKind.REFUSAL, BlockKind.DOUBT, BlockKind.REPLY}


def screen() -> Console:
    """Standard output, no wider than is good to read; text goes in as text, never as markup."""
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False)
    console.width = min(console.width, MAX_WIDTH)
    return console


def drawing_screen() -> Console | None:
    """Standard output where answers are drawn on it; None where they are written as plain lines."""
    if not sys.stdout.isatty() and not FORCING & os.environ.keys():
        return None
    console = screen()
    return console if console.is_terminal else None


def is_on_screen(console: Console) -> bool:
    """Whether a person looks at it: colours can be forced upon a file or a pipe, but nothing moves there."""
    return console.is_terminal and console.file.isatty()


def complain(sentence: str) -> None:
    """One line on standard error; where it cannot be written, the exit code has to say it."""
    with suppress(OSError):
        print(visible(" ".join(sentence.split())), file=sys.stderr)  # noqa: T201


def unexpected(error: Exception) -> str:
    """The sentence for an error that nobody foresaw; the traceback is for the log and reaches no person."""
    logger.error("Something unexpected went wrong.", exc_info=error)
    return f"Something unexpected went wrong ({type(error).__name__}); run `pullquote doctor` to look for the cause."


def say(line: str) -> None:
    """One line on standard output, as safe plain text."""
    print(visible(line))  # noqa: T201


def say_now(line: str) -> None:
    """As ``say``, seen at once, also by a program that keeps the output in a file."""
    say(line)
    sys.stdout.flush()


def show_blocks(blocks: Sequence[Block], small_print: str = "") -> None:
    """Print an answer; ``small_print`` is small print that only a terminal shows."""
    if console := drawing_screen():
        draw_blocks(console, blocks, small_print)
        return
    for block in blocks:
        print(block.text)  # noqa: T201


def draw_blocks(console: Console, blocks: Sequence[Block], small_print: str, drawn: int = 0) -> None:
    """The look of an answer in a terminal; the first ``drawn`` blocks stand there already."""
    from rich.padding import Padding
    from rich.text import Text

    for number, block in enumerate(blocks):
        if number < drawn:
            continue
        if number == 0 or (block.kind is not BlockKind.STATEMENT and blocks[number - 1].kind is BlockKind.STATEMENT):
            console.print()
        left, below = 4 if block.kind is BlockKind.PLACE else 2, 1 if block.kind in ENDS else 0
        text = Text(block.text, style=STYLES[block.kind])
        for part in block.strong:
            text.stylize("bold", part.start, part.end)
        console.print(Padding(text, (0, 0, below, left)))
    if small_print:
        console.print(Padding(Text(small_print, style="dim"), (0, 0, 0, 2)))
        console.print()


@contextmanager
def json_alone() -> Iterator[Callable[[Any], None]]:
    """Give a writer of JSON lines to standard output, and keep everything else that is printed away from it.

    The switch is made at the file descriptor, so that not even a compiled library can get a word in between.
    """
    sys.stdout.flush()
    descriptor = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii", closefd=False) as stream:

            def write(value: Any) -> None:
                stream.write(to_line(value) + "\n")
                stream.flush()

            yield write
    finally:
        sys.stdout.flush()
        os.dup2(descriptor, 1)
        os.close(descriptor)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, when that is a terminal; gives the function that moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not is_on_screen(console)) as progress:
        task = progress.add_task(label, total=None)

        def move(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield move


def waiting(label: str) -> AbstractContextManager[Status | None]:
    """A spinner on standard error while something takes its time, when that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    console = Console(stderr=True)
    return console.status(label) if is_on_screen(console) else nullcontext()


@contextmanager
def changing_line(text: str) -> Iterator[Callable[[str], None]]:
    """A line on standard error while something takes its time, when that is a terminal; gives what changes it."""
    with waiting(text) as status:
        yield status.update if status else lambda text: None


def prepare(library: Library, collections: Sequence[str]) -> None:
    """Make the collection ``default`` with the shipped article if it is asked for and was never made."""
    if DEFAULT_COLLECTION in collections and needs_article(library):
        with progress_bar("Indexing the first document") as move:
            add_article_once(library, move)
