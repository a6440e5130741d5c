"""``pullquote ask``: exit codes, plain words in a pipe, colour in a terminal, JSON alone when asked for."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from bot.render import CLOSEST_INTRODUCTION, UNSURE_INTRODUCTION
from tests.bot.fakes import NoisyAnswerer, write_file
from tests.bot.json_checks import check_answer, check_sentence, parse_lines
from tests.bot.terminals import RunInTerminal, plain
from tests.conftest import Run

PLANES = (
    "“The country, the president said, is under attack by terrorist groups trained abroad. "
    'Some "terrorists", he added, also penetrated into Almaty airport, taking possession of five planes, '
    "one of which was foreign.” [1]"
)
HOSTILE = "The \x1b[31mred\x1b[0m [bold]vault[/bold] code is \u202e4321\u202c :smile: \x07."


@pytest.fixture
def vault(cli: Run, tmp_path: Path) -> Run:
    """The program with a collection ``vault`` whose one document tries to break the terminal."""
    outcome = cli("index", str(write_file(tmp_path / "va[u]lt.txt", HOSTILE)), "--collection", "vault")
    assert outcome.code == 0
    return cli


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer is sure, so that no test hangs on how sure one is."""
    monkeypatch.setenv("PULLQUOTE_SURE_THRESHOLD", "0")


@pytest.mark.usefixtures("sure")
def test_an_answer_in_a_pipe_is_its_quotes_and_their_places_and_exits_with_0(cli: Run) -> None:
    outcome = cli("ask", "How many planes?")
    assert outcome.code == 0
    shown = f"{PLANES}\nKazakhstan protests, January 2022, line 7\n"
    assert outcome.out.removeprefix("five planes — ") == shown
    assert outcome.err == ""


def test_the_words_of_a_question_need_no_quotation_marks(cli: Run) -> None:
    assert cli("ask", "How", "many", "planes?").out == cli("ask", "How many planes?").out


def test_a_refusal_says_so_shows_the_closest_sentence_and_exits_with_1(cli: Run) -> None:
    outcome = cli("ask", "What is Tokayev's shoe size?")
    refusal, remark, quote, place = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (1, "")
    assert (refusal, remark) == ("The document does not say.", CLOSEST_INTRODUCTION)
    assert quote.startswith("“")
    assert quote.endswith("”")
    assert place.startswith("Kazakhstan protests, January 2022, line ")


def test_small_talk_gets_one_line_in_its_language_and_exits_with_0(cli: Run) -> None:
    hello = "Hello. Ask me anything about the documents here; I answer with quotes from them.\n"
    assert (cli("ask", "hi").code, cli("ask", "hi").out, cli("ask", "hello", "there").out) == (0, hello, hello)
    assert cli("ask", "grazie!").out == "Prego. Se vuoi sapere altro, chiedi pure.\n"
    assert cli("ask", "Hi, how many planes?").out == cli("ask", "How many planes?").out
    told, *commands = cli("ask", "help").out.splitlines()
    check_sentence(told)
    assert [line.split("  ")[1] for line in commands] == [
        "pullquote ask QUESTION", "pullquote chat", "pullquote sources list", "pullquote --help"
    ]  # fmt: skip


def test_a_question_about_the_whole_is_answered_by_quotes(cli: Run, tmp_path: Path) -> None:
    about = cli("ask", "What is this about?")
    assert about.code == 0
    assert about.out.startswith("“Neither the threat of a “hard” reaction,")
    assert cli("ask", "Who is Askar Mamin?").out.startswith("“At first, the president tried")
    assert cli("ask", "Who is Ada Lovelace?").out == "The document does not say.\n"
    cli("index", str(write_file(tmp_path / "menu.txt", "The kitchen of the inn cooks whatever the boats bring.")))
    documents = cli("ask", "What documents do you have?").out.splitlines()
    assert documents[:3] == ["2 documents:", "- Kazakhstan protests, January 2022", "- menu"]
    assert documents[-2:] == ["“The kitchen of the inn cooks whatever the boats bring.” [2]", "menu, line 1"]
    (result,) = parse_lines(cli("ask", "--json", "tl;dr").out)
    check_answer(result)
    assert (result["overview"], result["documents"]) == (True, ["Kazakhstan protests, January 2022", "menu"])


