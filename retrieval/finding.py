"""Which files of a folder are documents: by their endings, without what is hidden, excluded or leads out of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import SourceError
from retrieval.loaders import is_document

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Lines in it leave files out, as those of a .gitignore do.
IGNORE_FILE = ".pullquoteignore"


@dataclass
class Found:
    """What a walk through a folder came to.

    Attributes:
        files: The documents, sorted.
        skipped: How many files were passed over because their endings are no document's.
        problems: What could not be looked at, a sentence each.
    """

    files: list[Path] = field(default_factory=list)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)


def find_documents(folder: Path, exclude: Sequence[str] = (), without: Path | None = None) -> Found:
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
            and not ignored.match_file(f"{below / name}/")
            and Path(parent, name).resolve() != without
        )
        for name in sorted(names):
            if name.startswith(".") or ignored.match_file(str(below / name)):
                continue
            path = Path(parent, name)
            if path.is_symlink() and not _leads_inside(path, base):
                found.problems.append(
                    f"{_shown(path)} is a link that leads out of {_shown(folder)}; index its target itself."
                )
            elif is_document(name):
                found.files.append(path)
            else:
                found.skipped += 1
    return found


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
        lines = (folder / IGNORE_FILE).read_text(encoding="utf-8").splitlines()
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
