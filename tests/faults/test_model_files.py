"""A model file that is missing or altered: one sentence with the remedy, nothing on disk, answers once it is mended."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import retrieval
from retrieval.models.onnx_embedder import FOLDER, HASHES, TOKENIZER, WEIGHTS
from tests.conftest import Run
from tests.faults.client import Client, Ended
from tests.faults.conftest import LIGHTHOUSE, LIGHTHOUSE_ANSWER, OFFICERS, answers, assert_one_sentence, copied
from tests.faults.homes import snapshot

REMEDY = "run `pip install --force-reinstall --no-deps pullquote`."


def damaged(folder: Path, name: str, *, altered: bool) -> Path:
    """A copy of the model in which one file is altered, or is not there."""
    shutil.copytree(FOLDER, folder)
    data = bytearray((folder / name).read_bytes())
    (folder / name).unlink()
    if altered:
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(bytes(data))
    return folder


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_altered_model_file_is_told_and_an_empty_home_stays_empty(
    client: Client, tmp_path: Path, home: Path, papers: Path, name: str
) -> None:
    model = damaged(tmp_path / "model", name, altered=True)
    sentence = f"The embedding model's file {name} was altered (its SHA-256 differs); {REMEDY}"
    for argv in (("ask", OFFICERS), ("search", OFFICERS), ("index", str(papers / "mill.md"))):
        assert_one_sentence(client.run(*argv, home=home, model=model, stand_in=False), sentence)
    assert not home.exists()


def test_missing_model_file_is_told_and_the_library_answers_once_it_is_back(
    client: Client, tmp_path: Path, home: Path, papers: Path, indexed: Path
) -> None:
    copied(indexed, home)
    before = snapshot(home)
    for name in (WEIGHTS, TOKENIZER, HASHES):
        model = damaged(tmp_path / f"without-{name}", name, altered=False)
        sentence = f"The embedding model's files are missing or unreadable; {REMEDY}"
        for argv in (("ask", LIGHTHOUSE), ("index", str(papers / "mill.md")), ("reindex",)):
            assert_one_sentence(client.run(*argv, home=home, model=model, stand_in=False), sentence)
            assert snapshot(home) == before
    mended = client.run("ask", "--json", LIGHTHOUSE, home=home, stand_in=False)
    assert answers(mended)[LIGHTHOUSE] == LIGHTHOUSE_ANSWER


def test_the_installed_program_refuses_an_altered_model_and_makes_no_home(
    tmp_path: Path, home: Path, program: Run
) -> None:
    original, package = Path(retrieval.__path__[0]), tmp_path / "packages" / "retrieval"
    left_out = shutil.ignore_patterns(FOLDER.name, "__pycache__")
    shutil.copytree(original, package, ignore=left_out, copy_function=os.symlink)
    for name in ("bot", "pullquote"):  # else the copy would be told to hide the program's own package
        (package.parent / name).symlink_to(original.parent / name)
    damaged(package / FOLDER.relative_to(original), TOKENIZER, altered=True)
    told = program("ask", OFFICERS, PYTHONPATH=str(package.parent))
    assert_one_sentence(Ended(told.code, told.out, told.err), f"{TOKENIZER} was altered", REMEDY)
    assert not home.exists()
