"""Which files of a folder are documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import SourceError, find_documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.md", "b/c.TXT", "b/d/e.pdf", "b/.f.txt", ".g/h.txt", "i.png", "README", "j.py", "k/l.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def names(folder: Path, *exclude: str) -> list[str]:
    return [str(path.relative_to(folder)) for path in find_documents(folder, exclude).files]


def test_documents_are_found_by_their_endings_and_the_rest_is_counted(folder: Path) -> None:
    assert names(folder) == ["a.md", "b/c.TXT", "b/d/e.pdf", "k/l.docx"]
    assert find_documents(folder).skipped == 3


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("*.md", ["b/c.TXT", "b/d/e.pdf", "k/l.docx"]),
        ("b/", ["a.md", "k/l.docx"]),
        ("/a.md", ["b/c.TXT", "b/d/e.pdf", "k/l.docx"]),
        ("d", ["a.md", "b/c.TXT", "k/l.docx"]),
        ("**/e.*", ["a.md", "b/c.TXT", "k/l.docx"]),
        ("# a.md", ["a.md", "b/c.TXT", "b/d/e.pdf", "k/l.docx"]),
    ],
)
def test_patterns_mean_what_they_mean_to_git(folder: Path, pattern: str, left: list[str]) -> None:
    assert names(folder, pattern) == left
    (folder / ".pullquoteignore").write_text(f"{pattern}\n", encoding="utf-8")
    assert names(folder) == left


def test_an_exception_to_a_pattern_stays(folder: Path) -> None:
    assert names(folder, "*", "!*.md", "!*/") == ["a.md"]


def test_an_unreadable_list_of_patterns_is_a_sentence(folder: Path) -> None:
    (folder / ".pullquoteignore").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SourceError, match="cannot be read as UTF-8 text"):
        find_documents(folder)


def test_a_folder_may_be_kept_out_by_its_path(folder: Path) -> None:
    found = find_documents(folder, without=folder / "b")
    assert [path.name for path in found.files] == ["a.md", "l.docx"]


def test_a_circle_of_links_ends(folder: Path) -> None:
    (folder / "b" / "back").symlink_to(folder, target_is_directory=True)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    found = find_documents(folder)
    assert len(found.files) == 4
    assert len(found.problems) == 1