def test_small_talk_in_a_terminal_has_no_small_print(cli: Run, in_terminal: RunInTerminal) -> None:
    code, shown = in_terminal(cli, "ask", "good bot")
    assert (code, plain(shown).split()) == (0, ["Thank", "you.", "Ask", "me", "more", "whenever", "you", "like."])


def test_small_talk_is_a_status_of_its_own_in_json(cli: Run) -> None:
    alone = cli("ask", "--json", "👍")
    batch = cli("ask", "--json", "-", stdin=b"ciao\nHow many planes?\n")
    replied, greeted, answered = (*parse_lines(alone.out), *parse_lines(batch.out))
    for result in (replied, greeted, answered):
        check_answer(result)
    assert (alone.code, batch.code) == (0, 0)
    assert [one["status"] for one in (replied, greeted, answered)] == ["reply", "reply", "answered"]


def test_a_refusal_does_not_show_a_sentence_about_something_else(cli: Run) -> None:
    outcome = cli("ask", "What is the capital of France?")
    assert (outcome.code, outcome.out) == (1, "The document does not say.\n")
    (result,) = parse_lines(cli("ask", "--json", "What is the capital of France?").out)
    assert result["closest"]["quote"]


def test_an_unsure_answer_says_so_over_its_quotes_and_exits_with_0(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_ANSWER_THRESHOLD", "0")
    monkeypatch.setenv("PULLQUOTE_SURE_THRESHOLD", "1")
    outcome = cli("ask", "How many planes?")
    assert outcome.code == 0
    first, quote, *_ = outcome.out.splitlines()
    assert (first, quote) == (UNSURE_INTRODUCTION, PLANES)
    asked = cli("ask", "--json", "How many planes?")
    (result,) = parse_lines(asked.out)
    check_answer(result)
    assert (asked.code, result["status"], result["certainty"]) == (0, "answered", "unsure")


def test_the_threshold_still_divides_what_is_answered_from_what_is_not(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_ANSWER_THRESHOLD", "1")
    refused = cli("ask", "How many planes?")
    assert refused.code == 1
    assert refused.out.splitlines()[:2] == ["The document does not say.", CLOSEST_INTRODUCTION]


@pytest.mark.parametrize("question", ["How many planes?", "What is the capital of France?"])
def test_how_sure_an_answer_is_in_figures_is_told_where_it_is_asked_for(cli: Run, question: str) -> None:
    assert "confidence" not in cli("ask", question).out
    assert "confidence 0." in cli("ask", "--explain", question).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("",),
        ("  ",),
        ("x" * 4001,),
        ("why\x1b[31m",),
        ("why\udcff",),
        ("why", "--collection", "nope"),
        ("why", "--collection", "default", "--collection", "nope"),
        ("why", "--collection", ""),
        ("why", "--collection", "\x1b[31m\u202e"),
        ("why", "--nonsense"),
        (),
    ],
    ids=["empty", "blank", "long", "control", "surrogate", "unknown", "second", "unnamed", "codes", "option", "none"],
)
@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["plain", "json"])
def test_what_cannot_be_asked_is_one_sentence_on_standard_error_and_exits_with_2(
    cli: Run, arguments: tuple[str, ...], as_json: tuple[str, ...]
) -> None:
    outcome = cli("ask", *arguments, *as_json)
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
    assert not set("\x1b\u202e\x07") & set(outcome.err)


def test_a_dash_without_json_says_how_to_ask_many(cli: Run) -> None:
    outcome = cli("ask", "-", stdin=b"How many planes?\n")
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
    assert "add --json" in outcome.err


