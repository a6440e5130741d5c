"""Rewriting the marked tables of a Markdown file, and nothing else in it.

A table stands between ``<!-- table:NAME -->`` and ``<!-- /table:NAME -->``, each on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.evaluation.errors import EvaluationError

MARKED = re.compile(
    r"(?P<opening>^<!-- table:(?P<name>[a-z0-9-]+) -->\r?\n)(?P<body>.*?)(?P<closing>^<!-- /table:(?P=name) -->)",
    re.MULTILINE | re.DOTALL,
)


def rewrite_tables(text: str, tables: Mapping[str, str]) -> str:
    """The text with the tables between its marks replaced by those in ``tables``, by name; others stay as they are."""

    def replaced(match: re.Match[str]) -> str:
        if match["name"] not in tables:
            return match[0]
        end = "\r\n" if match["opening"].endswith("\r\n") else "\n"
        body = end.join(["", *tables[match["name"]].splitlines(), "", ""])
        return match["opening"] + body + match["closing"]

    return MARKED.sub(replaced, text)


def read_marked(path: Path, names: Collection[str]) -> str:
    """The text of a file that marks at least one of the named tables.

    Raises:
        EvaluationError: If the file cannot be read, or has no such mark.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        raise EvaluationError(f"{path} cannot be read as UTF-8 text; check the path that --write names.") from None
    if not any(match["name"] in names for match in MARKED.finditer(text)):
        raise EvaluationError(
            f"{path} marks no table to rewrite; put <!-- table:NAME --> and <!-- /table:NAME --> on lines of their "
            f"own where it should stand (NAME is one of {', '.join(names)})."
        )
    return text


def rewrite_file(path: Path, tables: Mapping[str, str]) -> None:
    """Rewrite the marked tables of a file.

    Raises:
        EvaluationError: If the file cannot be read or written, or has no mark.
    """
    text = rewrite_tables(read_marked(path, tables), tables)
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise EvaluationError(f"{path} cannot be written ({reason}); check its permissions.") from None
