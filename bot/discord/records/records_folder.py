"""Where the bot keeps its records: under the data folder or, while that cannot be written, in a copy for one run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.discord.records.database import FOLDER, records_errors
from retrieval.files import is_writable

NOT_KEPT = (
    "Records: the data folder {home} cannot be written, so what this run records (settings, votes, its log) is lost "
    "when it ends; questions are answered."
)


@contextmanager
def records_home(home: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """The folder under which the records lie as long as the block runs.

    Args:
        home: The data folder.
        say: Takes the line that tells that nothing will be kept.

    Raises:
        RecordsError: If the records there cannot be read.
    """
    if not home.is_dir() or is_writable(home):  # one that is not there is made, or told of, by what needs it
        yield home
        return
    with TemporaryDirectory(prefix="pullquote-") as temporary:
        copy = Path(temporary)
        if (home / FOLDER).is_dir():
            with records_errors(home / FOLDER):
                shutil.copytree(home / FOLDER, copy / FOLDER)
        say(NOT_KEPT.format(home=home))
        yield copy