def test_a_collection_whose_documents_were_all_removed_is_empty_not_silent(cli: Run) -> None:
    (listed,) = parse_lines(cli("sources", "list", "--json").out)
    assert cli("sources", "remove", listed["id"]).code == 0
    outcome = cli("ask", "How many planes?")
    assert (outcome.code, outcome.out) == (2, "")
    check_sentence(outcome.err)
    assert "“default” is empty" in outcome.err


def test_json_of_one_question_is_one_object_with_id_1(cli: Run) -> None:
    found = cli("ask", "--json", "How many planes?")
    (result,) = parse_lines(found.out)
    check_answer(result)
    assert (found.code, result["id"], result["status"]) == (0, 1, "answered")
    missed = cli("ask", "--json", "Who won the 2022 World Cup?")
    (result,) = parse_lines(missed.out)
    check_answer(result)
    assert (missed.code, result["id"], result["status"]) == (1, 1, "not_found")


@pytest.mark.parametrize("arguments", [("How many planes?",), ("-",)], ids=["one", "batch"])
def test_standard_output_holds_json_alone_whatever_a_library_prints(
    cli: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr("bot.pipeline.ExtractiveAnswerer", NoisyAnswerer)
    with os.fdopen(1, "w", closefd=False) as real_output:  # what pytest puts there writes past the descriptor
        monkeypatch.setattr(sys, "stdout", real_output)
        outcome = cli("ask", "--json", *arguments, stdin=b"How many planes?\n")
    (result,) = parse_lines(outcome.out)
    check_answer(result)
    assert outcome.code == 0
    assert "noise" not in outcome.out


def test_several_collections_are_answered_together(vault: Run) -> None:
    both = ("--collection", "default", "--collection", "vault")
    assert "five planes" in vault("ask", "How many planes?", *both).out
    assert "4321" in vault("ask", "What is the vault code?", *both).out
    assert "4321" not in vault("ask", "What is the vault code?").out
    assert vault("ask", "How many planes?", "--collection", "vault").code == 1


def test_a_collection_that_is_named_twice_is_asked_once(vault: Run) -> None:
    once, twice = ("--collection", "vault"), ("--collection", "vault") * 2
    assert vault("ask", "vault code", *twice).out == vault("ask", "vault code", *once).out


@pytest.mark.usefixtures("sure")
def test_what_a_document_holds_cannot_reach_the_terminal_raw(vault: Run) -> None:
    outcome = vault("ask", "How do I get the vault code?", "--collection", "vault")
    quote, place = outcome.out.splitlines()
    assert quote == ("“The \\x1b[31mred\\x1b[0m [bold]vault[/bold] code is \\u202e4321\\u202c :smile: \\x07.” [1]")
    assert place == "va[u]lt, line 1"


def test_a_terminal_shows_colour_and_the_small_print(cli: Run, in_terminal: RunInTerminal) -> None:
    code, shown = in_terminal(cli, "ask", "How many planes?")
    assert code == 0
    assert "\x1b[36m" in shown  # the place is cyan
    words = plain(shown)
    assert "taking possession of five planes" in words
    assert re.search(r"1 quote, checked against the source · \d+\.\d s\s*$", words)


def test_a_terminal_shows_a_refusal_in_bold_with_no_count_of_quotes(cli: Run, in_terminal: RunInTerminal) -> None:
    code, shown = in_terminal(cli, "ask", "What is the capital of France?")
    assert code == 1
    assert "\x1b[1;33mThe document does not say." in shown
    assert "checked against" not in plain(shown)
    assert "confidence" not in plain(shown)


def test_a_terminal_shows_markup_and_control_characters_as_text(vault: Run, in_terminal: RunInTerminal) -> None:
    _, shown = in_terminal(vault, "ask", "What is the vault code?", "--collection", "vault")
    assert "\x1b[31m" not in shown
    assert not set("\u202e\u202c\x07") & set(shown)
    assert "\\x1b[31mred\\x1b[0m [bold]vault[/bold] code is \\u202e4321\\u202c :smile: \\x07." in plain(shown)
