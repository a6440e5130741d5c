"""What ``pullquote eval`` tells: the figures, each with a sentence, what failed, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table as Grid
from rich.text import Text

from bot.cli.calibrate import LEAST_ANSWERABLE, LEAST_UNANSWERABLE
from bot.cli.table_display import show_grid, show_table
from bot.cli.terminal import say
from bot.evaluation.goals import FIGURES, Goal
from bot.evaluation.own_answers import OwnAnswer, OwnOutcome, count_of, share_of
from bot.evaluation.plain_questions import UNANSWERED
from bot.evaluation.tables import Table
from bot.safe_text import one_line, visible
from bot.types import NOT_FOUND_TEXT

MEANINGS = {
    "right": "The answer quotes the expected words, or rightly says that the documents do not say.",
    "refused": "The answer says that the documents do not say, but they do.",
    "wrong": "The answer quotes other words, or quotes some although the documents do not say.",
    "unsure": "The answer says that it is not sure; it counts as right or wrong as well.",
}


def show_page(answers: Sequence[OwnAnswer], goals: Sequence[Goal]) -> None:
    """Print the whole page."""
    rows = [
        (name, f"{count_of(name, answers):,}", f"{share_of(name, answers):.0%}", MEANINGS[name]) for name in FIGURES
    ]
    expecting = sum(bool(one.question.answers) for one in answers)
    title = (
        f"{len(answers):,} {'question' if len(answers) == 1 else 'questions'}: {expecting:,} that the documents answer,"
        f" {len(answers) - expecting:,} that they do not"
    )
    show_table(Table("figures", title, ("", "questions", "share", ""), tuple(rows)))
    failed = [one for one in answers if one.outcome is not OwnOutcome.RIGHT]
    for one in sorted(failed, key=lambda one: one.outcome is OwnOutcome.REFUSED):
        _show_failure(one)
    if failed:
        say("Where to look next:")
        for hint in _hints(failed):
            say(f"- {hint}")
    for goal in goals:
        share = share_of(goal.figure, answers)
        say(f"Goal {'met' if goal.is_met(share) else 'missed'}: {goal}; it is {share:.1%}.")


def to_json(answers: Sequence[OwnAnswer], goals: Sequence[Goal]) -> dict[str, Any]:
    """The same for programs; shares lie between 0 and 1."""
    return {
        "questions": len(answers),
        "figures": {name: {"count": count_of(name, answers), "share": share_of(name, answers)} for name in FIGURES},
        "goals": [
            {"figure": goal.figure, "percent": goal.percent, "met": goal.is_met(share_of(goal.figure, answers))}
            for goal in goals
        ],
        "answers": [
            {
                "where": one.question.where,
                "question": one.question.text,
                "expected": list(one.question.answers),
                "outcome": one.outcome,
                "certainty": one.answer.certainty,
                "quotes": [citation.quote.text for citation in one.answer.citations],
            }
            for one in answers
        ],
    }


def _show_failure(one: OwnAnswer) -> None:
    expected = " or ".join(f"“{one_line(words)}”" for words in one.question.answers) or UNANSWERED
    rows = [
        (one.outcome.value, one_line(one.question.text)),
        ("in", one_line(one.question.where)),
        ("expected", expected),
    ]
    if one.outcome is OwnOutcome.REFUSED:
        rows.append(("answer", NOT_FOUND_TEXT))
    for citation in one.answer.citations:
        doubt = "not sure: " if one.is_unsure else ""
        rows.append(("answer", f"{doubt}“{one_line(citation.quote.text)}” ({citation.place})"))
    if one.question.answers:
        rows.append(("search", f"{'found' if one.is_found else 'did not find'} the expected words"))
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True, min_width=len("expected"))
    grid.add_column(overflow="fold")
    for name, words in rows:
        grid.add_row(name, Text(visible(words)))
    show_grid(grid)


def _hints(failed: Sequence[OwnAnswer]) -> Iterator[str]:
    """What can be done about the failures that there are."""
    missing = [one for one in failed if one.question.answers]
    if any(not one.is_found for one in missing):
        yield (
            "The search did not find the expected words: look at what `pullquote search` finds, ask with words of the "
            "document, or raise PULLQUOTE_PASSAGES."
        )
    if any(one.is_found and one.outcome is OwnOutcome.WRONG for one in missing):
        yield "The search found the expected words, but others were quoted: make the question more exact."
    if any(one.is_found and one.outcome is OwnOutcome.REFUSED for one in missing):
        yield (
            "The search found the expected words, but nothing was quoted: set PULLQUOTE_ANSWER_THRESHOLD below what "
            "`pullquote ask --explain` shows."
        )
    if len(missing) < len(failed):
        yield (
            "Something was quoted although the documents do not say: set PULLQUOTE_ANSWER_THRESHOLD above what "
            "`pullquote ask --explain` shows."
        )
    yield (
        f"`pullquote calibrate` fits the answers to your documents; it takes {LEAST_ANSWERABLE} questions that they "
        f"answer and {LEAST_UNANSWERABLE} that they do not."
    )
