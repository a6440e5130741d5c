"""``pullquote eval``: one's own questions put to one's own library, or to the documents of a folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot import Settings
from bot.cli.eval_page import show_page
from bot.evaluation.own_answers import OwnAnswer
from bot.evaluation.own_questions import OwnQuestion
from bot.types import EXTRACTIVE, Answer, Certainty, Statement, Status
from retrieval import OnnxEmbeddings
from tests.bot.evaluation.documents import LIGHTHOUSE, write_json_lines
from tests.bot.json_checks import check_sentence, parse_lines
from tests.conftest import Run

# One that is right, one that is refused rightly, one wrong and one refused.
QUESTIONS = """\
# How well is the lighthouse known?
goal: right=60

When was the lighthouse on Skarn Point finished?
In the year 1874
1874

What does the keeper earn in a year?
Not in the document.

How many steps does the keeper climb to the gallery?
Odile Marchant

What is the capital of Australia?
rape oil
"""
NOBODY = Answer("Who?", Status.NOT_FOUND, 0.1, EXTRACTIVE)
SOMEBODY = Answer("Who?", Status.ANSWERED, 0.9, EXTRACTIVE, (Statement("Somebody.", ()),), certainty=Certainty.SURE)
FIGURES = {"right": 2, "refused": 1, "wrong": 1, "unsure": 0}


@pytest.fixture
def fast(run: Run, monkeypatch: pytest.MonkeyPatch, embeddings: OnnxEmbeddings) -> Run:
    """``run`` with the real model loaded once for all tests, in a folder with a document and questions about it."""
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: embeddings)
    Path("documents").mkdir()
    Path("documents/lighthouse.txt").write_text("\n\n".join(LIGHTHOUSE), encoding="utf-8")
    Path("questions.txt").write_text(QUESTIONS, encoding="utf-8")
    return run


def test_figures_failures_and_a_missed_goal_of_ones_own_library(fast: Run, settings: Settings) -> None:
    assert fast("index", "documents", "--collection", "sea").code == 0
    before = held(settings.home)
    outcome = fast("eval", "questions.txt", "--collection", "sea")
    assert (outcome.code, outcome.err) == (1, "")
    shown = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert shown[0] == "4 questions: 3 that the documents answer, 1 that they do not"
    for figure, count in FIGURES.items():
        assert any(line.startswith(f"{figure} {count} {25 * count}% The answer ") for line in shown), figure
    at = shown.index("wrong How many steps does the keeper climb to the gallery?")
    assert shown[at + 1 : at + 5] == [
        "in questions.txt, line 11",
        "expected “Odile Marchant”",
        "answer “The keeper climbs 212 steps to the gallery every evening.” (lighthouse, line 3)",
        "search found the expected words",
    ]
    at = shown.index("refused What is the capital of Australia?")
    assert shown[at + 3] == "answer The document does not say."
    assert shown[-1] == "Goal missed: right at least 60%; it is 50.0%."
    assert "\x1b" not in outcome.out
    assert held(settings.home) == before


def test_a_goal_of_the_command_takes_the_place_of_the_files_and_without_any_nothing_is_missed(fast: Run) -> None:
    outcome = fast("eval", "questions.txt", "--docs", "documents", "--goal", "right=50", "--goal", "unsure=0%")
    assert outcome.code == 0
    assert outcome.out.endswith(
        "Goal met: right at least 50%; it is 50.0%.\nGoal met: unsure at most 0%; it is 0.0%.\n"
    )
    outcome = fast("eval", "questions.txt", "--docs", "documents", "--goal", "right=50", "--goal", "wrong=24")
    assert outcome.code == 1
    assert outcome.out.endswith("Goal missed: wrong at most 24%; it is 25.0%.\n")
    Path("questions.txt").write_text(QUESTIONS.replace("goal: right=60", ""), encoding="utf-8")
    outcome = fast("eval", "questions.txt", "--docs", "documents")
    assert outcome.code == 0
    assert "Goal" not in outcome.out


def test_documents_of_a_folder_are_asked_in_a_library_that_does_not_stay(fast: Run, settings: Settings) -> None:
    Path("questions.txt").rename("documents/questions.txt")  # which is no document
    Path("documents/broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    outcome = fast("eval", "documents/questions.txt", "--docs", "documents", "--json")
    assert outcome.code == 1
    check_sentence(outcome.err)
    assert "broken.pdf" in outcome.err
    (told,) = parse_lines(outcome.out)
    assert told["questions"] == 4
    assert told["figures"] == {name: {"count": count, "share": count / 4} for name, count in FIGURES.items()}
    assert told["goals"] == [{"figure": "right", "percent": 60, "met": False}]
    first, second, _, last = told["answers"]
    assert first == {
        "where": "documents/questions.txt, line 4",
        "question": "When was the lighthouse on Skarn Point finished?",
        "expected": ["In the year 1874", "1874"],
        "outcome": "right",
        "certainty": "sure",
        "quotes": ["The lighthouse on Skarn Point was finished in 1874."],
    }
    assert (second["expected"], second["outcome"], second["quotes"]) == ([], "right", [])
    assert (last["outcome"], last["certainty"]) == ("refused", None)
    assert not settings.home.exists()


def test_each_question_is_put_to_the_document_that_it_names(fast: Run) -> None:
    Path("bakery.txt").write_text("The lighthouse on Skarn Point was finished in 1901, bakers say.", encoding="utf-8")
    question = "When was the lighthouse on Skarn Point finished?"
    Path("questions.txt").write_text(
        f"document: bakery.txt\n\n{question}\n1901\n\n"
        f"document: documents/lighthouse.txt\n{question}\n1874\n\n"
        f"document:\n{question}\n1874\n",
        encoding="utf-8",
    )
    outcome = fast("eval", "questions.txt", "--docs", ".", "--json")
    assert outcome.err == ""
    (told,) = parse_lines(outcome.out)
    quotes = [" ".join(answer["quotes"]) for answer in told["answers"]]
    assert ("1901" in quotes[0], "1874" in quotes[0]) == (True, False)
    assert ("1901" in quotes[1], "1874" in quotes[1]) == (False, True)
    assert ("1901" in quotes[2], "1874" in quotes[2]) == (True, True)


def test_json_lines_are_asked_without_matplotlib_and_without_a_library(
    fast: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    outcome = fast("eval", str(write_json_lines(tmp_path)), "--goal", "right=75")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("12 questions: 8 that the documents answer, 4 that they do not")
    assert not settings.home.exists()


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        ("Who?\n\n", (), "questions.txt, line 1: there is nothing below “Who?”"),
        ("\n# Note\nWho?\ngoal: right=8\n", (), "line 3: “goal: right=8” is right below a question"),
        ("Who?\nOdile\nnot in the document\n", (), "line 1: words and “not in the document” are both"),
        ("goal: best=3\n\nWho?\nOdile\n", (), "questions.txt, line 1: “best=3” is not a goal"),
        ("Who\tis\x07it?\nOdile\n", (), "line 1: The question"),
        ("document: none.md\nWho?\nOdile\n", (), "line 2: There is no file none.md"),
        (
            "document: lighthouse.txt\nWho?\nNobody\n",
            ("--docs", "documents"),
            "line 2: the words that should",
        ),
        ("Who?\nNobody at all\n", ("--docs", "documents"), "line 1: the words below the question are in no document"),
        ("# Nothing yet\n", (), "There is no question in what you named"),
        ("Who?\nOdile\n", ("--goal", "right=101"), "“right=101” is not a goal"),
        ("Who?\nOdile\n", ("--goal", "right"), "“right” is not a goal"),
        ("Who?\nOdile\n", ("--docs", "nowhere"), "There is no file nowhere"),
        ("Who?\nOdile\n", ("--docs", "."), "There are no documents in ."),
        ("Who?\nOdile\n", ("--docs", ".", "--collection", "sea"), "--collection is for your library"),
        ("Who?\nOdile\n", ("--collection", "sea"), "There is no collection “sea”"),
        (
            "document: documents/lighthouse.txt\nWho?\nOdile\n\ndocument:\nWho?\nOdile\n",
            (),
            "line 6 names no document",
        ),
    ],
)
def test_what_cannot_be_used_is_one_sentence_that_names_the_line(
    fast: Run, text: str, arguments: tuple[str, ...], told: str
) -> None:
    if arguments[:2] == ("--docs", "."):
        Path("documents/lighthouse.txt").unlink()
    Path("questions.txt").write_text(text, encoding="utf-8")
    outcome = fast("eval", "questions.txt", *arguments)
    assert outcome.code == 2
    check_sentence(outcome.err)
    assert told in outcome.err
    assert outcome.out == ""


def test_other_files_than_questions_are_refused(fast: Run) -> None:
    Path("latin.txt").write_bytes("Wer trägt Öl?\nOdile\n".encode("latin-1"))
    for name, told in [("rules.md", "rename or convert it"), ("latin.txt", "save it as UTF-8"), ("no.txt", "no file")]:
        outcome = fast("eval", name)
        assert outcome.code == 2
        check_sentence(outcome.err)
        assert told in outcome.err


@pytest.mark.parametrize(
    ("expected", "answer", "is_found", "advice"),
    [
        (("Odile",), NOBODY, False, "pullquote search"),
        (("Odile",), SOMEBODY, False, "pullquote search"),
        (("Odile",), SOMEBODY, True, "make the question more exact"),
        (("Odile",), NOBODY, True, "set PULLQUOTE_ANSWER_THRESHOLD below"),
        ((), SOMEBODY, False, "set PULLQUOTE_ANSWER_THRESHOLD above"),
    ],
)
def test_each_way_to_fail_has_its_advice_and_no_other(
    expected: tuple[str, ...], answer: Answer, is_found: bool, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_page([OwnAnswer(OwnQuestion("questions.txt, line 1", "Who?", expected), answer, is_found)], [])
    *_, heading, given, calibrate = capsys.readouterr().out.splitlines()
    assert heading == "Where to look next:"
    assert advice in given
    assert calibrate.startswith("- `pullquote calibrate` fits")


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a library but the locks that reading takes."""
    files = (path for path in folder.rglob("*") if path.is_file() and "lock" not in path.name)
    return {str(path): path.read_bytes() for path in files}
