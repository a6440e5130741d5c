"""Which files of a folder are meant: documents, or what a pattern names, without what is hidden or leads out of it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from retrieval.errors import SourceError
from retrieval.files import open_regular
from retrieval.loaders.formats import is_document
from retrieval.loaders.text_beginnings import is_export

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Lines in it leave files out, as those of a .gitignore do.
IGNORE_FILE = ".pullquoteignore"
MOST_IGNORE_BYTES = 10_000_000
WILD = re.compile(r"[*?[]")
# The part of a pattern that stands for any number of folders; each of the others stands for one name.
ANY_FOLDERS = "**"


@dataclass
class Found:
    """What a walk through a folder came to.

    Attributes:
        files: Those that are meant, sorted.
        skipped: How many files were passed over because their endings are no document's.
        problems: What could not be looked at, a sentence each.
    """

    files: list[Path] = field(default_factory=list)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)


def find_documents(folder: Path | str, exclude: Sequence[str] = (), without: Path | None = None) -> Found:
    """Walk through a folder and everything below it.

    Hidden files and folders are left out, and so is what ``exclude`` and the folder's ``.pullquoteignore`` name. A link
    is followed to a file inside of the folder only, and to no folder.

    Args:
        folder: Where to begin.
        exclude: Patterns as in a .gitignore, relative to ``folder``.
        without: A folder that is never looked into, such as the library's own.

    Raises:
        SourceError: If a pattern is none.
    """
    found = _walk(Path(folder), (ANY_FOLDERS, "*"), exclude, without)
    documents = [path for path in found.files if is_document(path.name) or is_export(path)]
    return replace(found, files=documents, skipped=len(found.files) - len(documents))


def find_matching(pattern: str, exclude: Sequence[str] = (), without: Path | None = None) -> Found:
    """Find the files that a pattern such as ``notes/**/*.md`` names, whatever their endings.

    The folder that the pattern begins with is walked through as ``find_documents`` does it. ``*``, ``?`` and ``[…]``
    stand for characters of one name, ``**`` for any number of folders; where there are none of them, nothing is found.

    Args:
        pattern: What to look for.
        exclude: Patterns as in a .gitignore, relative to the folder that ``pattern`` begins with.
        without: A folder that is never looked into, such as the library's own.

    Raises:
        SourceError: If a pattern to exclude is none.
    """
    parts = PurePath(pattern).parts
    fixed = next((number for number, part in enumerate(parts) if WILD.search(part)), len(parts))
    folder, wanted = Path(*parts[:fixed]), parts[fixed:]
    if pattern.endswith(os.sep):
        wanted += ("",)  # it names folders, and no file
    elif wanted[-1:] == (ANY_FOLDERS,):
        wanted += ("*",)  # it names what is in those folders, too
    if not os.path.isdir(folder):  # noqa: PTH112 (Path's raises where a folder above is locked)
        return Found()
    return _walk(folder, wanted, exclude, without)


def _walk(folder: Path, wanted: Sequence[str], exclude: Sequence[str], without: Path | None) -> Found:
    """All files below a folder that match the parts of a pattern; folders that cannot hold any are not looked into."""
    ignored = _patterns(folder, exclude)
    found = Found()

    def remember(error: OSError) -> None:
        name = os.fsencode(error.filename or folder).decode("utf-8", "replace")
        found.problems.append(
            f"{name} cannot be read ({(error.strerror or 'unknown').lower()}); check its permissions."
        )

    base = folder.resolve()
    without = without and without.resolve()
    for parent, folders, names in os.walk(folder, onerror=remember):
        below = Path(parent).relative_to(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and any(used < len(wanted) for used in _used(wanted, below / name))
            and not ignored.match_file(f"{below / name}/")
            and Path(parent, name).resolve() != without
        )
        for name in sorted(names):
            if name.startswith(".") or len(wanted) not in _used(wanted, below / name):
                continue
            if ignored.match_file(str(below / name)):
                continue
            path = Path(parent, name)
            if path.is_symlink() and not _leads_inside(path, base):
                found.problems.append(
                    f"{_shown(path)} is a link that leads out of {_shown(folder)}; index its target itself."
                )
            else:
                found.files.append(path)
    return found


def _used(wanted: Sequence[str], path: PurePath) -> set[int]:
    """How many parts of a pattern may stand for the whole of a path: all of them if it matches, none if it cannot."""
    used = {0}
    for name in path.parts:
        before, used = _past_any_folders(wanted, used), set()
        for count in before - {len(wanted)}:
            if wanted[count] == ANY_FOLDERS:
                used.add(count)
            elif fnmatchcase(name, wanted[count]):
                used.add(count + 1)
    return _past_any_folders(wanted, used)


def _past_any_folders(wanted: Sequence[str], used: set[int]) -> set[int]:
    """The same counts, and those that are reached where ``**`` stands for no folder at all."""
    reached = set(used)
    for count, part in enumerate(wanted):
        if part == ANY_FOLDERS and count in reached:
            reached.add(count + 1)
    return reached


def is_below(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder, or is it."""
    return path == folder or folder in path.parents


def _leads_inside(link: Path, base: Path) -> bool:
    try:
        return is_below(link.resolve(strict=True), base)
    except (OSError, RuntimeError):
        return False


def _patterns(folder: Path, exclude: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    lines: list[str] = []
    try:
        with open_regular(folder / IGNORE_FILE) as file:
            lines = file.read(MOST_IGNORE_BYTES).decode("utf-8").splitlines()
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError):
        raise SourceError(f"{_shown(folder / IGNORE_FILE)} cannot be read as UTF-8 text; correct it.") from None
    try:
        return GitIgnoreSpec.from_lines([*lines, *exclude])
    except ValueError:
        raise SourceError("A pattern to exclude cannot be understood; write it as in a .gitignore.") from None


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
