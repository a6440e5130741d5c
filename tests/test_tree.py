"""The tree keeps its rules: names that stand once, files that are one idea, tests where the code is."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "pullquote", "retrieval")
MOST_LINES = 300
# Python's own names for what every package may have.
PYTHONS_OWN = {"__init__.py", "__main__.py"}
# Doubles have tests of their own, and no folder of the product.
DOUBLES = {"tests/bot/chat_server"}
HEADING = "Names that stand twice"


def files(*folders: str) -> list[Path]:
    """The Python files below these folders, as paths from the root."""
    found = (path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def doubled(named: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
    """Which names stand more than once, and where."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, path in named:
        places[name].append(path.as_posix())
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def room(path: Path) -> Path:
    """The first-level folder that a file of a package belongs to, or the package itself."""
    return Path(*path.parts[:2]) if len(path.parts) > 2 else path.parent


def modules() -> list[Path]:
    """The files of the packages that have a name of their own."""
    return [path for path in files(*PACKAGES) if path.name not in PYTHONS_OWN]


def listed(page: str) -> dict[str, str]:
    """The names in the page's table below the heading, each with its reason."""
    section = re.search(rf"^#+ {HEADING}$(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| `([\w.]+)` \|(.*)\|$", section[1], re.MULTILINE) if section else []
    return {name: reason.strip(" |") for name, reason in rows}


def test_no_two_classes_share_a_name() -> None:
    classes = (
        (node.name, path)
        for path in files(*PACKAGES)
        for node in ast.walk(ast.parse((ROOT / path).read_bytes()))
        if isinstance(node, ast.ClassDef)
    )
    assert doubled(classes) == {}


def test_no_file_is_longer_than_one_idea() -> None:
    lines = {path.as_posix(): len((ROOT / path).read_bytes().splitlines()) for path in files(*PACKAGES, "tests")}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_two_files_of_one_room_share_a_name() -> None:
    named = doubled((f"{room(path).as_posix()}: {path.name}", path) for path in modules())
    assert named == {}


def test_names_that_stand_twice_are_listed_with_a_reason() -> None:
    held = doubled((path.name, path) for path in modules())
    reasons = listed((ROOT / "docs" / "contributing.md").read_text(encoding="utf-8"))
    assert set(reasons) == set(held), held
    assert all(reasons.values()), reasons


def test_tests_lie_where_the_code_does() -> None:
    folders = {path.parent for path in files(*(f"tests/{package}" for package in PACKAGES)) if is_test(path)}
    homeless = {folder.as_posix() for folder in folders if not list((ROOT / folder.relative_to("tests")).glob("*.py"))}
    assert homeless == DOUBLES


def is_test(path: Path) -> bool:
    """Whether pytest looks into the file."""
    return path.name.startswith("test_")
