"""The pinned dependencies are all that is needed, with every Python that is promised."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PYTHONS = ["3.11", "3.12", "3.13"]


LIGHT, DEV = "requirements.lock", "requirements-dev.lock"
# It builds the package in the environment where it is installed; nothing needs it afterwards.
BUILDING = {"setuptools"}


def pinned(python: str, *locks: str) -> dict[str, Requirement]:
    """What the locks pin for a Python on this platform, by its name."""
    lines = [line for name in locks or (LIGHT, DEV) for line in (ROOT / name).read_text().splitlines()]
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


def reached(needed: list[str], python: str, pins: dict[str, Requirement]) -> set[str]:
    """What these need, and what that needs; the test fails where one is not pinned, or in another version."""
    waiting = [(Requirement(line), "") for line in needed]
    found: set[tuple[str, str]] = set()
    while waiting:
        wanted, asking = waiting.pop()
        if wanted.marker is not None and not wanted.marker.evaluate(environment(python) | {"extra": asking}):
            continue
        name = canonicalize_name(wanted.name)
        version = str(pins[name].specifier).removeprefix("==") if name in pins else ""
        assert wanted.specifier.contains(version, prereleases=True), f"{wanted} is not pinned"
        for extra in {"", *wanted.extras}:
            if (name, extra) not in found and name != "audioop-lts":  # which this Python may not have
                waiting += [(Requirement(line), extra) for line in distribution(name).requires or ()]
            found.add((name, extra))
    return {name for name, _ in found}


@pytest.mark.parametrize("python", PYTHONS)
def test_what_users_install_is_all_that_they_need_and_no_more(python: str) -> None:
    pins = pinned(python, LIGHT)
    assert reached(PROJECT["project"]["dependencies"], python, pins) == pins.keys() - BUILDING
    assert not pins.keys() & {"torch", "transformers", "sentence-transformers", "onnx", "matplotlib"}


def test_each_extra_that_a_test_needs_is_pinned_for_development() -> None:
    tools = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependency-groups"]["dev"]}
    assert tools <= pinned(PYTHONS[0]).keys()
    for extra in ("eval", "mcp", "models", "openai", "serve", "train"):
        needed = PROJECT["project"]["optional-dependencies"][extra]
        named = {canonicalize_name(Requirement(line).name) for line in needed} - {"pullquote"}
        assert named <= tools, extra


@pytest.mark.parametrize("python", PYTHONS)
def test_what_builds_the_site_is_pinned(python: str) -> None:
    pins = pinned(python, LIGHT, DEV, "requirements-docs.lock")  # the last has the last word
    for wanted in map(Requirement, PROJECT["dependency-groups"]["docs"]):
        version = str(pins[canonicalize_name(wanted.name)].specifier).removeprefix("==")
        assert wanted.specifier.contains(version), wanted


def test_every_python_of_the_project_is_looked_at() -> None:
    declared = re.findall(r"Programming Language :: Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert declared == PYTHONS
