"""``pullquote calibrate``."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.startup import load_settings
from bot.cli.table_display import show_table
from bot.cli.terminal import progress_bar, say, waiting
from bot.errors import ReaderError
from bot.extractive.calibration_file import FILE, Calibration, embedding_of, write_calibration
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.evaluation.cases import QuestionSet
    from bot.extractive.reader import Reader

# With fewer questions weights would follow chance. Questions about other documents are made of these.
LEAST_ANSWERABLE, LEAST_UNANSWERABLE = 50, 20

Questions = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="QUESTIONS",
        help="Files of questions as `eval` takes them (.txt, .jsonl, .json), one for each kind of document.",
        show_default=False,
    ),
]
Docs = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="The folder of the documents that questions name (default: the file's own)."),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Draw at most N answerable questions per document, and N others."),
]
Reset = Annotated[bool, typer.Option("--reset", help="Go back to the weights that come with the install.")]


def calibrate(questions: Questions = None, docs: Docs = None, limit: Limit = None, reset: Reset = False) -> None:
    """Fit the answers to your documents, or to another reader.

    Takes questions whose answers are known, some of which the documents do not answer. The documents are indexed in a
    temporary folder; your own library is not touched.
    """
    if reset == bool(questions):
        raise typer.BadParameter("Name files of questions, or --reset, and not both")
    settings = load_settings()
    if reset:
        _reset(settings)
        return
    from bot.evaluation.cases import load_kinds

    kinds = load_kinds(questions or [], docs)
    if limit:
        kinds = {name: kind.limited(limit) for name, kind in kinds.items()}
    _calibrate(settings, kinds)


def _reset(settings: Settings) -> None:
    path = settings.home / FILE
    try:
        path.unlink()
    except FileNotFoundError:
        say("There is no calibration; the weights that come with the install are in force.")
    else:
        say("The calibration is removed; the weights that come with the install are in force.")


def _check(kinds: Mapping[str, QuestionSet]) -> None:
    answerable = sum(len(kind.answerable) for kind in kinds.values())
    unanswerable = sum(len(kind.cases) for kind in kinds.values()) - answerable
    if answerable < LEAST_ANSWERABLE or unanswerable < LEAST_UNANSWERABLE:
        raise ReaderError(
            f"There are {answerable} questions that the documents answer and {unanswerable} that they do not; "
            f"add some until there are {LEAST_ANSWERABLE} and {LEAST_UNANSWERABLE}."
        )


def _read_by(reader: Reader, kinds: Mapping[str, QuestionSet]) -> dict[str, QuestionSet]:
    """The questions about documents in languages that the reader knows; about the others, words answer."""
    total = sum(len(kind.documents) for kind in kinds.values())
    read = {name: kept for name, kind in kinds.items() if (kept := kind.read_by(reader.knows))}
    left_out = total - sum(len(kind.documents) for kind in read.values())
    if left_out:
        say(f"{left_out:,} of {total:,} documents are in languages that the reader does not know, and are left out.")
    return read


def _calibrate(settings: Settings, kinds: Mapping[str, QuestionSet]) -> None:
    from bot.calibration.calibrator import fit_selector, judge_all
    from bot.calibration.measurement import measure_questions
    from bot.calibration.outcome import compare
    from bot.calibration.remembered_reader import RememberedReader
    from bot.extractive.reader import open_reader
    from bot.extractive.selection import Selector, Weights
    from retrieval import Library

    reader = RememberedReader(open_reader(settings.reader_model))
    kinds = _read_by(reader, kinds)
    _check(kinds)
    shipped = Weights.load(reader.selector_weights)
    with tempfile.TemporaryDirectory(prefix="pullquote-calibrate-", ignore_cleanup_errors=True) as folder:
        library = Library(settings.model_copy(update={"home": Path(folder), "chroma_url": None}))
        with progress_bar("Asking") as move:
            measurements = measure_questions(kinds, library, Selector(reader, shipped), move)
        library.close()
        embedding_model, embedding_sha256 = embedding_of(library)
    with waiting("Fitting"):
        fit = fit_selector(measurements, reader, shipped)
        table = compare(judge_all(measurements, reader, shipped), fit.held_out)
    show_table(table)
    documents = [source.title for kind in kinds.values() for source in kind.documents]
    others = "documents" if fit.by_document else "questions"
    say(f"Measured on {len(measurements):,} questions about {len(documents):,} documents.")
    say(f"The last column is of weights that were fitted to other {others} than those they are measured on.")
    path = write_calibration(
        settings.home,
        Calibration(
            datetime.now(UTC).date().isoformat(),
            reader.name,
            reader.sha256,
            embedding_model,
            embedding_sha256,
            {file.name: file.sha256 for kind in kinds.values() for file in kind.files},
            sum(len(kind.cases) for kind in kinds.values()),
            tuple(dict.fromkeys(documents)),
            fit.weights.to_json(),
        ),
    )
    say(f"Kept in {path}; `pullquote calibrate --reset` goes back.")
    for name in ("answer_threshold", "sure_threshold"):
        if getattr(settings, name) is not None:
            say(f"PULLQUOTE_{name.upper()} is set, and stays in force.")
