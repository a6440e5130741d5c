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
    """What to index, and what was skipped.

    Attributes:
        files: The files, in the order given.
        folders: The folders that were named.
        skipped: How many files in them are no documents.
        problems: What cannot be indexed, a sentence each.
        archives: The beginnings of the addresses of documents in the zip archives named, and those that are there.
    """

    files: list[retrieval.Waiting] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)
    archives: dict[str, set[str]] = field(default_factory=dict)


def find_targets(
    arguments: Sequence[str], exclude: Sequence[str], name: str, fetcher: retrieval.WebFetcher, home: Path
) -> Targets:
    """Find the files that are meant, each once.

    Args:
        arguments: Paths, folders, zip archives, patterns such as ``notes/**/*.md``, web addresses, and ``-`` for
            standard input.
        exclude: What to leave out of folders, as in a .gitignore.
        name: What the document from standard input is called.
        fetcher: Fetches web addresses, when it is their turn.
        home: The data folder, in which nothing is looked for.

    Raises:
        SourceError: If a pattern to exclude is none.
    """
    targets = Targets()
    for argument in arguments:
        if argument == STANDARD_INPUT:
            targets.files.append(retrieval.Waiting(name, PAGE_BYTES, partial(_read_standard_input, name)))
        elif argument.lower().startswith(SCHEMES):
            targets.files.append(retrieval.Waiting(argument, PAGE_BYTES, partial(_fetch, fetcher, argument)))
        else:
            add_path(targets, argument, exclude, home)
    return targets


def add_path(targets: Targets, argument: str, exclude: Sequence[str], home: Path) -> None:
    """Add the files that a path, a folder, a zip archive or a pattern stands for."""
    path = Path(argument)
    if os.path.isdir(path):  # noqa: PTH112 (Path's raises where a folder above is locked)
        found = retrieval.find_documents(path, exclude, home)
        targets.folders.append(path)
        if not found.files and not found.problems:
            targets.problems.append(f"There are no documents in {argument}; name the files that you mean.")
    elif os.path.exists(path):  # noqa: PTH110 (as above; a name with a bracket in it may be a file's)
        found = retrieval.Found([path])
    else:
        found = retrieval.find_matching(argument, exclude, home)
        if not found.files and not found.problems:
            found.files.append(path)  # reading it will say what is wrong
    targets.skipped += found.skipped
    targets.problems += found.problems
    for file in found.files:
        if retrieval.is_zip(file) and os.path.isfile(file):  # noqa: PTH113 (as above)
            _add_archive(targets, file)
        else:
            targets.files.append(_waiting(file))


def _add_archive(targets: Targets, path: Path) -> None:
    try:
        found = retrieval.find_zipped(path)
    except SourceError as error:
        targets.problems.append(str(error))
        return
    targets.skipped += found.skipped
    targets.problems += found.problems
    targets.archives[f"{path.resolve().as_uri()}#"] = {document.uri for document in found.documents}
    targets.files += [retrieval.Waiting(one.name, one.size_bytes, one.read) for one in found.documents]


def _waiting(path: Path) -> retrieval.Waiting:
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0  # reading it will say what is wrong
    return retrieval.Waiting(str(path), size, partial(retrieval.read_path, path))


def _fetch(fetcher: retrieval.WebFetcher, url: str) -> retrieval.Original:
    fetched = fetcher.fetch(url)
    return retrieval.Original(fetched.name, fetched.url, fetched.data, fetched.header, fetched.validators)


def _read_standard_input(name: str) -> retrieval.Original:
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError("There is nothing on standard input; pipe a document into the command.")
    start = retrieval.Original(name, uri := f"stdin:{name}", sys.stdin.buffer.read(START_BYTES))
    left = start.format.max_bytes + 1 - len(start.data)  # whoever looks at one byte more refuses it as too large
    return retrieval.Original(name, uri, start.data + sys.stdin.buffer.read(left))
