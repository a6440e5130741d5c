"""The pinned dependencies are all that is needed, with every Python that is promised."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYTHONS = ["3.11", "3.12", "3.13"]


def pinned(python: str) -> dict[str, Requirement]:
    """What the locks pin for a Python on this platform, by its name."""
    lines = [line for name in ("", "-dev") for line in (ROOT / f"requirements{name}.lock").read_text().splitlines()]
    wanted = [Requirement(line) for line in lines]
    here = environment(python)
    return {canonicalize_name(one.name): one for one in wanted if one.marker is None or one.marker.evaluate(here)}


def environment(python: str) -> dict[str, str]:
    here = {name: str(value) for name, value in default_environment().items()}
    return here | {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}


@pytest.mark.parametrize("python", PYTHONS)
def test_what_is_pinned_needs_nothing_else(python: str) -> None:
    pins, missing = pinned(python), []
    installed: dict[str, str] = {canonicalize_name(one.name): one.version for one in distributions()}
    here = pinned(f"{sys.version_info.major}.{sys.version_info.minor}")
    if any(not pin.specifier.contains(installed.get(name, "0"), prereleases=True) for name, pin in here.items()):
        pytest.skip("what is installed here is not what is pinned")
    for name in pins.keys() & pinned(PYTHONS[0]).keys():  # these are installed with every Python, so they can be asked
        for needed in map(Requirement, distribution(name).requires or ()):
            if needed.marker is None or needed.marker.evaluate(environment(python)):
                pin = pins.get(canonicalize_name(needed.name))
                version = str(pin.specifier).removeprefix("==") if pin else ""
                if pin is None or not needed.specifier.contains(version, prereleases=True):
                    missing.append(f"{name} needs {needed}; pinned is {pin}")
    # PyTorch names CUDA's packages, which its build for processors alone does without.
    assert [line for line in missing if not re.match("torch needs (nvidia|cuda|triton)", line)] == []


def test_every_python_of_the_project_is_looked_at() -> None:
    declared = re.findall(r"Programming Language :: Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert declared == PYTHONS
