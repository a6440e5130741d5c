"""What ``pullquote index`` was given -> the files that are meant: paths, folders, patterns, web addresses, or ``-``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import retrieval
from retrieval import SourceError

STANDARD_INPUT = "-"
SCHEMES = ("http://", "https://")
# How large a page is taken to be, for the progress bar, before it is there.
PAGE_BYTES = 100_000
# Of standard input this much is read first: its format, and with that its limit, shows in fewer bytes.
START_BYTES = 65_536


@dataclass
class Targets:
    """What is to be indexed, and what was passed over.

    Attributes:
        files: The files, in the order given.
        folders: The folders that were named.
        skipped: How many files in them are no documents.
        problems: What cannot be indexed, a sentence each.
    """

    files: list[retrieval.Waiting] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)


def find_targets(
    targets: Sequence[str], exclude: Sequence[str], name: str, fetcher: retrieval.WebFetcher, home: Path
) -> Targets:
    """Find the files that are meant, each once.

    Args:
        targets: Paths, folders, patterns such as ``notes/**/*.md``, web addresses, and ``-`` for standard input.
        exclude: What to leave out of folders, as in a .gitignore.
        name: What the document from standard input is called.
        fetcher: Fetches web addresses, when it is their turn.
        home: The data folder, in which nothing is looked for.

    Raises:
        SourceError: If a pattern to exclude is none.
    """
    gathered = Targets()
    for target in targets:
        if target == STANDARD_INPUT:
            gathered.files.append(retrieval.Waiting(name, PAGE_BYTES, partial(_read_standard_input, name)))
        elif target.lower().startswith(SCHEMES):
            gathered.files.append(retrieval.Waiting(target, PAGE_BYTES, partial(_fetch, fetcher, target)))
        else:
            _add_path(gathered, target, exclude, home)
    return gathered


def _add_path(gathered: Targets, target: str, exclude: Sequence[str], home: Path) -> None:
    path = Path(target)
    if os.path.isdir(path):  # noqa: PTH112 (Path's raises where a folder above is locked)
        found = retrieval.find_documents(path, exclude, home)
        gathered.folders.append(path)
        if not found.files and not found.problems:
            gathered.problems.append(f"There are no documents in {target}; name the files that you mean.")
    elif os.path.exists(path):  # noqa: PTH110 (as above; a name with a bracket in it may be a file's)
        found = retrieval.Found([path])
    else:
        found = retrieval.find_matching(target, exclude, home)
        if not found.files and not found.problems:
            found.files.append(path)  # reading it will say what is wrong
    gathered.skipped += found.skipped
    gathered.problems += found.problems
    gathered.files += [_waiting(file) for file in found.files]


def _waiting(path: Path) -> retrieval.Waiting:
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0  # reading it will say what is wrong
    return retrieval.Waiting(str(path), size, partial(retrieval.read_path, path))


def _fetch(fetcher: retrieval.WebFetcher, url: str) -> retrieval.Original:
    fetched = fetcher.fetch(url)
    return retrieval.Original(fetched.name, fetched.url, fetched.data, fetched.header)


def _read_standard_input(name: str) -> retrieval.Original:
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError("There is nothing on standard input; pipe a document into the command.")
    start = retrieval.Original(name, uri := f"stdin:{name}", sys.stdin.buffer.read(START_BYTES))
    left = start.format.max_bytes + 1 - len(start.data)  # whoever looks at one byte more refuses it as too large
    return retrieval.Original(name, uri, start.data + sys.stdin.buffer.read(left))
