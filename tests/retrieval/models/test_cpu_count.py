"""A process counts the processors that its container may use, under either version of Linux's control groups."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.models import cpu_count as counting
from retrieval.models.cpu_count import count_processors

BOUND = 4


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the control groups are; ``own`` beside it names those of the process."""
    monkeypatch.setattr(counting, "CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(counting, "OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(BOUND)), raising=False)
    yield tmp_path / "groups"
    count_processors.cache_clear()


def counted() -> int:
    count_processors.cache_clear()
    return count_processors()


def limit(group: Path, quota: str) -> None:
    group.mkdir(parents=True, exist_ok=True)
    (group / "cpu.max").write_text(quota)


def limit_by_version_1(group: Path, quota: str, period: str = "100000\n") -> None:
    group.mkdir(parents=True, exist_ok=True)
    (group / "cpu.cfs_quota_us").write_text(quota)
    (group / "cpu.cfs_period_us").write_text(period)


@pytest.mark.parametrize(
    ("quota", "expected"),
    [
        ("max 100000", BOUND),
        ("100000 100000", 1),
        ("150000 100000", 2),
        ("50000 100000", 1),
        ("800000 100000", BOUND),
        ("100000 0", BOUND),
        ("rubbish", BOUND),
        ("", BOUND),
    ],
)
def test_the_outermost_group_that_is_seen_sets_a_limit(groups: Path, quota: str, expected: int) -> None:
    limit(groups, quota)
    assert counted() == expected


def test_without_control_groups_all_processors_are_there(groups: Path) -> None:
    assert not groups.exists()
    assert counted() == BOUND


@pytest.mark.parametrize("limited", ["slice/unit/inner", "slice/unit", "slice"])
def test_the_own_group_and_those_around_it_set_limits(groups: Path, limited: str) -> None:
    for group in ("slice/unit/inner", "slice/unit", "slice"):
        limit(groups / group, "300000 100000\n")
    limit(groups / "slice/other", "100000 100000")
    (groups.parent / "own").write_text("0::/slice/unit/inner\n")
    assert counted() == 3
    limit(groups / limited, "200000 100000\n")
    assert counted() == 2


def test_version_1_sets_limits(groups: Path) -> None:
    (groups.parent / "own").write_text("5:memory:/box\n4:cpu,cpuacct:/box/inner\n1:name=systemd:/box\n0::/\n")
    limit_by_version_1(groups / "cpu/box/inner", "-1\n")
    assert counted() == BOUND
    limit_by_version_1(groups / "cpu/box", "250000\n")
    assert counted() == 3
    limit_by_version_1(groups / "cpu", "100000\n", "50000\n")
    assert counted() == 2


def test_a_group_of_a_name_that_is_not_seen_from_within_does_no_harm(groups: Path) -> None:
    (groups.parent / "own").write_text("4:cpu:/docker/0123\n0::/../../else\nrubbish\n")
    limit_by_version_1(groups / "cpu", "100000\n")
    assert counted() == 1
