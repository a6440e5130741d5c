"""Which files of a folder are documents."""

from __future__ import annotations

import glob
import os
from itertools import product
from pathlib import Path

import pytest

from retrieval import SourceError, find_documents, find_matching

PARTS = ["*", "**", "***", "?", "[bd]", "[!a]", "*.*", "?.[md]*", "[", "b", "d", "a.md", "c.TXT"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.md", "b/c.TXT", "b/d/e.pdf", "b/.f.txt", ".g/h.txt", "i.png", "README", "j.py", "k/l.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def matching(pattern: str, *exclude: str, without: Path | None = None) -> list[str]:
    return [str(path) for path in find_matching(pattern, exclude, without).files]


def names(folder: Path, *exclude: str) -> list[str]:
    return [str(path.relative_to(folder)) for path in find_documents(folder, exclude).files]


def test_documents_are_found_by_their_endings_and_the_rest_is_counted(folder: Path) -> None:
    assert names(folder) == ["a.md", "b/c.TXT", "b/d/e.pdf", "k/l.docx"]
    assert find_documents(folder).skipped == 3
    assert find_documents(str(folder)) == find_documents(folder)


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


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_pattern_means_what_it_means_to_python(folder: Path, count: int) -> None:
    for parts in product(["*", "**", "***", "?", "[bd]*", "[!a]*", "?.[md]*", "[", "b", "c.TXT"], repeat=count):
        pattern = str(folder.joinpath(*parts))
        if glob.has_magic(pattern):
            expected = sorted({path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path)})  # noqa: PTH113, PTH207
            assert sorted(matching(pattern)) == expected, pattern


def test_a_pattern_is_relative_to_where_one_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "b")
    assert matching("**/*") == ["c.TXT", "d/e.pdf"]
    assert matching("../*/*.docx") == ["../k/l.docx"]
    assert matching("./*.TXT") == ["c.TXT"]
    assert (
        matching("*/")
        == matching("nowhere/*")
        == matching("c.TXT/*")
        == matching("c.TXT")
        == matching("*/../*.md")
        == []
    )


def test_a_pattern_finds_nothing_that_is_hidden_or_kept_out(folder: Path) -> None:
    (folder / ".pullquoteignore").write_text("k/\n", encoding="utf-8")
    everything = matching(f"{folder}/**/*", "*.py", without=folder / "b" / "d")
    assert everything == [str(folder / name) for name in ("README", "a.md", "i.png", "b/c.TXT")]
    assert matching(f"{folder}/.g/*") == [str(folder / ".g" / "h.txt")], "a hidden folder may be named"


def test_a_pattern_follows_no_link_to_a_folder_and_none_out_of_its_own(folder: Path, tmp_path: Path) -> None:
    inner = folder / "b"
    for name in ("x", "y", "d/x", "d/y"):
        (inner / name).symlink_to(inner, target_is_directory=True)
    (inner / "up").symlink_to(folder, target_is_directory=True)
    (inner / "out.md").symlink_to(folder / "a.md")
    (inner / "in.pdf").symlink_to(inner / "d" / "e.pdf")
    found = find_matching(f"{inner}/**/*.*")
    assert [str(path.relative_to(inner)) for path in found.files] == ["c.TXT", "in.pdf", "d/e.pdf"]
    assert found.problems == [f"{inner}/out.md is a link that leads out of {inner}; index its target itself."]
    assert find_matching(f"{inner}/**/*.pdf").problems == []


def test_a_pattern_looks_into_no_folder_in_vain(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    scan = os.scandir

    def scandir(path: str) -> object:
        looked.append(os.path.relpath(path, folder))
        return scan(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        assert len(matching(f"{folder}/*.md")) == 1
        assert looked == ["."]
        assert len(matching(f"{folder}/[a-j]/*/*.pdf")) == 1
    assert looked == [".", ".", "b", "b/d"]


def test_names_that_are_no_text_are_found(folder: Path) -> None:
    odd = os.fsencode(folder) + b"/\xff[1]"
    os.mkdir(odd)  # noqa: PTH102 (bytes are no Path)
    (Path(os.fsdecode(odd)) / "ä\udcfe.txt").write_bytes(b"x")
    (found,) = matching(f"{folder}/\udcff[[]1]/*\udcfe.t?t")
    assert os.fsencode(found) == odd + "/ä".encode() + b"\xfe.txt"
    assert matching(f"{folder}/?[[]*/*") == [found]


def test_a_list_of_what_is_left_out_that_is_no_file_is_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / ".pullquoteignore")
    with pytest.raises(SourceError, match="cannot be read as UTF-8 text; correct it"):
        names(folder)
