"""Rewrites by people and by us, compared by the terms that search goes by."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import follow_ups
from bot.evaluation.errors import EvaluationError
from bot.evaluation.follow_ups import (
    HALVES,
    METHODS,
    as_it_is,
    half_of,
    make_tables,
    measure,
    read_follow_ups,
    with_last_question,
)
from bot.types import NOT_FOUND_TEXT, Turn
from tests.bot.json_checks import check_sentence

LIGHTHOUSE = ["Skarn Lighthouse", "Building"]
ENTRIES = [
    {
        "History": LIGHTHOUSE,
        "QuAC_dialog_id": "one",
        "Question": "Who designed it?",
        "Question_no": 1,
        "Rewrite": "Who designed the Skarn Lighthouse?",
    },
    {
        "History": [*LIGHTHOUSE, "Who designed it?", "Ines Moreau", "Where was she born?", "I don't know."],
        "QuAC_dialog_id": "one",
        "Question": "When did she die? ",
        "Question_no": 3,
        "Rewrite": "When did Ines Moreau die?",
    },
    {
        "History": ["Harbour bakery", "Founding", "Who opened the bakery?", "Lena Hofer"],
        "QuAC_dialog_id": "two",
        "Question": "Is bread cheap in Linz?",
        "Question_no": 2,
        "Rewrite": "is bread cheap in Linz",
    },
]


def write(folder: Path, content: Any) -> Path:
    path = folder / "rewrites.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_conversation_is_read_as_the_product_would_have_had_it(tmp_path: Path) -> None:
    cases = read_follow_ups(write(tmp_path, ENTRIES))
    assert [case.dialog for case in cases] == ["one", "one", "two"]
    assert cases[0].title == Turn("Skarn Lighthouse", "Building")
    assert cases[0].history == ()
    assert cases[1].history == (Turn("Who designed it?", "Ines Moreau"), Turn("Where was she born?", NOT_FOUND_TEXT))
    assert (cases[1].question, cases[1].rewrite) == ("When did she die?", "When did Ines Moreau die?")


@pytest.mark.parametrize(
    "content",
    [
        3,
        {},
        {"data": []},
        [1],
        [{}],
        [{**ENTRIES[0], "History": ["Title"]}],
        [{**ENTRIES[0], "History": [*LIGHTHOUSE, "A question without an answer?"]}],
        [{**ENTRIES[0], "Question": None}],
    ],
)
def test_another_form_is_refused_in_a_sentence(content: Any, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError) as caught:
        read_follow_ups(write(tmp_path, content))
    check_sentence(str(caught.value))


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read") as caught:
        read_follow_ups(tmp_path / "none.json")
    check_sentence(str(caught.value))


def test_what_a_method_recovers_and_adds_is_counted_in_terms(tmp_path: Path) -> None:
    def method(text: str, history: Sequence[Turn]) -> str | None:
        # Of "skarn lighthouse ines moreau" three are recovered; "bridge", "oven" and "flour" are wrong.
        return {
            "Who designed it?": "Who designed the Skarn bridge?",
            "When did she die?": "When did Ines Moreau die?",
        }.get(text, f"{text} Oven flour?")

    outcome = measure(method, read_follow_ups(write(tmp_path, ENTRIES)), titled=False)
    assert outcome.recovered.value == pytest.approx(3 / 4)
    assert outcome.wrong.value == pytest.approx(3 / 6)
    assert (outcome.changed.value, outcome.changed.n) == (1.0, 3)
    assert (outcome.spoilt.value, outcome.spoilt.n) == (1.0, 1)


def test_the_baselines(tmp_path: Path) -> None:
    cases = read_follow_ups(write(tmp_path, ENTRIES))
    nothing = measure(as_it_is, cases, titled=False)
    assert nothing.recovered.value == 0
    assert nothing.wrong.n == 0
    assert nothing.changed.value == 0
    last = measure(with_last_question, cases, titled=True)
    assert last.changed.value == 1
    assert last.spoilt.value == 1
    assert last.recovered.value == pytest.approx(2 / 4)  # of the title, before the first question
    assert with_last_question("Why?", [Turn("Who?", ""), Turn("When?", "")]) == "Why? When?"
    assert with_last_question("Why?", []) is None


def test_the_title_is_told_only_where_it_is_asked_for(tmp_path: Path) -> None:
    heard: list[list[str]] = []

    def method(text: str, history: Sequence[Turn]) -> str | None:
        heard.append([turn.question for turn in history])
        return None

    cases = read_follow_ups(write(tmp_path, ENTRIES))[:2]
    measure(method, cases, titled=False)
    measure(method, cases, titled=True)
    asked = ["Who designed it?", "Where was she born?"]
    assert heard == [[], asked, ["Skarn Lighthouse"], ["Skarn Lighthouse", *asked]]


def test_ours_does_better_than_both_baselines_here(tmp_path: Path) -> None:
    cases = read_follow_ups(write(tmp_path, ENTRIES))
    ours = measure(METHODS["Pullquote"], cases, titled=True)
    assert ours.recovered.value == 1
    assert ours.wrong.value == 0
    assert ours.spoilt.value == 0


def test_a_conversation_lies_in_one_half_only() -> None:
    halves = [half_of(f"dialog {number}") for number in range(200)]
    assert set(halves) == set(HALVES)
    assert 60 < halves.count("tuning") < 140
    assert half_of("dialog 7") == halves[7]


def test_the_command_prints_both_halves_with_and_without_the_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [{**entry, "QuAC_dialog_id": f"dialog {number}"} for number in range(8) for entry in ENTRIES]
    path = write(tmp_path, entries)
    monkeypatch.setattr(sys, "argv", ["follow_ups", str(path)])
    assert follow_ups.main() == 0
    printed = capsys.readouterr().out
    tables = list(make_tables(read_follow_ups(path)))
    assert [table.title for table in tables] == [
        f"The {half} half, {words} the title as a first turn" for half in HALVES for words in ("without", "with")
    ]
    assert all(table.to_markdown() in printed for table in tables)
    assert [row[0] for row in tables[0].rows] == list(METHODS)
    assert sum(int(table.rows[0][1]) for table in tables[::2]) == len(entries)


def test_the_command_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["follow_ups", str(tmp_path / "none.json")])
    assert follow_ups.main() == 1
    check_sentence(capsys.readouterr().err.strip())
