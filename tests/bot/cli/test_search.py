"""``pullquote search``: the passages a question retrieves, best first."""

from __future__ import annotations

import pytest

from tests.bot.json_checks import check_error, check_passages, check_sentence, parse_lines
from tests.conftest import Run


def test_passages_come_best_first_with_their_place_and_score(cli: Run) -> None:
    outcome = cli("search", "How many planes?", "-k", "2")
    assert (outcome.code, outcome.err) == (0, "")
    places = [line for line in outcome.out.splitlines() if line.startswith("Kazakhstan protests, January 2022, line ")]
    scores = [float(place.rpartition(" ")[2]) for place in places]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
    assert "five planes" in outcome.out.partition(places[0])[0]


@pytest.mark.parametrize("k", [1, 3, 50])
def test_k_says_how_many_and_json_shows_exact_slices(cli: Run, k: int) -> None:
    outcome = cli("search", "--json", "-k", str(k), "How many planes?")
    (result,) = parse_lines(outcome.out)
    check_passages(result)
    assert (outcome.code, result["id"], result["question"]) == (0, 1, "How many planes?")
    assert len(result["passages"]) == min(k, 6)
    (listed,) = parse_lines(cli("sources", "list", "--json").out)
    text = cli("sources", "show", listed["id"], "--raw").out
    for passage in result["passages"]:
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert passage["source"]["sha256"] == listed["sha256"]
    scores = [passage["score"] for passage in result["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_the_setting_says_how_many_when_k_does_not(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_PASSAGES", "2")
    (result,) = parse_lines(cli("search", "--json", "How many planes?").out)
    assert len(result["passages"]) == 2


def test_a_question_that_nothing_answers_still_shows_the_nearest_passages(cli: Run) -> None:
    outcome = cli("search", "What is the capital of France?")
    assert outcome.code == 0
    assert "score " in outcome.out


def test_questions_from_standard_input_are_searched_one_a_line(cli: Run) -> None:
    lines = b'How many planes?\n\n{"id": "x", "question": "Who resigned?"}\n{\n'
    outcome = cli("search", "--json", "-k", "1", "-", stdin=lines)
    planes, blank, resigned, broken = parse_lines(outcome.out)
    assert outcome.code == 0
    check_passages(planes)
    check_passages(resigned)
    check_error(blank)
    check_error(broken)
    assert [result["id"] for result in (planes, blank, resigned, broken)] == [1, 2, "x", 4]
    assert "five planes" in planes["passages"][0]["text"]


@pytest.mark.parametrize(
    "arguments",
    [("-",), ("q", "-k", "0"), ("q", "-k", "51"), ("q", "-k", "two"), ("",), ("q", "--collection", "nope"), ()],
)
def test_what_cannot_be_searched_is_one_sentence_and_exits_with_2(cli: Run, arguments: tuple[str, ...]) -> None:
    outcome = cli("search", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
