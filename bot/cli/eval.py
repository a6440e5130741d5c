"""``pullquote eval``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exit_codes import GOAL_MISSED
from bot.cli.options import AsJson
from bot.cli.startup import load_settings
from bot.cli.terminal import complain, json_alone, prepare, progress_bar
from retrieval import DEFAULT_COLLECTION

if TYPE_CHECKING:
    from bot.evaluation.own_answers import OwnAnswer
    from bot.evaluation.own_questions import OwnQuestions
    from bot.settings import Settings
    from retrieval import Library

# The collection of the temporary library: to one called “default” the sample article would be added.
APART = "documents"

Questions = Annotated[
    list[Path],
    typer.Argument(
        metavar="QUESTIONS",
        help="Files of questions: plain (.txt), JSON Lines (.jsonl) or SQuAD (.json); a folder of the last two.",
    ),
]
Docs = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Ask the documents of this folder instead of your library."),
]
Collection = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help=f"The collection of your library to ask (default: {DEFAULT_COLLECTION}).",
        show_default=False,
    ),
]
Goals = Annotated[
    list[str] | None,
    typer.Option(
        "--goal",
        metavar="FIGURE=PERCENT",
        help="A goal, such as right=80 or wrong=5; may be repeated.",
        show_default=False,
    ),
]


def evaluate(
    questions: Questions,
    docs: Docs = None,
    collection: Collection = None,
    goals: Goals = None,
    as_json: AsJson = False,
) -> None:
    """Try your own questions, and see which answers are right.

    Write a question, below it the words that should be quoted, then an empty line. The questions are asked of your
    library, or of the documents that they name; your library is not changed. The exit code is 1 when a goal is missed.
    """
    from bot.cli.eval_page import show_page, to_json
    from bot.evaluation.goals import read_goal
    from bot.evaluation.own_answers import share_of
    from bot.evaluation.own_questions import load_own_questions

    given = list(map(read_goal, goals or ()))
    asked = load_own_questions(questions, docs)
    wanted = [*given, *(goal for goal in asked.goals if goal.figure not in {one.figure for one in given})]
    answers = _answers(load_settings(), asked, docs, collection)
    if as_json:
        with json_alone() as write:
            write(to_json(answers, wanted))
    else:
        show_page(answers, wanted)
    if not all(goal.is_met(share_of(goal.figure, answers)) for goal in wanted):
        raise typer.Exit(GOAL_MISSED)


def _answers(settings: Settings, asked: OwnQuestions, docs: Path | None, collection: str | None) -> Sequence[OwnAnswer]:
    from bot.evaluation.errors import EvaluationError
    from bot.evaluation.temporary_library import temporary_settings

    if not asked.sources and docs is None:
        return _ask(settings, asked, collection or DEFAULT_COLLECTION)
    if collection:
        raise EvaluationError("--collection is for your library, and these questions name documents; leave it out.")
    if asked.of_all and docs is None:
        raise EvaluationError(
            f"{asked.of_all[0].where} names no document, but others do; name one for each, or their folder with --docs."
        )
    with temporary_settings(settings) as apart:
        _index(apart, asked, docs)
        return _ask(apart, asked, APART)


def _index(settings: Settings, asked: OwnQuestions, docs: Path | None) -> None:
    """The documents that questions name and, where some name none, all of the folder, without the questions."""
    from retrieval import Indexer, Library

    library = Library(settings)
    try:
        if docs is not None and asked.of_all:
            _index_folder(library, docs, asked.files)
        if asked.sources:
            with progress_bar("Indexing") as move:
                Indexer(library).add(asked.sources, APART, progress=move)
    finally:
        library.close()


def _index_folder(library: Library, docs: Path, questions: Sequence[Path]) -> None:
    from bot.cli.index_targets import Targets, add_path
    from bot.cli.intake_bars import intake_bars
    from bot.evaluation.errors import EvaluationError
    from retrieval import Indexer, take_in

    found = Targets()
    add_path(found, str(docs), (), library.settings.home)
    own = {path.resolve() for path in questions}
    files = [file for file in found.files if Path(file.name).resolve() not in own]
    with intake_bars(len(files), sum(file.size_bytes for file in files)) as move:
        report = take_in(Indexer(library), files, APART, progress=move)
    problems = [*found.problems, *report.failed]
    if not report.added:
        raise EvaluationError(problems[0] if problems else f"There are no documents in {docs}; name their folder.")
    for problem in problems:
        complain(problem)


def _ask(settings: Settings, asked: OwnQuestions, collection: str) -> Sequence[OwnAnswer]:
    from bot.evaluation.own_answers import ask_own_questions
    from bot.evaluation.own_questions import check_words
    from bot.pipeline import AnswerPipeline

    pipeline = AnswerPipeline.from_settings(settings)
    if pipeline.notice:
        complain(pipeline.notice)
    library = pipeline.library
    try:
        prepare(library, (collection,))
        check_words(asked.of_all, (library.texts.read(record.sha256) for record in library.records(collection)))
        with progress_bar("Asking") as move:
            return ask_own_questions(asked.questions, pipeline, collection, move)
    finally:
        library.close()
