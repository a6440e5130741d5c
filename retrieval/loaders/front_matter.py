"""What stands before a text in Markdown and says things about it: YAML between dashes, or TOML between plus signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

from retrieval.loaders.publication_date import iso_day
from retrieval.text.line_kinds import LINE

# More than this is a text of its own.
MAX_CHARACTERS = 20_000
# Deeper lists in brackets are made to keep a reader of YAML busy.
MAX_BRACKETS = 20
YAML_MARK, TOML_MARK = "---", "+++"
YAML_END = "..."

# What tells metadata from words between two rules: the first line names something, as "title: Rules" does.
FIRST_KEY = {
    YAML_MARK: re.compile(r"[\"'\w][^:\r\n]{0,80}:(?=\s|\Z)"),
    TOML_MARK: re.compile(r"\[{0,2}[\"'\w][\w .\"'-]{0,80}(?:=|\]{1,2}\s*\Z)"),
}
# What is neither YAML nor TOML is read by lines: each names something, belongs to one that does, or is a comment.
SIMPLE = re.compile(r"(?:[\"'\w][^:=]{0,80}[:=](?:\s|\Z)|\s|-\s|#|\Z)")
SIMPLE_VALUE = re.compile(r"([\w-]+)\s*[:=]\s*([^\s\[{&*!|>].*)")
# Whatever a document calls the day that it is of; the first that is there counts.
DATES = (
    "date", "published", "publishdate", "pubdate", "created", "datepublished", "updated", "lastmod", "lastupdated",
    "modified", "lastupdate",
)  # fmt: skip
BRACKET = re.compile(r"[\[\]{}]")
KEY_SIGNS = re.compile(r"[\W_]")


class FrontMatter(NamedTuple):
    """How long it is, its end included, how many lines that is, and the title and day that it gives."""

    end: int = 0
    lines: int = 0
    title: str = ""
    date: str = ""


def read_front_matter(text: str) -> FrontMatter:
    """What stands before the text; nothing where the lines between two rules are words.

    A description that says nothing but "nothing" is none, and so is one that never ends or is longer than any.
    """
    lines = LINE.finditer(text, 0, MAX_CHARACTERS)
    mark = next(lines)[0].rstrip()
    if mark not in FIRST_KEY:
        return FrontMatter()
    written: list[str] = []
    for line in lines:
        words = line[0].rstrip()
        if words == mark or (words == YAML_END and mark == YAML_MARK):
            values = _values(written, mark)
            if values is None:
                break
            return FrontMatter(line.end(), len(written) + 2, _title(values), _day(values))
        written.append(words)
        if line.end() == MAX_CHARACTERS or not line[0]:
            break
    return FrontMatter()


def _values(lines: list[str], mark: str) -> Mapping[str, Any] | None:
    """What the lines say, by small letters of its names; None where they are no metadata."""
    first = next((line for line in lines if line and not line.startswith("#")), "")
    if not FIRST_KEY[mark].match(first):
        return None
    written = "\n".join(lines)
    values = _yaml(written) if mark == YAML_MARK else _toml(written)
    if values is None and all(SIMPLE.match(line) for line in lines):
        values = _simple(lines)
    return None if values is None else {_key(name): value for name, value in reversed(values.items())}


def _key(name: object) -> str:
    """A name without what people write differently: ``last_update``, ``lastUpdate``."""
    return KEY_SIGNS.sub("", str(name)).lower()


def _yaml(text: str) -> dict[Any, Any] | None:
    """The values, read without aliases, which would let a few lines unfold into gigabytes."""
    import yaml

    depths = accumulate(1 if bracket[0] in "[{" else -1 for bracket in BRACKET.finditer(text))
    if max(depths, default=0) > MAX_BRACKETS:
        return None
    try:
        if any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in yaml.scan(text)):
            return None
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError):
        return None
    return values if isinstance(values, dict) else None


def _toml(text: str) -> dict[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _simple(lines: Iterable[str]) -> dict[str, Any]:
    """The values that stand on the lines of their names."""
    found = (SIMPLE_VALUE.match(line) for line in lines)
    return {value[1]: value[2].strip().strip("\"'").strip() for value in found if value}


def _title(values: Mapping[str, Any]) -> str:
    title = values.get("title")
    if isinstance(title, bool) or not isinstance(title, str | int | float | date):
        return ""
    return " ".join(str(title).split())


def _day(values: Mapping[str, Any]) -> str:
    for name in DATES:
        value = values.get(name)
        # Docusaurus writes the day of the last change one level deeper.
        day = iso_day(value.get("date") if isinstance(value, dict) else value)
        if day:
            return day
    return ""
