"""How well documents in other languages are answered, as a table: ``python -m bot.training.language_table DATA``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.evaluation.cases import QuestionSet
from bot.evaluation.runner import asks
from bot.evaluation.scoring import Group, Trial, judge
from bot.evaluation.system_under_test import RememberedEmbeddings, SystemUnderTest
from bot.settings import Settings
from bot.training.language_sets import SETS, judging_questions
from bot.types import Certainty
from retrieval import Library

HEADINGS = (
    "set",
    "answerable",
    "first quote right",
    "the same, closest counted",
    "any quote right",
    "not found",
    "sure",
    "sure: first right",
    "unanswerable",
    "not found",
    "sure",
    "off the document",
    "not found",
    "sure",
)


def ask_all(questions: QuestionSet, settings: Settings) -> list[Trial]:
    """Put every question to its own document, and a sample to others, in a library made for the purpose.

    Args:
        questions: Documents and questions.
        settings: The settings to measure; their ``home`` is not used.
    """
    with tempfile.TemporaryDirectory(prefix="pullquote-eval-", ignore_cleanup_errors=True) as folder:
        settings = settings.model_copy(update={"home": Path(folder)})
        embeddings = RememberedEmbeddings(Library(settings).embeddings)
        product = SystemUnderTest(settings, questions.documents, embeddings, lambda done, total: None)
        try:
            return [
                judge(case, document, group, product.ask(case.question, document))
                for case, document, group in asks(questions)
            ]
        finally:
            product.close()


def row_of(name: str, trials: Sequence[Trial]) -> tuple[str, ...]:
    """One row of the table."""
    answerable, unanswerable, off = ([t for t in trials if t.group is group] for group in Group)
    sure = [trial for trial in answerable if trial.shown.certainty is Certainty.SURE]
    return (
        name,
        str(len(answerable)),
        _share(trial.first_right and trial.shown.answered for trial in answerable),
        _share(trial.first_right for trial in answerable),
        _share(trial.any_right and trial.shown.answered for trial in answerable),
        *_levels(answerable),
        _share(trial.first_right for trial in sure),
        str(len(unanswerable)),
        *_levels(unanswerable),
        str(len(off)),
        *_levels(off),
    )


def _levels(trials: Sequence[Trial]) -> tuple[str, str]:
    """Which share is not found, and which is shown as sure."""
    return (
        _share(not trial.shown.answered for trial in trials),
        _share(trial.shown.certainty is Certainty.SURE for trial in trials),
    )


def _share(hits: Iterable[bool]) -> str:
    counted = list(hits)
    return f"{sum(counted) / len(counted):.3f}".lstrip("0") if counted else "–"


def main() -> None:
    """Read the arguments, ask, and print a row a set."""
    parser = argparse.ArgumentParser(prog="python -m bot.training.language_table", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with languages/*.jsonl")
    parser.add_argument("--sets", nargs="*", default=[each.name for each in SETS], help="which of them")
    arguments = parser.parse_args()
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}", flush=True)  # noqa: T201 (a program)
    for each in SETS:
        if each.name in arguments.sets:
            (questions,) = judging_questions(arguments.data, [each]).values()
            row = row_of(f"{each.language} ({each.name})", ask_all(questions, Settings()))
            print(f"| {' | '.join(row)} |", flush=True)  # noqa: T201 (a program)


if __name__ == "__main__":
    main()
