from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from bot.chat.token_budget import FILE, TokenBudget
from bot.types import Usage


def test_tokens_are_spent_until_none_are_left(tmp_path: Path) -> None:
    budget = TokenBudget(tmp_path, 100)
    assert not budget.is_spent()
    budget.spend(Usage(1, 99, 0))
    assert not budget.is_spent()
    budget.spend(Usage(1, 1, 0))
    assert budget.is_spent()
    assert TokenBudget(tmp_path, 100).is_spent()
    assert not TokenBudget(tmp_path, 101).is_spent()


def test_a_new_day_begins_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"day": "2001-01-01", "tokens": 1_000_000}), encoding="utf-8")
    budget = TokenBudget(tmp_path, 10)
    assert not budget.is_spent()
    budget.spend(Usage(1, 10, 0))
    assert budget.is_spent()


def test_without_a_cap_nothing_is_written(tmp_path: Path) -> None:
    budget = TokenBudget(tmp_path, None)
    budget.spend(Usage(1, 1_000_000, 0))
    assert not budget.is_spent()
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"day": 3}', '{"day": "x", "tokens": "many"}', "\0"])
def test_a_damaged_count_begins_anew(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage, encoding="utf-8")
    budget = TokenBudget(tmp_path, 5)
    assert not budget.is_spent()
    budget.spend(Usage(1, 5, 0))
    assert budget.is_spent()


def test_a_folder_that_cannot_be_written_costs_the_count_and_no_answer(tmp_path: Path) -> None:
    budget = TokenBudget(tmp_path / "file" / "below", 5)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    budget.spend(Usage(1, 5, 0))
    assert not budget.is_spent()


def _spend_often(home: Path) -> None:
    for _ in range(50):
        TokenBudget(home, 10_000).spend(Usage(1, 1, 0))


@pytest.mark.usefixtures("programs")
def test_processes_count_together(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_spend_often, args=(tmp_path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["tokens"] == 100
