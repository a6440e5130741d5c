"""``pullquote eval``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exit_codes import NOT_FOUND
from bot.cli.options import AsJson
from bot.cli.startup import load_settings
from bot.cli.terminal import json_alone, prepare, progress_bar
from retrieval import DEFAULT_COLLECTION

if TYPE_CHECKING:
    from bot.evaluation.own_answers import OwnAnswer
    from bot.evaluation.own_questions import OwnQuestions
    from bot.settings import Settings

Questions = Annotated[
    list[Path],
    typer.Argument(
        metavar="QUESTIONS",
        help="Plain questions (.txt), JSON Lines (.jsonl) or SQuAD (.json).",
    ),
]
Docs = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Ask the documents of this folder, instead of your library."),
]
Collection = Annotated[
    str,
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
    collection: Collection = DEFAULT_COLLECTION,
    goals: Goals = None,
    as_json: AsJson = False,
) -> None:
    """Try your own questions, and see which answers are right.

    Questions that name a document are put to that document alone; it lies beside the file of questions, or in the
    folder of --docs. The others are put to your library. Nothing in your library is changed. The exit code is 1 when
    a goal is missed.
    """
    from bot.cli.eval_page import show_page, to_json
    from bot.evaluation.goals import read_goal
    from bot.evaluation.own_answers import share_of
    from bot.evaluation.own_questions import load_own_questions

    wanted = list(map(read_goal, goals or ()))
    asked = load_own_questions(questions, docs)
    wanted = [*wanted, *(goal for goal in asked.goals if goal.figure not in {one.figure for one in wanted})]
    answers = _answers(load_settings(), asked, docs, collection)
    if as_json:
        with json_alone() as write:
            write(to_json(answers, wanted))
    else:
        show_page(answers, wanted)
    if not all(goal.is_met(share_of(goal.figure, answers)) for goal in wanted):
        raise typer.Exit(NOT_FOUND)


def _answers(settings: Settings, asked: OwnQuestions, docs: Path | None, collection: str) -> Sequence[OwnAnswer]:
    from bot.chain import AnswerChain
    from bot.evaluation.errors import EvaluationError
    from bot.evaluation.own_answers import ask_own_questions
    from bot.evaluation.own_questions import check_words
    from bot.evaluation.temporary_library import temporary_settings
    from retrieval import Indexer, Library, find_documents, load_path

    if not asked.sources and docs is None:
        with closing(AnswerChain.from_settings(settings)) as chain:
            prepare(chain.library, (collection,))
            check_words(
                asked.of_all, [chain.library.texts.read(one.sha256) for one in chain.library.records(collection)]
            )
            with progress_bar("Asking") as move:
                return ask_own_questions(asked.questions, chain, collection, move)
    if asked.of_all and docs is None:
        raise EvaluationError(
            f"{asked.of_all[0].where} names no document, but others do; name one for each, or their folder with --docs."
        )
    held = {one.id: one for one in asked.sources}
    if docs is not None and asked.of_all:
        held |= {one.id: one for one in map(load_path, find_documents(docs).files)}
    check_words(asked.of_all, [source.text for source in held.values()])
    with temporary_settings(settings) as apart:
        library = Library(apart)
        with progress_bar("Indexing") as move:
            Indexer(library).add(held.values(), "documents", progress=move)
        library.close()
        with closing(AnswerChain.from_settings(apart)) as chain, progress_bar("Asking") as move:
            return ask_own_questions(asked.questions, chain, "documents", move)
