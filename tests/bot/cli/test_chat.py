"""``pullquote chat`` with another program at the other end: commands, answers, and errors that go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot import NOT_FOUND_TEXT, Answer, Question, Status, Turn
from bot.pipeline import AnswerPipeline
from bot.types import EXTRACTIVE
from tests.bot.fakes import write_file
from tests.bot.json_checks import check_sentence
from tests.conftest import Run

ARTICLE = "Kazakhstan protests, January 2022"


def test_help_lists_every_command(cli: Run) -> None:
    outcome = cli("chat", stdin=b"/help\n")
    assert (outcome.code, outcome.err) == (0, "")
    assert all(command in outcome.out for command in ("/sources", "/show N", "/help", "/quit"))


def test_sources_lists_what_is_asked(cli: Run, tmp_path: Path) -> None:
    cli("index", str(write_file(tmp_path / "rules.txt", "Gate seven opens at noon.")), "--collection", "gates")
    both = cli("chat", "--collection", "gates", "--collection", "default", stdin=b"/sources\n")
    assert [line.split("\t")[1] for line in both.out.splitlines()] == ["rules", ARTICLE]


def test_a_question_is_answered_as_ask_answers_it(cli: Run) -> None:
    outcome = cli("chat", stdin=b"How many planes?\r\nWhat is the capital of France?")
    assert outcome.code == 0
    assert outcome.out == cli("ask", "How many planes?").out + cli("ask", "What is the capital of France?").out


def test_show_puts_a_quote_into_its_paragraph(cli: Run) -> None:
    outcome = cli("chat", stdin=b"How many planes?\n/show 1\n")
    answer, place, paragraph, same_place = outcome.out.splitlines()
    quote = answer[answer.index("“") :].removesuffix(" [1]")
    assert quote in paragraph
    assert paragraph.startswith("But neither this nor the tear gas")
    assert paragraph.endswith('ready to "act as firmly as possible".')
    assert place == same_place == f"{ARTICLE}, line 7"


def test_small_talk_is_no_turn_so_that_the_answer_before_it_is_still_the_last(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories: list[tuple[Turn, ...]] = []
    snapshots = AnswerPipeline.snapshots

    def noted(pipeline: AnswerPipeline, question: Question) -> Iterator[Answer]:
        histories.append(question.history)
        yield from snapshots(pipeline, question)

    monkeypatch.setattr(AnswerPipeline, "snapshots", noted)
    outcome = cli("chat", stdin="How many planes?\nthanks!\n/show 1\nhelp\n👍\nWho resigned in 2019?\n".encode())
    assert outcome.err == ""
    answer, place, thanks, paragraph, same_place, told, *rest = outcome.out.splitlines()
    assert thanks == "You're welcome. Ask me more whenever you like."
    assert answer[answer.index("“") :].removesuffix(" [1]") in paragraph
    assert place == same_place
    check_sentence(told)
    assert rest[0] == cli("chat", stdin=b"/help\n").out.splitlines()[0]
    assert [turn.question for turn in histories[-2]] == ["How many planes?"]


def test_a_wild_paragraph_is_shown_safely(cli: Run, tmp_path: Path) -> None:
    text = "Red \x9b31m\u202etext. Gate seven opens at noon.\r\nLate [bold]trains.\r\n\r\nElsewhere it rains."
    cli("index", str(write_file(tmp_path / "wild.txt", text)), "--collection", "wild")
    outcome = cli("chat", "--collection", "wild", stdin=b"When does gate seven open?\n/show 1\n")
    assert not set("\x9b\u202e\r") & set(outcome.out)
    assert "Red \\x9b31m\\u202etext. “Gate seven opens at noon.”\nLate [bold]trains.\n" in outcome.out


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("/show 1", "The last answer has no quote 1; ask something first."),
        ("/show", "The last answer has no quote without a number; ask something first."),
        ("/nonsense now", "There is no command /nonsense; /help lists them."),
        ("/\x1b[31m", "There is no command /\\x1b[31m; /help lists them."),
        ("why\x07", "The question contains the control character U+0007; ask again without it."),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_the_conversation_goes_on(cli: Run, lines: str, sentence: str) -> None:
    outcome = cli("chat", stdin=f"{lines}\n/help\n".encode())
    assert outcome.code == 0
    assert outcome.err == f"{sentence}\n"
    assert "/quit" in outcome.out


def test_a_line_that_is_not_utf_8_or_too_long_is_a_sentence_and_the_conversation_goes_on(cli: Run) -> None:
    outcome = cli("chat", stdin=b"caf\xe9?\n" + b"x" * 5000 + b"\n\n  \n/help\n")
    not_utf_8, too_long = outcome.err.splitlines()
    check_sentence(not_utf_8)
    check_sentence(too_long)
    assert outcome.code == 0
    assert "/quit" in outcome.out


def test_a_quote_that_the_last_answer_does_not_have_is_a_sentence(cli: Run) -> None:
    numbers = ["2", "0", "-1", "one", "1 1", "\u0661"]
    outcome = cli("chat", stdin="\n".join(["How many planes?", *(f"/show {number}" for number in numbers)]).encode())
    assert outcome.err.splitlines() == [
        f"The last answer has no quote {number}; it has 1 to 1, so write /show 1." for number in numbers
    ]


def test_a_quote_of_a_document_that_was_damaged_since_is_not_shown(
    cli: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> Iterator[str]:
        yield "How many planes?"
        for stored in (home / "texts").glob("*.txt"):
            stored.write_bytes(stored.read_bytes().replace(b"five planes", b"nine planes"))
        yield "/show 1"

    monkeypatch.setattr("bot.cli.chat._piped_lines", lines)
    outcome = cli("chat")
    check_sentence(outcome.err)
    assert len(outcome.out.splitlines()) == 2
    assert "nine planes" not in outcome.out


@pytest.mark.parametrize("farewell", [b"/quit\n", b"  /quit  \r\n"])
def test_nothing_after_quit_is_read(cli: Run, farewell: bytes) -> None:
    outcome = cli("chat", stdin=farewell + b"/help\n")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_an_unknown_collection_is_refused_before_anything_is_asked(cli: Run) -> None:
    outcome = cli("chat", "--collection", "nope", stdin=b"/help\n")
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)


def test_earlier_turns_come_along_and_are_bounded(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []

    def refuse(pipeline: AnswerPipeline, question: Question) -> Iterator[Answer]:
        asked.append(question)
        yield Answer(question.text, Status.NOT_FOUND, 0.0, EXTRACTIVE)

    monkeypatch.setattr(AnswerPipeline, "snapshots", refuse)
    outcome = cli("chat", stdin=b"".join(b"Question %d?\n" % n for n in range(25)))
    assert outcome.out == 25 * f"{NOT_FOUND_TEXT}\n"
    assert asked[0].history == ()
    assert asked[2].history == (Turn("Question 0?", NOT_FOUND_TEXT), Turn("Question 1?", NOT_FOUND_TEXT))
    assert [turn.question for turn in asked[24].history] == [f"Question {n}?" for n in range(4, 24)]


class Terminal(StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("loading", [False, True], ids=["in our own code", "while a compiled module loads"])
def test_ctrl_c_stops_an_answer_and_the_conversation_goes_on(
    cli: Run, monkeypatch: pytest.MonkeyPatch, *, loading: bool
) -> None:
    def interrupted(pipeline: AnswerPipeline, question: Question) -> object:
        if loading:
            raise ImportError("initialization failed") from KeyboardInterrupt()
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.chat.typed_lines", lambda home: iter(["How many planes?", "/help", "/quit"]))
    monkeypatch.setattr("tests.conftest.TextIOWrapper", lambda raw, encoding: Terminal())
    monkeypatch.setattr(AnswerPipeline, "snapshots", interrupted)
    outcome = cli("chat")
    assert outcome.code == 0
    assert "Stopped.\n" in outcome.out
    assert "/sources" in outcome.out.partition("Stopped.")[2]
    assert sys.stdin.isatty()
