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
    assert needs_extra("eval") == 'needs the extra “eval”; run `pip install "pullquote[eval]"`.'
