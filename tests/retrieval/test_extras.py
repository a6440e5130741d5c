"""Each extra of the distribution is one that the program can name, and can tell to be there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from retrieval.extras import EXTRAS, has_extra, needs_extra

DECLARED = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_extras_that_are_declared_are_those_that_the_program_knows() -> None:
    assert DECLARED["optional-dependencies"].keys() == EXTRAS.keys()


def test_an_extra_is_there_when_all_of_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRAS, "eval", ("json", "email"))
    assert has_extra("eval")
    monkeypatch.setitem(EXTRAS, "eval", ("json", "no_such_module"))
    assert not has_extra("eval")


@pytest.mark.parametrize(
    ("file", "active", "command"),
    [
        ("pipx_metadata.json", False, "pipx inject pullquote"),
        ("uv-receipt.toml", False, "uv pip install --python {}"),
        ("bin/pip", False, "{}/bin/pip install"),
        ("bin/pip", True, "pip install"),
        ("bin/python", False, "pip install"),
    ],
)
def test_the_command_adds_it_to_the_environment_of_the_program(
    file: str, active: bool, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / file).touch()
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path if active else tmp_path / "other"))
    assert needs_extra("eval") == f'needs the extra “eval”; run `{command.format(tmp_path)} "pullquote[eval]"`.'
